"""R-04: a scheduler that is stopped in the middle of what it says to the database, and stays connected to it.

Between the parts of a statement a server waits for the rest of it: neither its limit on a statement nor its limit on an
idle transaction ends that.
"""

import asyncio
import itertools
import zlib
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial

import pytest
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from services.scheduler.app import create_app
from services.scheduler.relay import Writer
from services.scheduler.sweep import sweep
from shared.auth.principal import Role
from shared.db.engine import WAITS, connect
from shared.db.faults import is_outage
from tests.faults.chance import size
from tests.faults.proxy import Proxy
from tests.scheduler.bureau import Bureau
from tests.scheduler.live import until
from tests.town import Town

ROLE = "duecare_scheduler"
OVERTAKEN_WITHIN = 15.0  # seconds
SHORT = WAITS | {"idle_in_transaction_session_timeout": "2s", "transaction_timeout": "2s"}
BREACHES = "SELECT count(*) FROM breach"
MOST = 200  # messages: more than any of these sends
PATIENCE = 60.0  # seconds
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
    await asyncio.wait({working, stopped}, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
    try:
        yield working.done()
    finally:
        wire.stop_after = None
        wire.reset_all()
        stopped.cancel()
        came, _ = await asyncio.gather(working, stopped, return_exceptions=True)
    if isinstance(came, Exception) and not is_outage(came):
        raise came


@dataclass(frozen=True, slots=True)
class Stopped:
    """Work that is stopped somewhere; before that, something is prepared for it, and after that, others do it."""

    wire: Proxy
    found: Callable[[], AbstractAsyncContextManager[Town]]
    prepare: Callable[[Bureau], Awaitable[object]]
    work: Callable[[AsyncEngine, Bureau], Awaitable[object]]
    others_have_done_it: Callable[[Bureau], Awaitable[bool]]
    waits: dict[str, str] | None = None

    async def messages(self) -> int:
        """So many does the work send to the database."""
        async with self._begun(MOST) as (_, done):
            assert done
            return MOST - self.wire.stop_after

    async def after(self, said: int) -> None:
        """In a council of its own, stop the work after so many, and wait until the others have done it."""
        async with self._begun(said, self.waits) as (bureau, done):
            assert not done
            await until(partial(self.others_have_done_it, bureau), OVERTAKEN_WITHIN)

    @asynccontextmanager
    async def _begun(self, said, waits=None):
        async with self.found() as town, connected(self.wire, waits) as engine:
            bureau = Bureau(town)
            await self.prepare(bureau)
            async with stopping(self.wire, said, self.work(engine, bureau)) as done:
                yield bureau, done


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


async def give_places(engine, bureau):
    await Writer(engine).relay(bureau.town.authority, bureau.now)


async def test_wherever_a_scheduler_is_stopped_while_it_gives_places_another_takes_over(council, wire):
    giving = Stopped(wire, council, publish_three, give_places, three_have_places)
    for said in range(1, await giving.messages()):
        await giving.after(said)


async def sweep_once(engine, bureau):
    await sweep(engine, bureau.town.authority, bureau.now)


async def others_have_swept(bureau):
    await bureau.sweep()
    return (await bureau.town.rows(BREACHES))[0][0] == 1


async def test_wherever_a_scheduler_is_stopped_while_it_sweeps_its_transaction_ends(
    council, wire, bounds_transactions, chance
):
    sweeping = Stopped(wire, council, Bureau.look_after, sweep_once, others_have_swept, SHORT)
    every = range(1, await sweeping.messages())
    for said in size(chance.sample(every, 4), every):
        await sweeping.after(said)


async def subscribe(engine, bureau):
    """By the doors of a scheduler that reaches the database by this engine."""
    app = create_app(bureau.town.settings, bureau.town.clock)
    app.state.door = replace(app.state.door, engine=engine)
    bureau.town.apps["stopped"] = app
    await bureau.town.ask("stopped", "POST", "/v1/subscriptions", ASKING, role=Role.CASE_SYSTEM)


async def test_wherever_a_scheduler_is_stopped_while_somebody_subscribes_the_feed_goes_on(
    council, wire, bounds_transactions, chance
):
    subscribing = Stopped(wire, council, publish_three, subscribe, three_have_places)
    messages = await subscribing.messages()
    # Between the two parts of what is said for the first time, with the feed's head in hand: the subscription, its
    # first step, and the answer that is kept.
    midway = [messages - 6, messages - 4, messages - 2]
    for said in size([chance.choice(midway)], range(1, messages)):
        await subscribing.after(said)
