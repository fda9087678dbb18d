"""Commands and services as processes of their own, forked from one that has imported everything.

To import a service takes seconds of a processor, to fork a process that has done so takes a hundredth of one. What
comes of it is a process like any other: it has its own environment and output, and is signalled, stopped and killed.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from multiprocessing import get_context
from pathlib import Path

from services.cli.app import app
from services.scheduler import crashpoints

READY = [
    "tests.forked",
    "uvicorn",
    "services.cli.demo.command",
    "services.cli.import_",
    "services.cli.migrate",
    "services.cli.rebuild",
    "services.cli.up",
    "services.cli.verify",
    "services.reviews_api.app",
    "services.escalation_api.app",
    "services.scheduler.app",
]
_forking = get_context("forkserver")
_forking.set_forkserver_preload(READY)


class Forked:
    """`duecare arguments`, in this environment and no other; what it says goes to `out` and `err` (None: to where this
    process's goes). Asked and ended like a subprocess.Popen."""

    def __init__(
        self,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        *,
        out: Path | None = None,
        err: Path | None = None,
        own_session: bool = False,
        without_interrupts: bool = False,
    ) -> None:
        told = (list(arguments), dict(environment), out, err, own_session, without_interrupts)
        self._process = _forking.Process(target=_become, args=told)
        self._process.start()

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        return self.poll()

    def poll(self) -> int | None:
        """Its exit status, minus the signal that ended it, or None while it runs."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """Its exit status, once it has ended. Raises subprocess.TimeoutExpired."""
        self._process.join(timeout)
        if (status := self.poll()) is None:
            raise subprocess.TimeoutExpired(self._process.name, timeout or 0)
        return status

    def send_signal(self, number: signal.Signals) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def _become(
    arguments: list[str],
    environment: dict[str, str],
    out: Path | None,
    err: Path | None,
    own_session: bool,
    without_interrupts: bool,
) -> None:
    os.environ.clear()
    os.environ.update(environment)
    if own_session:
        os.setsid()
    if without_interrupts:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    crashpoints.arm(environment.get("DUECARE_CRASHPOINT", ""))
    _speak_to(1, out)
    _speak_to(2, err)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w", buffering=1)  # noqa: SIM115
    sys.argv = ["duecare", *arguments]
    app()


def _speak_to(number: int, path: Path | None) -> None:
    if path is not None:
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), number)
