"""Our own PostgreSQL 18, from the programs that a wheel ships, shared by the processes of one installation."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Self

from shared.db.embedded_data import SETTINGS, ensure_data, last_reason, launch
from shared.db.embedded_postmaster import (
    clear_stale,
    has_ended,
    running_postmaster,
    stop_postmaster,
)
from shared.db.embedded_programs import EmbeddedServerError, RunAs, choose_identity
from shared.db.embedded_socket import SOCKET_NAME, clear_socket, remove_outside_folder, socket_folder

START_WITHIN = 120.0  # seconds; recovery after a crash replays the log first
# What PostgreSQL says while the children of a server that was killed are still ending.
CHILDREN_REMAIN = "shared memory block"


class EmbeddedServer:
    """A PostgreSQL in `home`, started by the first process that uses it and stopped by the last.

    Only a private socket leads to it. A process that dies leaves the server running for the next one.
    """

    def __init__(self, home: Path) -> None:
        self._home = home.absolute()
        self._use: IO[str] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def _data(self) -> Path:
        return self._home / "postgres"

    def start(self) -> str:
        """Join the running server, or start one (making its data first); returns its libpq URL.

        Raises EmbeddedServerError, whose text is one line for the terminal.
        """
        try:
            self._home = _private_folder(self._home)
            return self._join()
        except OSError as error:
            raise EmbeddedServerError(
                f"Cannot use {error.filename or self._home}: {error.strerror}."
            ) from error

    def stop(self) -> None:
        """Leave the server; the last to leave stops it, within about eight seconds. May be called twice."""
        if self._use is None:
            return
        try:
            with self._alone():
                self._leave()
        except FileNotFoundError:  # somebody removed the folder; PostgreSQL notices that by itself
            self._use = None

    def _join(self) -> str:
        with self._alone():
            identity = choose_identity(self._home, self._data)
            identity.take(self._home)
            folder = socket_folder(self._home, identity)
            self._begin_use()
            try:
                self._ensure_running(identity, folder)
            except BaseException:
                self._leave()
                raise
        return f"postgresql://postgres@/postgres?host={folder}&port={SETTINGS['port']}"

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else starts or stops the server meanwhile."""
        with self._lock_file("starting.lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _begin_use(self) -> None:
        if self._use is None:
            self._use = self._lock_file("in-use.lock")
        fcntl.flock(self._use, fcntl.LOCK_SH)

    def _lock_file(self, name: str) -> IO[str]:
        """A lock of the folder's owner, whoever makes it: root must not lock the owner out."""
        lock = open(self._home / name, "a")  # noqa: SIM115 (a lock lasts as long as its file is open)
        if os.geteuid() == 0:
            os.chown(lock.fileno(), self._home.stat().st_uid, -1)
        return lock

    def _leave(self) -> None:
        if self._is_last() and (server := running_postmaster(self._data)) is not None:
            stop_postmaster(server, self._data)
            remove_outside_folder(server.socket_folder, self._home)
        if self._use is not None:
            self._use.close()
            self._use = None

    def _is_last(self) -> bool:
        """Whether nobody else uses the server; from then on nobody can until we let go."""
        if self._use is None:
            return False
        try:
            fcntl.flock(self._use, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            fcntl.flock(self._use, fcntl.LOCK_SH)
            return False
        return True

    def _ensure_running(self, identity: RunAs, folder: Path) -> None:
        self._stop_unreachable(folder)
        ensure_data(self._home, self._data, identity)
        log = self._home / "postgres.log"
        started: int | None = None
        give_up = time.monotonic() + START_WITHIN
        while (server := running_postmaster(self._data)) is None or not server.ready:
            if server is None and (started is None or has_ended(started)):
                started = self._start_again(identity, folder, log, first=started is None)
            if time.monotonic() > give_up:
                raise EmbeddedServerError(
                    f"PostgreSQL is not ready after {START_WITHIN:.0f} seconds: see {log}."
                )
            time.sleep(0.02)

    def _start_again(self, identity: RunAs, folder: Path, log: Path, first: bool) -> int:
        if not first:
            reason = last_reason(log.read_text(errors="replace"))
            if CHILDREN_REMAIN not in reason:
                raise EmbeddedServerError(f"PostgreSQL did not start: {reason} (see {log})")
            time.sleep(0.5)
        clear_stale(self._data)
        clear_socket(folder)
        return launch(self._data, folder, log, identity)

    def _stop_unreachable(self, folder: Path) -> None:
        """A server whose socket is gone (the project was moved, a folder swept) is of no use to anybody new."""
        server = running_postmaster(self._data)
        if server is None or not server.ready:
            return
        if server.socket_folder == folder and (folder / SOCKET_NAME).exists():
            return
        if not self._is_last():
            raise EmbeddedServerError(
                f"The server of {self._data} has lost its socket: end the other duecare first."
            )
        stop_postmaster(server, self._data)
        self._begin_use()


def _private_folder(home: Path) -> Path:
    """The folder, made if absent, that only its owner can enter; its real path."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    home = home.resolve()
    owner = home.stat().st_uid
    if os.geteuid() not in (0, owner):
        raise EmbeddedServerError(f"{home} belongs to another user: run as that user, or remove it.")
    home.chmod(0o700)
    return home
