"""What a fault needs: dice, a wire that can be cut, services that can be killed, a server that can be."""

import itertools
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest

from shared.auth.local_issuer import LocalIssuer
from shared.clock import FixedClock, SystemClock
from tests.databases import migrated
from tests.faults.chance import Chance
from tests.faults.council import Council
from tests.faults.proxy import Proxy
from tests.scheduler.bureau import Bureau
from tests.scheduler.conftest import live
from tests.stateful.processes import Nursery, nursery
from tests.town import Town

QUICK = {
    "DUECARE_POOL_SIZE": "5",
    "DUECARE_SWEEP_BATCH": "100",
    "DUECARE_RELAY_BATCH": "120",
    "DUECARE_LEASE_SECONDS": "4",
    "DUECARE_WEBHOOK_LOOPBACK": "true",
}
_numbers = itertools.count(1)


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> Chance:
    """The dice of this test, thrown by the seed of the run."""
    return Chance(request.node.name)


@pytest.fixture
async def bureau(town: Town) -> Bureau:
    """The scheduler's work step by step, under the clock of a council nobody else uses."""
    return Bureau(town)


@pytest.fixture(scope="session")
def faults_database_url(server: str) -> Iterator[str]:
    """A database for services that run as processes: they serve every authority they find in it."""
    with migrated(server, f"duecare_killed_{os.getpid()}") as url:
        yield url


@pytest.fixture(scope="session")
def real_database_url(server: str) -> Iterator[str]:
    """Another, for schedulers whose clocks are set wrong, or that are frozen."""
    with migrated(server, f"duecare_faults_{os.getpid()}") as url:
        yield url


@pytest.fixture(scope="session")
async def services(
    faults_database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Nursery]:
    """Where services are started as processes, in a blink each, under the machine's clock."""
    folder = tmp_path_factory.mktemp("nursery")
    issuer = LocalIssuer(folder, "https://id.test", "duecare")
    keys = {"DUECARE_OIDC_ISSUER": "https://id.test", "DUECARE_OIDC_JWKS_FILE": str(issuer.jwks_file)}
    environment = QUICK | keys | {"DATABASE_URL": faults_database_url}
    async with nursery(folder, None, environment) as started:
        yield started


@pytest.fixture
async def council(
    services: Nursery, faults_database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Council]:
    """A council whose services are processes to be killed."""
    async with council_in(faults_database_url, services, tmp_path_factory) as council:
        yield council


@asynccontextmanager
async def council_in(
    database_url: str, services: Nursery, folders: pytest.TempPathFactory
) -> AsyncIterator[Council]:
    """Such a council in any database; its processes are dead at the end."""
    authority = f"F{os.getpid()}-{next(_numbers)}"
    clock = FixedClock(SystemClock().now())
    async with Town.founded(database_url, authority, clock, folders) as town:
        council = Council(town, services)
        yield council
        council.kill_all()


@pytest.fixture
async def wire(database_url: str) -> AsyncIterator[Proxy]:
    """The way to this run's database, by way of something that can break."""
    async with Proxy.to(database_url) as proxy:
        yield proxy


__all__ = ["live"]
