"""A database in trouble is 503 with Retry-After, soon, and over when the trouble is."""

import asyncio
import time

from sqlalchemy import text
from sqlalchemy.exc import TimeoutError as PoolTimeout

from services.reviews_api.app import create_app
from shared.db.engine import TURN_WITHIN
from shared.db.session import authority_session

CHILD = ("reviews", "GET", "/v1/children/C-1")


def is_outage(answer) -> bool:
    assert answer.headers["content-type"] == "application/problem+json"
    return (answer.status_code, answer.headers["retry-after"]) == (503, "2")


async def test_a_request_whose_connection_is_killed_gets_503_and_the_next_is_fine(town):
    await town.put("/v1/children/C-1", {})
    async with town.owner.begin() as owner:
        await owner.execute(text("SELECT set_config('duecare.authority', :a, true)"), {"a": town.authority})
        await owner.execute(text("SELECT 1 FROM child FOR UPDATE"))
        waiting = asyncio.create_task(town.ask("reviews", "PUT", "/v1/children/C-1", {}))
        killed = 0
        while not killed:
            await asyncio.sleep(0.02)
            # Within one transaction the list of backends stays what it was when first asked for.
            await owner.execute(text("SELECT pg_stat_clear_snapshot()"))
            killed = (
                await owner.execute(
                    text(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                        "WHERE datname = current_database() AND application_name = 'duecare_reviews' "
                        "AND wait_event_type = 'Lock'"
                    )
                )
            ).rowcount
    assert is_outage(await waiting)
    assert (await town.ask(*CHILD)).status_code == 200


async def test_idle_connections_that_were_killed_cost_one_request_each_at_most(town):
    await asyncio.gather(*(town.ask(*CHILD) for _ in range(8)))
    async with town.owner.begin() as owner:
        await owner.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND application_name = 'duecare_reviews'"
            )
        )
    await asyncio.sleep(0.05)
    heard = [(await town.ask(*CHILD)).status_code for _ in range(10)]
    assert set(heard) <= {404, 503} and heard[-5:] == [404] * 5


async def timed(asking):
    """What came of it, and the seconds that it took."""
    began = time.monotonic()
    [came] = await asyncio.gather(asking, return_exceptions=True)
    return came, time.monotonic() - began


async def test_when_every_connection_is_taken_a_request_waits_for_its_turn_once(town):
    """Two seconds, and whatever the machine adds to that of anybody who waits beside it."""
    engine = town.apps["reviews"].state.door.engine
    held = [await engine.connect() for _ in range(town.settings.pool_size)]
    (refused, a_turn), (child, asked), (ready, looked), (alive, _) = await asyncio.gather(
        timed(engine.connect()),
        timed(town.ask(*CHILD)),
        timed(town.ask("reviews", "GET", "/readyz")),
        timed(town.ask("reviews", "GET", "/livez")),
    )
    assert isinstance(refused, PoolTimeout) and TURN_WITHIN == 2
    assert max(asked, looked) < a_turn + 1
    assert is_outage(child) and is_outage(ready) and alive.status_code == 200
    for connection in held:
        await connection.close()
    assert (await town.ask(*CHILD)).status_code == 404


async def test_without_its_database_a_service_lives_and_is_not_ready(town):
    for url in (f"{town.database_url}".replace("duecare_test_", "no_such_"), "postgresql://x@127.0.0.1:1/x"):
        app = create_app(town.settings.model_copy(update={"database_url": url}), town.clock)
        town.apps["away"] = app
        assert (await town.ask("away", "GET", "/livez")).status_code == 200
        assert is_outage(await town.ask("away", "GET", "/readyz"))
        assert is_outage(await town.ask("away", "GET", "/v1/children/C-1"))
        await app.state.door.engine.dispose()


async def test_a_row_that_somebody_keeps_locked_is_503_and_nothing_changes(town):
    await town.put("/v1/children/C-1", {})
    async with authority_session(town.owner, town.authority) as session:
        await session.execute(text("SELECT 1 FROM child FOR UPDATE"))
        answer = await town.ask(
            "reviews", "PUT", "/v1/children/C-1", {"date_of_birth": "2014-05-03"}, if_match='"1"'
        )
    assert is_outage(answer)
    assert (await town.ask(*CHILD)).headers["etag"] == '"1"'


async def test_no_connection_stays_in_a_transaction_after_trouble(town):
    await asyncio.gather(*(town.ask("reviews", "PUT", f"/v1/children/C-{n}", b"{") for n in range(20)))
    busy = await town.rows(
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'"
        " AND application_name = 'duecare_reviews'",
        role=None,  # type: ignore[arg-type]
    )
    assert busy == [] and town.apps["reviews"].state.door.engine.pool.checkedout() == 0
