"""R-08: the link to the database falls silent, and nobody is told: no FIN, no RST. Nobody waits for ever."""

import asyncio
import time

import pytest

from services.reviews_api.app import create_app
from services.scheduler.app import create_app as create_scheduler
from services.scheduler.feed.turns import READERS
from shared.db.engine import connect
from shared.db.reading import read
from shared.db.session import authority_session
from shared.db.silence import LEFT_WITHIN, leave
from tests.faults.chance import LONG, note, size
from tests.faults.council import SLACK
from tests.faults.load import Load
from tests.faults.proxy import Proxy
from tests.scheduler.receiver import Receiver

SILENT = 60.0  # seconds
ENDS_WITHIN = 6.0  # seconds
BUSY = 1.5  # seconds that a busy machine may add: less than a driver takes to part in good order
AT_REST = 5  # connections, each of which a driver waits for as long as for a statement
LATER = size(
    (), (1.0, 3.6, 4.5)
)  # seconds into the silence; these wait for a place in the pool, then connect


@pytest.fixture
async def reviews(town, clock, wire):
    """An API that reaches its database by the wire, one connection at a time."""
    settings = town.settings.model_copy(update={"database_url": wire.url, "pool_size": 1})
    town.apps["reviews"] = app = create_app(settings, clock)
    await town.put("/v1/children/1", {})
    yield app
    await app.state.door.engine.dispose()


@pytest.fixture
async def scheduler(town, clock, wire):
    """Another service that reaches it by the wire, with as many connections as may read the feed at once."""
    settings = town.settings.model_copy(update={"database_url": wire.url, "pool_size": READERS})
    town.apps["scheduler"] = app = create_scheduler(settings, clock)
    await asyncio.gather(*(town.ask("scheduler", "GET", "/v1/events") for _ in range(READERS)))
    yield app
    await app.state.door.engine.dispose()


@pytest.fixture
async def engine(wire):
    engine = connect(wire.url, "duecare_reviews", name="tests", pool_size=2)
    yield engine
    await engine.dispose()


async def test_whoever_waits_for_a_database_that_has_fallen_silent_is_let_go(
    town, reviews, scheduler, engine, wire, chance
):
    """Who asks anew, who commits, who reads on, who reads the feed behind others; later, also who waits for a place in
    the pool, and then connects."""
    silent = asyncio.Event()

    async def asks(after, *what):
        await silent.wait()
        await asyncio.sleep(after)
        began = time.monotonic()
        refused = await town.ask(*what)
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "2")
        return time.monotonic() - began

    async def within_a_transaction(ask):
        async with authority_session(engine, town.authority) as session:
            await session.connection()
            await silent.wait()
            await ask(session)

    async def ends(ask):
        transaction = asyncio.create_task(within_a_transaction(ask))
        await silent.wait()
        began = time.monotonic()
        with pytest.raises(TimeoutError):
            await transaction
        return time.monotonic() - began

    async def commits(session):
        await session.commit()

    async def reads(session):
        await read(session, "SELECT reference FROM child")

    waiting = [asyncio.create_task(each) for each in (ends(commits), ends(reads))]
    for after in (0.0, *LATER):
        waiting.append(asyncio.create_task(asks(after, "reviews", "PUT", "/v1/children/2", {})))
        for _ in range(3 * READERS):
            waiting.append(asyncio.create_task(asks(after, "scheduler", "GET", "/v1/events")))
    while engine.pool.checkedout() < 2:  # noqa: ASYNC110  a pool rings no bell
        await asyncio.sleep(0.02)
    await asyncio.sleep(0.1)
    wire.fall_silent()
    note("black hole")
    silent.set()
    took = await asyncio.gather(*waiting)
    print(
        f"Let go after {', '.join(f'{each:.2f}' for each in sorted(took))} s, of {ENDS_WITHIN:.0f} s allowed."
    )
    assert max(took) < ENDS_WITHIN + BUSY
    wire.heal()
    began = time.monotonic()
    while (await town.ask("reviews", "PUT", "/v1/children/3", {})).is_error:
        assert time.monotonic() - began < 10
    assert [row.reference for row in await town.rows("SELECT reference FROM child ORDER BY 1")] == ["1", "3"]


async def test_a_pool_that_nobody_uses_any_more_is_left_at_once(wire, chance):
    async def used():
        async with engine.connect():
            await asyncio.sleep(0.1)

    engine = connect(wire.url, "duecare_reviews", name="tests", pool_size=AT_REST)
    await asyncio.gather(*(used() for _ in range(AT_REST)))
    assert engine.pool.checkedin() == AT_REST
    wire.fall_silent()
    note("black hole")
    began = time.monotonic()
    await leave(engine)
    took = time.monotonic() - began
    print(f"A pool of {AT_REST} was left after {took:.2f} s, of {LEFT_WITHIN:.0f} s allowed.")
    assert took < LEFT_WITHIN + BUSY


@pytest.mark.skipif(not LONG, reason="make faults")
async def test_all_goes_on_when_a_silent_database_is_back(council):
    async with (
        Proxy.to(council.town.database_url) as wire,
        Receiver.listening() as receiver,
    ):
        told = {(await council.bureau.subscribe(receiver))["id"]: receiver}
        async with Load.on(council, DATABASE_URL=wire.url) as load:
            await load.goes_on(20)
            wire.fall_silent()
            note("black hole")
            await asyncio.sleep(SILENT)
            wire.heal()
            await load.goes_on(10 * SLACK)
            assert load.reviews.lives() and load.scheduler.lives()
        await council.recovers(10, told)
        await load.check()
        assert max(load.seconds) < ENDS_WITHIN * SLACK
