"""Councils whose schedulers are processes that bad things happen to."""

import asyncio
import os
from collections.abc import Iterator

import pytest

from shared.db.migrate import migrate
from shared.db.server import ensure_database
from tests.conftest import _drop
from tests.scheduler.conftest import live


@pytest.fixture(scope="session")
def real_database_url(server: str) -> Iterator[str]:
    """A database for schedulers that run as processes, the same for all these tests."""
    name = f"duecare_faults_{os.getpid()}"
    url = ensure_database(server, name)
    asyncio.run(migrate(url))
    yield url
    asyncio.run(_drop(server, name))


__all__ = ["live", "real_database_url"]
