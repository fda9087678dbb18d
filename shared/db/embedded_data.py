"""The embedded server's data folder: made once, and served with settings that keep children's data out of the log."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from shared.db.embedded_programs import EmbeddedServerError, RunAs, program

VERSION = "18"
LONGEST_LOG = 1_000_000  # bytes; a longer log is begun afresh
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "port": "5432",
    "max_connections": "200",
    "timezone": "UTC",
    # Children's data stands in statements and in their errors: neither reaches the log.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
}


def ensure_data(home: Path, data: Path, identity: RunAs) -> None:
    """Make the data folder if absent: under another name first, so that a half-made one is never taken for it."""
    for half_made in home.glob("postgres.new-*"):
        shutil.rmtree(half_made, ignore_errors=True)
    if not data.exists():
        _initialise(home, data, identity)
    version = data / "PG_VERSION"
    if not version.exists() or version.read_text().strip() != VERSION:
        raise EmbeddedServerError(f"{data} holds no PostgreSQL {VERSION} data: move it away and start again.")


def launch(data: Path, socket_folder: Path, log: Path, identity: RunAs) -> int:
    """Start the server with no ties to this process or its terminal; returns its process id, ready or not."""
    settings = [f"--{name}={value}" for name, value in SETTINGS.items()]
    command = [
        str(program("postgres")),
        "-D",
        str(data),
        *settings,
        f"--unix_socket_directories={socket_folder}",
    ]
    too_long = log.exists() and log.stat().st_size > LONGEST_LOG
    with log.open("w" if too_long else "a") as messages:
        # The shell ends at once, so the server is nobody's child and leaves no zombie in a process that lives long.
        shell = identity.run(["/bin/sh", "-c", '"$@" >&2 & echo $!', "sh", *command], stderr=messages)
    return int(shell.stdout)


def last_reason(messages: str) -> str:
    """The last complaint among what PostgreSQL's programs printed, without its time stamp."""
    for line in reversed(messages.splitlines()):
        for mark in ("PANIC:", "FATAL:", "error:"):
            if mark in line:
                return line.partition(mark)[2].strip()
    return "no reason was given"


def _initialise(home: Path, data: Path, identity: RunAs) -> None:
    new = Path(tempfile.mkdtemp(prefix="postgres.new-", dir=home))
    identity.take(new)
    options = [
        "--username=postgres",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C",
        "--data-checksums",
    ]
    command = [str(program("initdb")), "-D", str(new), *options, "--no-instructions"]
    made = identity.run(command, stderr=subprocess.STDOUT)
    if made.returncode != 0:
        shutil.rmtree(new, ignore_errors=True)
        raise EmbeddedServerError(f"Cannot make the embedded database: {last_reason(made.stdout)}.")
    new.rename(data)
