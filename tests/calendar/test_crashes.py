"""A scheduler that dies while it follows the calendar: the next one goes on where it stopped."""

import signal
from datetime import timedelta
from typing import Any

from shared.auth.principal import Role
from shared.timescales.calendar import england
from shared.timescales.london import london_date
from tests.scheduler.live import Live, until

CHILDREN = 40


async def proclaim_next_week(live: Live) -> None:
    today = london_date(live.town.clock.now())
    body = {
        "on": england().working_day(today + timedelta(days=7), 1).isoformat(),
        "name": "Day of the state funeral",
        "announced_on": today.isoformat(),
        "source": "The London Gazette",
    }
    answer = await live.town.ask("scheduler", "POST", "/v1/calendar/days", body, role=Role.OPERATOR)
    assert answer.status_code == 201, answer.text


async def calendar_day(live: Live) -> Any:
    (day,) = await live.town.rows("SELECT * FROM calendar_day")
    return day


async def test_a_scheduler_killed_after_a_batch_has_moved_finishes_once_it_is_started_again(live):
    today = london_date(live.town.clock.now())
    await live.bureau.look_after(children=CHILDREN, started_on=today)
    reviews = "SELECT count(*) FROM deadline WHERE timescale = 'lac-review-first' AND version = 2"
    async with live.scheduler(DUECARE_MOVE_BATCH="10") as process:
        await proclaim_next_week(live)
        process.start(crash="after_move:2")
        assert await process.ended() == -signal.SIGKILL
        day = await calendar_day(live)
        assert (day.moved_through is None, day.moved_at) == (False, None)
        assert await live.count(reviews) == 20

        process.start()

        async def followed() -> bool:
            return (await calendar_day(live)).moved_at is not None

        await until(followed)
        await live.drained()
    assert await live.count(reviews) == CHILDREN
    moved = await live.town.rows("SELECT subject_id FROM outbox_event WHERE type = 'deadline.moved'")
    assert len(moved) == len({row.subject_id for row in moved}) >= CHILDREN


async def test_two_schedulers_at_once_move_each_deadline_once(live):
    await live.bureau.look_after(children=CHILDREN, started_on=london_date(live.town.clock.now()))
    async with (
        live.scheduler(DUECARE_MOVE_BATCH="3") as one,
        live.scheduler(DUECARE_MOVE_BATCH="3") as other,
    ):
        one.start()
        other.start()
        await one.ready()
        await other.ready()
        await proclaim_next_week(live)

        async def followed() -> bool:
            return (await calendar_day(live)).moved_at is not None

        await until(followed)
        await live.drained()
    versions = await live.town.rows("SELECT version FROM deadline WHERE timescale = 'lac-review-first'")
    assert [row.version for row in versions] == [2] * CHILDREN
