"""The services as processes of their own: started, watched, and ended in time."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from services.cli.ports import SERVICES

ENDS_WITHIN = 10.0  # seconds, from asking a service to end to ending it


class ServiceProcesses:
    """The three services, each in a session of its own: Ctrl-C in the terminal reaches us alone, and we end them.

    Each holds the far end of a pipe from us and ends when it closes, so none outlives us, however we end.
    """

    def __init__(self, environment: Mapping[str, str], logs: Path | None = None) -> None:
        self.environment, self.logs = environment, logs
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        try:
            for service in SERVICES:
                self.running[service] = self._start(service)
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def ended(self) -> str | None:
        """The name of a service that has ended by itself, or None while all run."""
        return next((name for name, process in self.running.items() if process.poll() is not None), None)

    def obituary(self, service: str) -> str:
        """What a service said last, in one paragraph."""
        code = self.running[service].returncode
        last = "\n".join(self._last_lines(service))
        return f"{service} ended with code {code}." + (f" The last lines of its log:\n{last}" if last else "")

    def stop(self) -> None:
        """Ask every service to end, and end whichever has not within ten seconds."""
        give_up = time.monotonic() + ENDS_WITHIN
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            try:
                process.wait(max(0.0, give_up - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            if process.stdin:
                process.stdin.close()

    def log_of(self, service: str) -> Path | None:
        """Where a service's log is written; None where it goes to our own stderr."""
        return self.logs / f"{service}.log" if self.logs else None

    def _start(self, service: str) -> subprocess.Popen[bytes]:
        log = self._open_log(service)
        try:
            return subprocess.Popen(
                # -P: a folder `services` where the command is typed must not stand in for ours
                [sys.executable, "-P", "-m", "services.cli.app", "up", service, "--while-stdin-is-open"],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                env=dict(self.environment),
                start_new_session=True,
            )
        finally:
            if log:
                log.close()

    def _open_log(self, service: str) -> IO[bytes] | None:
        path = self.log_of(service)
        if path is None:
            return None
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")

    def _last_lines(self, service: str) -> list[str]:
        path = self.log_of(service)
        return path.read_text(errors="replace").splitlines()[-5:] if path else []
