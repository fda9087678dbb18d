from datetime import UTC, date, datetime, timedelta

from tests.scheduler.bureau import Bureau
from tests.town import Town

# First reviews: 20 working days from Monday 2 November 2026 are over at midnight after Monday 30 November.
STARTED = date(2026, 11, 2)
OVER = datetime(2026, 12, 1, tzinfo=UTC)


async def test_a_first_review_that_is_not_held_is_a_breach_the_moment_its_last_day_is_over(bureau):
    await bureau.look_after(started_on=STARTED)
    bureau.clock.set(OVER - timedelta(microseconds=1))
    await bureau.sweep()
    assert await bureau.breaches() == []

    bureau.clock.set(OVER)
    await bureau.sweep()
    [breach] = await bureau.breaches()
    assert (breach.due_at, breach.recorded_at, breach.historic) == (OVER, OVER, False)


async def test_a_breach_and_its_event_are_recorded_once_however_often_the_sweep_runs(bureau):
    await bureau.look_after()
    assert [await bureau.sweep() for _ in range(3)] == [1, 0, 0]
    await bureau.relay()
    assert (await bureau.told()).count("deadline.breached") == len(await bureau.breaches()) == 1


async def test_a_deadline_is_approaching_twice_and_then_breached(bureau):
    bureau.clock.set(datetime(2026, 11, 3, 9, tzinfo=UTC))
    await bureau.look_after(started_on=STARTED)
    for day in (16, 17, 24):
        bureau.clock.set(datetime(2026, 11, day, 12, tzinfo=UTC))
        await bureau.sweep()
    bureau.clock.set(OVER)
    await bureau.sweep()
    await bureau.relay()
    assert await bureau.told() == [
        "deadline.opened",
        "deadline.approaching",
        "deadline.approaching",
        "deadline.breached",
    ]


async def test_after_a_long_silence_only_the_breach_is_told_and_no_stale_warning(bureau):
    await bureau.look_after(started_on=STARTED)
    bureau.clock.set(OVER + timedelta(days=3))
    await bureau.sweep()
    await bureau.relay()
    assert await bureau.told() == ["deadline.opened", "deadline.breached"]


async def test_a_warning_names_the_instant_it_was_due_and_leaves_the_later_ones(bureau):
    bureau.clock.set(datetime(2026, 11, 3, 9, tzinfo=UTC))
    await bureau.look_after(started_on=STARTED)
    before = await bureau.town.rows("SELECT alarms FROM deadline")
    first, second, due = before[0].alarms
    bureau.clock.set(first)
    await bureau.sweep()
    await bureau.relay()
    warning = (await bureau.feed())[-1]["event"]["data"]
    assert datetime.fromisoformat(warning["warned_at"]) == first
    [row] = await bureau.town.rows("SELECT alarms, next_alarm_at FROM deadline")
    assert (row.alarms, row.next_alarm_at) == ([second, due], second)


async def test_a_breach_that_a_backfill_told_of_is_historic_in_the_record_and_in_the_feed(bureau):
    await bureau.look_after(historic=True)
    await bureau.sweep()
    await bureau.relay()
    [breach] = await bureau.breaches()
    event = (await bureau.feed())[-1]["event"]
    assert breach.historic
    assert event["type"] == "deadline.breached"
    assert event["data"]["historic"] is True


async def test_more_than_a_batch_is_swept_to_the_last(bureau):
    await bureau.look_after(children=25)
    assert await bureau.sweep(batch=10) == 25
    assert len(await bureau.breaches()) == 25


async def test_a_review_promised_for_another_day_is_breached_again_under_a_new_version(bureau):
    [history] = await bureau.look_after()
    await bureau.sweep()
    await bureau.move_start(history, date(2026, 9, 1))
    await bureau.sweep()
    await bureau.relay()
    rows = await bureau.town.rows("SELECT version, withdrawn_at FROM breach ORDER BY version")
    assert [(row.version, row.withdrawn_at is None) for row in rows] == [(1, False), (2, True)]
    assert await bureau.told() == [
        "deadline.opened",
        "deadline.breached",
        "breach.withdrawn",
        "deadline.moved",
        "deadline.breached",
    ]


async def test_the_sweep_of_one_council_leaves_another_alone(bureau, database_url, tmp_path_factory):
    async with Town.founded(
        database_url, f"{bureau.town.authority}-B", bureau.clock, tmp_path_factory
    ) as other:
        await Bureau(other).look_after()
        await bureau.sweep()
        assert await Bureau(other).breaches() == []
