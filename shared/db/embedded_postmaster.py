"""What `postmaster.pid` says of a data folder, and whether the process it names is really its server."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

# Above any process id that a system gives out, so PostgreSQL takes a file that names it for a dead server's.
NO_SUCH_PROCESS = "2147483647"
# Seconds to wait after each signal: first an orderly stop, then one that the next start recovers from.
STOP_SIGNALS = ((signal.SIGINT, 6.0), (signal.SIGQUIT, 2.0))


@dataclass(frozen=True)
class Postmaster:
    """A live server of a data folder, as its `postmaster.pid` describes it."""

    pid: int
    socket_folder: Path
    ready: bool


def running_postmaster(data: Path) -> Postmaster | None:
    """The live server of this data folder, or None if there is none or the file is stale."""
    lines = _lines(data)
    if not lines or not lines[0].isdigit() or not _serves(int(lines[0]), data):
        return None
    folder = lines[4] if len(lines) > 4 else ""
    return Postmaster(int(lines[0]), Path(folder), len(lines) > 7 and lines[7] == "ready")


def stop_postmaster(server: Postmaster, data: Path) -> None:
    """Stop the server, first in order and then at once; signals no process but this server's."""
    for sign, seconds in STOP_SIGNALS:
        give_up = time.monotonic() + seconds
        with suppress(ProcessLookupError):
            os.kill(server.pid, sign)
        while time.monotonic() < give_up:
            if not _serves(server.pid, data):
                return
            time.sleep(0.02)


def has_ended(pid: int) -> bool:
    """Whether the process is gone, or a zombie that nobody has buried."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    proc = Path(f"/proc/{pid}/cmdline")
    return proc.exists() and proc.read_bytes() == b""


def clear_stale(data: Path) -> None:
    """Make a dead server's `postmaster.pid` harmless; only for a caller that knows that no server runs.

    PostgreSQL believes the process id even when it belongs to another program by now. The other lines stay:
    by the shared memory they name, it notices a dead server's children that are still writing.
    """
    path, lines = data / "postmaster.pid", _lines(data)
    if not lines:
        path.unlink(missing_ok=True)
    elif lines[0] != NO_SUCH_PROCESS:
        path.write_text("\n".join([NO_SUCH_PROCESS, *lines[1:]]) + "\n")


def _lines(data: Path) -> list[str]:
    try:
        return [line.strip() for line in (data / "postmaster.pid").read_text().splitlines()]
    except FileNotFoundError:
        return []


def _serves(pid: int, data: Path) -> bool:
    """Whether this process is a PostgreSQL server on this data folder, not a later process of the same number."""
    if not Path("/proc/self").exists():
        return _serves_by_ps(pid, data)
    proc = Path("/proc") / str(pid)
    try:
        started_as = proc.joinpath("cmdline").read_bytes().split(b"\0")[0]
        return os.path.basename(started_as) == b"postgres" and proc.joinpath("cwd").samefile(data)
    except OSError:
        return False


def _serves_by_ps(pid: int, data: Path) -> bool:
    """The same where there is no /proc (macOS): the server is started with its data folder as an argument."""
    answer = subprocess.run(
        ["ps", "-o", "command=", "-p", str(pid)],
        capture_output=True,
        text=True,
        check=False,
    )
    return "postgres" in answer.stdout and f"-D {data}" in answer.stdout
