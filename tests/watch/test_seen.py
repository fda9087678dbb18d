"""What the APIs see of the scheduler."""

import asyncio
from datetime import date

from sqlalchemy import text

from services.scheduler.pace import Pace
from services.scheduler.watch.heartbeat import Heartbeat
from services.scheduler.watch.housekeeping import Housekeeping
from services.scheduler.watch.pulse import Pulse
from shared.db.engine import connect
from shared.db.session import authority_session
from shared.loops import Loops
from shared.watch.queries import UNKNOWN, overdue_without_breach
from shared.watch.remembered import Remembered
from shared.watch.watchman import Watchman

LONG_AGO = date(2020, 3, 2)  # by whatever clock
APIS = ("reviews", "escalation")


def heart(bureau, pulse: Pulse) -> Heartbeat:
    housekeeping = Housekeeping(bureau.engine, Pace(), Loops(stop=lambda: None))
    return Heartbeat(bureau.engine, pulse, housekeeping)


async def ready(town, service: str) -> dict:
    town.apps[service].state.watchman = Watchman(town.apps[service].state.door.engine, 120)
    answer = await town.ask(service, "GET", "/readyz")
    assert answer.status_code == 200
    return answer.json()


async def figure(town, service: str, name: str) -> float | None:
    town.apps[service].state.watchman = Watchman(town.apps[service].state.door.engine, 120)
    lines = (await town.ask(service, "GET", "/metrics")).text.splitlines()
    return next((float(line.split()[1]) for line in lines if line.startswith(f"{name} ")), None)


async def test_both_apis_say_how_late_the_scheduler_is(bureau):
    pulse = Pulse()
    pulse.start()
    pulse.beat("sweep")
    await heart(bureau, pulse).beat()
    for service in APIS:
        seen = (await ready(bureau.town, service))["scheduler"]
        assert 0 <= seen["late_seconds"] < 30 and not seen["clock_suspect"]
        assert 0 <= await figure(bureau.town, service, "duecare_scheduler_age_seconds") < 30


async def test_a_scheduler_that_has_been_dead_for_days_is_late_also_to_whoever_starts_today(bureau):
    pulse = Pulse()
    pulse.start()
    pulse.beat("sweep")
    await heart(bureau, pulse).beat()
    days_ago = (
        "UPDATE heartbeat SET ticked_at = now() - interval '3 days', swept_at = now() - interval '3 days'"
    )
    async with bureau.town.owner.begin() as connection:
        await connection.execute(text("UPDATE heartbeat SET swept_at = NULL"))
    async with authority_session(bureau.engine, bureau.town.authority) as session:
        await session.execute(text(days_ago))
    watchman = Watchman(bureau.engine, 120)
    seen = await watchman.sighting()
    assert watchman.late and seen.late_seconds > 2 * 86_400


async def test_where_there_never_was_a_sweep_the_scheduler_is_late(caplog):
    async def nothing():
        return UNKNOWN

    watchman = Watchman(connect("postgresql://x@127.0.0.1:1/x", None), 120)
    watchman.seen = Remembered(nothing, seconds=1, within=1)
    await watchman.sighting()
    assert watchman.late and "there has been no full sweep" in caplog.text


async def test_what_a_scheduler_said_days_ago_is_removed_by_those_that_live(bureau):
    old, new = heart(bureau, Pulse()), heart(bureau, Pulse())
    await old.beat()
    async with authority_session(bureau.engine, bureau.town.authority) as session:
        await session.execute(text("UPDATE heartbeat SET ticked_at = now() - interval '25 hours'"))
    await new.beat()
    [[instance, swept]] = await bureau.town.rows("SELECT instance, swept_at FROM heartbeat")
    assert (instance, swept) == (new.instance, None)


async def test_a_promise_that_was_broken_and_not_noticed_is_counted_by_the_apis_themselves(bureau):
    before = await overdue_without_breach(bureau.engine)
    await bureau.look_after(children=2, started_on=LONG_AGO)
    for service in APIS:
        assert await figure(bureau.town, service, "duecare_overdue_without_breach") == before + 2
    await bureau.sweep()
    for service in APIS:
        assert await figure(bureau.town, service, "duecare_overdue_without_breach") == before


async def test_where_the_database_is_away_the_figures_are_left_out_and_nobody_waits_for_long(bureau):
    engine = connect("postgresql://x@127.0.0.1:1/x", "duecare_reviews")
    watchman = Watchman(engine, 120)
    async with asyncio.timeout(10):
        assert await watchman.figures() == []
        assert await watchman.sighting() is None
    await engine.dispose()


async def test_where_it_is_not_known_when_the_last_sweep_was_an_api_does_not_say_that_all_is_well(bureau):
    engine = connect("postgresql://x@127.0.0.1:1/x", "duecare_reviews")
    bureau.town.apps["reviews"].state.watchman = Watchman(engine, 120)
    answer = await bureau.town.ask("reviews", "GET", "/readyz")
    await engine.dispose()
    seen = answer.json()["scheduler"]
    assert (answer.status_code, seen["late"], seen["late_seconds"]) == (200, True, None)


async def test_a_slow_answer_is_not_waited_for_and_an_old_one_is_not_passed_on():
    answers = [0.0, 5.0]

    async def ask() -> int:
        await asyncio.sleep(answers.pop(0))
        return 7

    remembered = Remembered(ask, seconds=0, within=0.05)
    assert [await remembered.get(), await remembered.get()] == [7, None]


async def test_many_who_ask_at_once_ask_the_database_once():
    asked = []

    async def ask() -> int:
        asked.append(1)
        await asyncio.sleep(0)
        return len(asked)

    remembered = Remembered(ask, seconds=60, within=1)
    assert await asyncio.gather(*(remembered.get() for _ in range(20))) == [1] * 20
