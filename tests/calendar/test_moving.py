"""A bank holiday is proclaimed: what runs moves, what has closed stays, and whoever listens hears why."""

import asyncio
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import text

from shared.db.session import authority_session
from tests.calendar.almanac import Almanac
from tests.town import hurried

FIRST = "lac-review-first"


async def test_a_funeral_proclaimed_nine_days_ahead_moves_what_runs_and_leaves_what_has_closed(almanac):
    await almanac.looked_after("kept", started_on="2026-11-09")
    await almanac.held("2026-11-20", "kept")
    closed = await almanac.town.rows("SELECT * FROM deadline WHERE outcome <> 'open' ORDER BY id")
    await almanac.looked_after("new")
    await almanac.proclaim()
    rows = await almanac.town.rows(
        "SELECT due_on, outcome FROM deadline WHERE timescale = :t ORDER BY starts_on", t=FIRST
    )
    assert [(str(row.due_on), row.outcome) for row in rows] == [("2026-12-07", "met"), ("2026-12-15", "open")]
    assert await almanac.town.rows("SELECT * FROM deadline WHERE outcome <> 'open' ORDER BY id") == closed


async def test_subscribers_hear_that_it_moved_because_of_the_calendar(almanac):
    await almanac.looked_after()
    await almanac.proclaim()
    [(_, changed)] = await almanac.told("calendar.changed")
    assert (changed["on"], changed["change"]) == ("2026-12-02", "added")
    moved = {data["timescale"]: data for _, data in await almanac.told("deadline.moved")}
    assert moved[FIRST]["because"] == "calendar"
    assert (moved[FIRST]["previous_due_on"], moved[FIRST]["due_on"]) == ("2026-12-14", "2026-12-15")
    assert "Day of the state funeral" in " ".join((await almanac.deadline()).reason)


async def test_taken_back_it_moves_back(almanac):
    await almanac.looked_after()
    before = await almanac.deadline()
    day = await almanac.proclaim()
    almanac.town.pass_time(hours=1)
    assert (await almanac.withdraw(day)).status_code == 200
    await almanac.follow()
    after = await almanac.deadline()
    assert (after.due_at, after.alarms, after.version) == (before.due_at, before.alarms, 3)
    assert [
        data["due_on"] for _, data in await almanac.told("deadline.moved") if data["timescale"] == FIRST
    ] == [
        "2026-12-15",
        "2026-12-14",
    ]
    [page] = (await almanac.page())["days"]
    assert (page["withdrawn_on"], page["withdrawn_because"]) == ("2026-11-23", "It was a mistake.")
    assert page["moved_at"] is not None


async def test_what_closed_while_the_day_counted_keeps_its_date_when_the_day_is_taken_back(almanac):
    await almanac.looked_after()
    day = await almanac.proclaim()
    almanac.town.pass_time(days=1)
    await almanac.held("2026-11-24")
    almanac.town.pass_time(days=1)
    await almanac.withdraw(day)
    await almanac.follow()
    assert await almanac.due() == "2026-12-15"


async def test_what_closed_on_the_very_day_of_the_news_counts_the_new_day(almanac):
    """The calendar is known by the day: whatever closes today is counted by what is known today."""
    await almanac.looked_after()
    await almanac.held("2026-11-23")
    assert await almanac.due() == "2026-12-14"
    await almanac.proclaim()
    assert (await almanac.due(), (await almanac.deadline()).outcome) == ("2026-12-15", "met")


async def test_a_breach_that_was_recorded_stands(almanac):
    await almanac.looked_after(started_on="2026-10-12")
    await almanac.sweep()
    breaches = await almanac.town.rows("SELECT * FROM breach ORDER BY deadline_id")
    assert breaches
    await almanac.proclaim()
    assert await almanac.town.rows("SELECT * FROM breach ORDER BY deadline_id") == breaches
    assert await almanac.told("breach.withdrawn") == []


async def test_a_breach_falls_away_where_the_day_was_off_before_it(almanac):
    """Told late that last Monday was a bank holiday: what was due on Friday is due today."""
    await almanac.looked_after(started_on="2026-10-23")
    assert await almanac.due() == "2026-11-20"
    await almanac.sweep()
    await almanac.proclaim(on="2026-11-16", announced_on="2026-11-10")
    assert (await almanac.due(), (await almanac.deadline()).outcome) == ("2026-11-23", "open")
    fell = [data for _, data in await almanac.told("breach.withdrawn") if data["timescale"] == FIRST]
    assert [data["because"] for data in fell] == ["moved"]


async def test_a_provisional_date_stays_provisional_and_moves_too(almanac):
    calendar = almanac.town.apps["scheduler"].state.door.law.calendar
    through = calendar.published_through
    almanac.town.clock.set(datetime.fromisoformat(f"{through.year}-12-13T12:00:00+00:00"))
    start = f"{through.year}-12-13"
    await almanac.looked_after(started_on=start)
    before = await almanac.deadline()
    assert before.provisional
    in_january = calendar.working_day(date(through.year + 1, 1, 4), 1)
    await almanac.proclaim(on=in_january.isoformat(), announced_on=start)
    after = await almanac.deadline()
    assert after.provisional and after.due_on > before.due_on


async def warnings(almanac: Almanac, timescale: str) -> list[datetime]:
    row: Any = await almanac.deadline(timescale)
    return [at for at in row.alarms if at < row.due_at]


async def test_where_only_the_warnings_count_working_days_they_move_without_a_word(almanac):
    await almanac.looked_after(started_on="2026-08-24")
    await almanac.held("2026-09-18")
    await almanac.sweep()
    before = await almanac.deadline("lac-review-second")
    assert str(before.due_on) == "2026-12-18"
    assert [at.date().isoformat() for at in await warnings(almanac, "lac-review-second")] == ["2026-12-11"]
    await almanac.proclaim(on="2026-12-15")
    after = await almanac.deadline("lac-review-second")
    assert [at.date().isoformat() for at in await warnings(almanac, "lac-review-second")] == ["2026-12-10"]
    assert (after.due_at, after.revision, after.reason) == (before.due_at, before.revision, before.reason)
    assert after.next_alarm_at == min(after.alarms)
    assert "lac-review-second" not in [data["timescale"] for _, data in await almanac.told("deadline.moved")]


async def test_a_warning_that_would_have_come_by_now_is_given_at_once_and_none_is_given_twice(almanac):
    await almanac.looked_after(started_on="2026-08-24")
    await almanac.held("2026-08-31")  # the second review is due by 30 November, and is warned of today
    row = await almanac.deadline("lac-review-second")
    assert str(row.due_on) == "2026-11-30"
    almanac.town.pass_time(days=-3)
    await almanac.sweep()

    async def warned() -> list[str]:
        approaching = await almanac.told("deadline.approaching")
        return [data["warned_at"][:10] for _, data in approaching if data["timescale"] == "lac-review-second"]

    before = await warned()
    day = await almanac.proclaim(on="2026-11-25", announced_on="2026-11-20")
    await almanac.sweep()
    assert await warned() == [*before, "2026-11-20"]
    await almanac.withdraw(day)
    await almanac.follow()
    almanac.town.pass_time(days=4)
    await almanac.sweep()
    assert await warned() == [*before, "2026-11-20"]


async def test_a_batch_of_what_moves_may_take_longer_than_other_transactions(almanac, bounds_transactions):
    await almanac.looked_after()
    assert (await almanac.add()).status_code == 201
    mover = almanac.mover()
    async with hurried(almanac.town.database_url, "duecare_scheduler", "500ms") as engine:
        async with authority_session(mover.engine, almanac.town.authority) as another:
            await another.execute(text("SELECT FROM deadline FOR UPDATE"))
            moving = asyncio.create_task(replace(mover, engine=engine).move_all())
            await asyncio.sleep(1)  # it waits for these rows
        assert await moving > 0
