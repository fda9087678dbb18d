"""Running the `duecare` command as somebody at a terminal does."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.forked import Forked

PORTS = ("DUECARE_REVIEWS_PORT", "DUECARE_ESCALATION_PORT", "DUECARE_SCHEDULER_PORT")


def environment(**settings: str) -> dict[str, str]:
    """This process's environment with these settings and none of its own."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("DUECARE_")}
    ours.pop("DATABASE_URL", None)
    return ours | settings


def duecare(*arguments: str, within: float = 30, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end. Raises subprocess.TimeoutExpired."""
    with TemporaryDirectory() as folder:
        out, err = Path(folder) / "out", Path(folder) / "err"
        command = Forked(arguments, environment(**settings), out=out, err=err)
        try:
            status = command.wait(within)
        finally:
            command.kill()
        return subprocess.CompletedProcess(arguments, status, out.read_text(), err.read_text())


def refusal(finished: subprocess.CompletedProcess[str]) -> str:
    """What a command that failed said: one line, and no traceback."""
    assert finished.returncode == 1, finished.stderr
    assert "Traceback" not in finished.stdout + finished.stderr
    (line,) = finished.stderr.splitlines()
    return line


def free_ports() -> dict[str, str]:
    """A free port for each service, as settings."""
    with ExitStack() as stack:
        held = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in PORTS]
        return {name: str(each.getsockname()[1]) for name, each in zip(PORTS, held, strict=True)}


class Running:
    """A demonstration in the background, which writes to a file."""

    def __init__(self, output: Path, settings: Mapping[str, str], *, in_background: bool = False) -> None:
        self.output, self.settings = output, settings
        output.touch()
        self.process = Forked(
            ["demo"],
            environment(**settings),
            out=output,
            err=output,
            own_session=True,
            without_interrupts=in_background,  # as a shell does for what it starts with &
        )

    def wait_for(self, words: str, within: float = 60) -> None:
        """Until it has printed these words."""
        give_up = time.monotonic() + within
        while words not in self.output.read_text():
            assert self.process.poll() is None, self.output.read_text()
            assert time.monotonic() < give_up, self.output.read_text()
            time.sleep(0.1)

    def interrupt(self, number: signal.Signals) -> tuple[int, float]:
        """Send a signal to it alone, and, impatient, again; its exit code, and the seconds it took to end."""
        began = time.monotonic()
        self.process.send_signal(number)
        time.sleep(0.2)
        self.process.send_signal(number)
        return self.process.wait(20), time.monotonic() - began

    def services_gone(self, within: float = 10) -> bool:
        """Whether nothing listens on the services' ports any more, before so many seconds have passed."""
        give_up = time.monotonic() + within
        while time.monotonic() < give_up:
            if not any(_answers(int(self.settings[name])) for name in PORTS):
                return True
            time.sleep(0.1)
        return False


@contextmanager
def running_demo(
    output: Path, settings: Mapping[str, str], *, in_background: bool = False
) -> Iterator[Running]:
    """A demonstration that is ended with the test, if the test has not."""
    running = Running(output, settings, in_background=in_background)
    try:
        yield running
    finally:
        if running.process.poll() is None:
            running.interrupt(signal.SIGTERM)


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
