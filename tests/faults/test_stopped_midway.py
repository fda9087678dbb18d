"""R-04: a scheduler that is stopped in the middle of what it says to the database, and stays connected to it.

Between the parts of a statement a server waits for the rest of it: neither its limit on a statement nor its limit on an
idle transaction ends that.
"""

import asyncio
import itertools
import zlib
from contextlib import asynccontextmanager
from functools import partial

import pytest
from sqlalchemy.exc import DBAPIError

from services.scheduler.app import create_app
from services.scheduler.relay import Writer
from services.scheduler.sweep import sweep
from shared.auth.principal import Role
from shared.db.engine import WAITS, connect
from shared.db.faults import is_outage
from tests.faults.chance import size
from tests.scheduler.bureau import Bureau
from tests.scheduler.live import until
from tests.town import Town

ROLE = "duecare_scheduler"
OVERTAKEN_WITHIN = 15.0  # seconds
SHORT = WAITS | {"idle_in_transaction_session_timeout": "500ms", "transaction_timeout": "500ms"}
BREACHES = "SELECT count(*) FROM breach"
FEW, MOST = 8, 200  # messages: each of these says more than the one, and fewer than the other
ASKING = {"url": "http://127.0.0.1:9/hooks"}


@pytest.fixture
def council(database_url, clock, tmp_path_factory, request):
    """A new council each time: nothing has been told of it yet."""
    numbers, name = itertools.count(1), f"{zlib.crc32(request.node.name.encode()):X}"

    def found():
        return Town.founded(database_url, f"{name}-{next(numbers)}", clock, tmp_path_factory)

    return found


@asynccontextmanager
async def connected(wire, waits=None):
    """The database by the wire, on one connection, which is open."""
    engine = connect(wire.url, ROLE, name="tests", pool_size=1, waits=waits)
    async with engine.connect():
        pass
    yield engine
    await engine.dispose()


@asynccontextmanager
async def stopping(wire, after, work):
    """Do the work by somebody who is stopped when they have said so much to the database; yields whether they had done
    it before that."""
    wire.stopped.clear()
    wire.stop_after = after
    working, stopped = asyncio.ensure_future(work), asyncio.ensure_future(wire.stopped.wait())
    await asyncio.wait({working, stopped}, return_when=asyncio.FIRST_COMPLETED)
    try:
        yield working.done() and not working.exception()
    finally:
        wire.stop_after = None
        wire.reset_all()
        stopped.cancel()
        came, _ = await asyncio.gather(working, stopped, return_exceptions=True)
    if isinstance(came, Exception) and not is_outage(came):
        raise came


async def stop_anywhere(council, wire, prepare, work, others_have_done_it, waits=None):
    """In a council of its own each time, stop the work after its first message to the database, after its second, and
    so on until it is done before that; each time others do it. Returns the number of messages."""
    for said in range(1, MOST):
        async with council() as town, connected(wire, waits) as engine:
            bureau = Bureau(town)
            await prepare(bureau)
            async with stopping(wire, said, work(engine, bureau)) as done:
                await until(partial(others_have_done_it, bureau), OVERTAKEN_WITHIN)
        if done:
            return said - 1
    raise AssertionError("It never came to its end.")


async def publish_three(bureau):
    await bureau.publish(3)


async def three_have_places(bureau):
    """Give places, as a loop does: whoever has to wait tries again."""
    try:
        return await bureau.relay() == 3
    except DBAPIError as error:
        if not is_outage(error):
            raise
        return False


async def test_wherever_a_scheduler_is_stopped_while_it_gives_places_another_takes_over(council, wire):
    async def give_places(engine, bureau):
        await Writer(engine).relay(bureau.town.authority, bureau.now)

    assert await stop_anywhere(council, wire, publish_three, give_places, three_have_places) > FEW


async def test_wherever_a_scheduler_is_stopped_while_it_sweeps_its_transaction_ends(
    council, wire, bounds_transactions
):
    async def sweep_once(engine, bureau):
        await sweep(engine, bureau.town.authority, bureau.now)

    async def others_swept(bureau):
        await bureau.sweep()
        return (await bureau.town.rows(BREACHES))[0][0] == 1

    assert await stop_anywhere(council, wire, Bureau.look_after, sweep_once, others_swept, SHORT) > FEW


@asynccontextmanager
async def subscribing(council, wire, after=MOST):
    """A council to whose feed somebody begins to subscribe, at a scheduler that is stopped when it has said so much."""
    async with council() as town:
        settings = town.settings.model_copy(update={"database_url": wire.url, "pool_size": 1})
        town.apps["stopped"] = app = create_app(settings, town.clock)
        await town.ask("stopped", "GET", "/v1/subscriptions")
        await Bureau(town).publish(3)
        asking = town.ask("stopped", "POST", "/v1/subscriptions", ASKING, role=Role.CASE_SYSTEM)
        async with stopping(wire, after, asking) as done:
            yield Bureau(town), done
        await app.state.door.engine.dispose()


async def test_wherever_a_scheduler_is_stopped_while_somebody_subscribes_the_feed_goes_on(
    council, wire, bounds_transactions, chance
):
    async with subscribing(council, wire) as (_, done):
        said = MOST - wire.stop_after
        assert done and said > FEW
    last = range(said - 10, said)  # with the feed's head in hand, most of them
    for after in size([chance.choice(last)], range(1, said)):
        async with subscribing(council, wire, after) as (bureau, done):
            assert not done
            await until(partial(three_have_places, bureau), OVERTAKEN_WITHIN)
