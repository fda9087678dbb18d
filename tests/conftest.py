"""A real PostgreSQL for the whole run, a migrated database, and an authority of its own for each test."""

import gc
import itertools
import os
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from shared.clock import FixedClock
from shared.db.engine import KNOWS_LASTS
from shared.db.server import database_server
from shared.timescales.catalogue import load_catalogue
from shared.timescales.escalation_kinds import ESCALATION
from tests.databases import migrated
from tests.town import Town, held

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TOLD = {
    "iro-allocation-handbook",
    "iro-allocation-sefton",
    "iro-midpoint-lac",
    "lac-review-first",
    "lac-review-second",
    "lac-review-subsequent",
}
_numbers = itertools.count(1)
os.environ.pop("NATS_URL", None)  # what happens in a test is nothing for a NATS that happens to be there


def pytest_collection_finish() -> None:
    """What was loaded and collected stays to the end: it is not looked through for waste again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The server's address: DATABASE_URL's, or an embedded one that all workers of the run share."""
    root = tmp_path_factory.getbasetemp()
    home = (root.parent if os.environ.get("PYTEST_XDIST_WORKER") else root) / "duecare"
    with database_server(os.environ.get("DATABASE_URL"), Path(home)) as url:
        yield url


@pytest.fixture(scope="session")
def database_url(server: str) -> Iterator[str]:
    """A database of this worker's own, built by the migrations and dropped at the end."""
    with migrated(server, f"duecare_test_{os.getpid()}") as url:
        yield url


@pytest.fixture
async def bounds_transactions(database_url: str) -> None:
    """The server ends a transaction after a time, whatever it waits for."""
    async with held(database_url, None).connect() as connection:
        version = await connection.scalar(text("SHOW server_version_num"))
    if int(version or 0) // 10_000 < KNOWS_LASTS:
        pytest.skip("no transaction_timeout before PostgreSQL 17")


@pytest.fixture
def clock() -> FixedClock:
    """Monday 23 November 2026, noon."""
    return FixedClock(NOON)


@pytest.fixture(scope="session")
def told_of_little(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The practice of a council whose case system tells of officers, reviews and midpoint checks, and of no more;
    escalations are raised here, and told of by nobody else."""
    rows = [
        row for row in load_catalogue().timescales if row.code not in TOLD and ESCALATION not in row.histories
    ]
    untracked = (f'[[untracked]]\ncode = "{row.code}"\nbecause = "Nothing is told of it."' for row in rows)
    path = tmp_path_factory.mktemp("practice") / "little.toml"
    path.write_text("\n".join(['authority = "E08000014"', 'extends = "sefton"', *untracked]))
    return path


@pytest.fixture
def practice() -> Path | None:
    """The file of the council's own practice; None for what ships."""
    return None


@pytest.fixture
async def town(
    database_url: str, clock: FixedClock, tmp_path_factory: pytest.TempPathFactory, practice: Path | None
) -> AsyncIterator[Town]:
    """A council nobody else uses, with its three services and a token for every role."""
    authority = f"T{os.getpid()}-{next(_numbers)}"
    async with Town.founded(database_url, authority, clock, tmp_path_factory, practice) as town:
        yield town
