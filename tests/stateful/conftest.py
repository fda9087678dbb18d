"""A council that tracks everything, and a story of one child in it."""

import itertools
import os
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest
from sqlalchemy import text

from shared.clock import FixedClock
from tests.conftest import NOON
from tests.databases import migrated
from tests.stateful.killing import DoomedTeller, DoomedTown
from tests.stateful.model import Model
from tests.stateful.processes import Nursery, nursery
from tests.stateful.teller import Teller
from tests.timeline.laws import OWN_PRACTICE
from tests.town import Town

_numbers = itertools.count(1)


@pytest.fixture
def practice() -> Path:
    """A practice under which much may be granted."""
    return OWN_PRACTICE


@pytest.fixture
def new_teller(town: Town, clock: FixedClock) -> Callable[[], Awaitable[Teller]]:
    """Begins a story at noon, in a council of its own: no calendar day and no child of another story is there."""

    async def begin() -> Teller:
        clock.set(NOON)
        council = f"{town.authority}-{next(_numbers)}"
        async with town.owner.begin() as connection:
            await connection.execute(
                text("INSERT INTO authority (authority_id, name) VALUES (:a, :a)"), {"a": council}
            )
        return Teller(replace(town, authority=council), Model(council, town.apps["reviews"].state.door.law))

    return begin


@pytest.fixture(scope="module")
def doomed_database_url(server: str) -> Iterator[str]:
    """A database for schedulers that serve every council in it, under the clock of a story."""
    with migrated(server, f"duecare_doomed_{os.getpid()}") as url:
        yield url


@pytest.fixture
async def doomed_town(
    doomed_database_url: str, clock: FixedClock, tmp_path_factory: pytest.TempPathFactory, practice: Path
) -> AsyncIterator[Town]:
    """A council whose services are started and killed."""
    authority = f"K{os.getpid()}-{next(_numbers)}"
    async with Town.founded(doomed_database_url, authority, clock, tmp_path_factory, practice) as town:
        yield town


@pytest.fixture
async def services(doomed_town: Town, tmp_path: Path) -> AsyncIterator[Nursery]:
    """Where that council's services are started."""
    settings = doomed_town.settings
    environment = {
        "DATABASE_URL": doomed_town.database_url,
        "DUECARE_OIDC_ISSUER": settings.oidc_issuer,
        "DUECARE_OIDC_JWKS_FILE": str(settings.oidc_jwks_file),
        "DUECARE_POLICY": str(settings.policy),
        "DUECARE_POOL_SIZE": "4",
        "DUECARE_SWEEP_BATCH": "2",
        "DUECARE_RELAY_BATCH": "3",
        "DUECARE_MOVE_BATCH": "1",
    }
    async with nursery(tmp_path, NOON, environment) as started:
        yield started


@pytest.fixture
def new_doomed(doomed_town: Town, services: Nursery) -> Callable[..., Awaitable[DoomedTeller]]:
    """Begins a story in which the reviewing service is killed and the scheduler dies so often, where chance says."""

    async def begin(chance: random.Random, kills: int, deaths: int) -> DoomedTeller:
        known = {each.name: getattr(doomed_town, each.name) for each in fields(Town)}
        town = DoomedTown(**known, nursery=services, chance=chance, kills=kills)
        model = Model(town.authority, town.apps["reviews"].state.door.law)
        return DoomedTeller(town, model, nursery=services, chance=chance, deaths=deaths)

    return begin
