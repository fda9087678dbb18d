"""R-04: a scheduler that is stopped in the middle of what it says to the database, and stays connected to it.

Between the parts of a statement a server waits for the rest of it: neither its limit on a statement nor its limit on an
idle transaction ends that.
"""

import asyncio
import itertools
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import text

from services.scheduler.relay import Writer
from services.scheduler.sweep import sweep
from shared.db.engine import WAITS, connect
from tests.scheduler.bureau import Bureau
from tests.scheduler.live import until
from tests.town import Town, held

ROLE = "duecare_scheduler"
OVERTAKEN_WITHIN = 15.0  # seconds
MOST = 50  # more than any of these says
SHORT = WAITS | {"idle_in_transaction_session_timeout": "500ms", "transaction_timeout": "500ms"}
BREACHES = "SELECT count(*) FROM breach"


@pytest.fixture
def councils(database_url, clock, tmp_path_factory):
    """New councils, one after another: nothing has been told of any yet."""
    numbers = itertools.count(1)

    def found(name):
        return Town.founded(database_url, f"{name}-{next(numbers)}", clock, tmp_path_factory)

    return found


@pytest.fixture
async def bounded(database_url):
    """A server that ends a transaction, whatever it waits for."""
    async with held(database_url, ROLE).connect() as connection:
        version = await connection.scalar(text("SHOW server_version_num"))
    if int(version) < 170_000:
        pytest.skip("no transaction_timeout before PostgreSQL 17")


@asynccontextmanager
async def stopping(wire, after, work, waits=None):
    """Do the work by the wire, by somebody who is stopped when they have said so much to the database; whether they
    came to its end before that."""
    engine = connect(wire.url, ROLE, name="tests", pool_size=1, waits=waits)
    async with engine.connect():
        wire.stopped.clear()
    wire.stop_after = after
    working, stopped = asyncio.ensure_future(work(engine)), asyncio.ensure_future(wire.stopped.wait())
    await asyncio.wait({working, stopped}, return_when=asyncio.FIRST_COMPLETED)
    yield working.done() and not working.exception()
    wire.stop_after = None
    wire.reset_all()
    stopped.cancel()
    await asyncio.gather(working, stopped, return_exceptions=True)
    await engine.dispose()


async def test_wherever_a_scheduler_is_stopped_while_it_gives_places_another_takes_over(councils, wire):
    for said in range(1, MOST):
        async with councils("Stopped") as town:
            bureau = Bureau(town)
            await bureau.publish(3)

            async def giving(engine, bureau=bureau):
                await Writer(engine).relay(bureau.town.authority, bureau.now)

            async def all_placed(bureau=bureau):
                return await bureau.relay() == 3

            async with stopping(wire, said, giving) as done:
                await until(all_placed, OVERTAKEN_WITHIN)
        if done:
            break
    assert done and said > 10


async def test_wherever_a_scheduler_is_stopped_while_it_sweeps_its_transaction_ends(councils, wire, bounded):
    for said in range(1, MOST):
        async with councils("Swept") as town:
            bureau = Bureau(town)
            await bureau.look_after()

            async def sweeping(engine, bureau=bureau):
                await sweep(engine, bureau.town.authority, bureau.now)

            async def all_swept(bureau=bureau):
                await bureau.sweep()
                return (await bureau.town.rows(BREACHES))[0][0] == 1

            async with stopping(wire, said, sweeping, SHORT) as done:
                await until(all_swept, OVERTAKEN_WITHIN)
        if done:
            break
    assert done and said > 10
