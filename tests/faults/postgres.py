"""A PostgreSQL of the tests' own, with a disk that is waited for, to be stopped as a power cut stops it."""

import os
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from sqlalchemy import text

from shared.db.embedded import EmbeddedServer
from shared.db.embedded_postmaster import running_postmaster
from shared.db.engine import connect
from shared.db.server import ensure_database

GONE_WITHIN = 20.0  # seconds


@dataclass
class PrivateServer:
    """Nobody else's databases are in it."""

    home: Path
    url: str = ""
    server: EmbeddedServer = field(init=False)

    def __post_init__(self) -> None:
        self.server = EmbeddedServer(self.home)

    def __enter__(self) -> Self:
        self.url = ensure_database(self.server.start(), "faults")
        return self

    def __exit__(self, *_: object) -> None:
        self.server.stop()

    def stop_at_once(self) -> None:
        """What `pg_ctl stop -m immediate` does: no checkpoint, and the next start recovers from the log."""
        data = self.home / "postgres"
        server = running_postmaster(data)
        assert server
        os.kill(server.pid, signal.SIGQUIT)
        give_up = time.monotonic() + GONE_WITHIN
        while running_postmaster(data):
            assert time.monotonic() < give_up
            time.sleep(0.01)

    def start_again(self) -> None:
        """Returns once it takes connections."""
        self.server.start()

    async def kill_a_backend(self, application: str) -> None:
        """kill -9 of one process that serves this application: the server then restarts all of them."""
        engine = connect(self.url, None, name="tests", pool_size=1)
        async with engine.connect() as connection:
            found = text(
                "SELECT pid FROM pg_stat_activity WHERE application_name = :name ORDER BY backend_start"
            )
            pids = list(await connection.scalars(found, {"name": application}))
        await engine.dispose()
        os.kill(pids[-1], signal.SIGKILL)
