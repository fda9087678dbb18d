"""Whoever works dates out and whoever changes the calendar take turns: nobody slips through between the two."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import text

from shared.auth.principal import Role
from shared.db.engine import connect
from shared.db.session import authority_session
from shared.deadlines.law import law_in_force, lock_calendar
from tests.calendar.almanac import FUNERAL


@asynccontextmanager
async def somebody(almanac, role="duecare_reviews"):
    """A transaction that this test holds open."""
    engine = connect(almanac.town.database_url, role, name="tests", pool_size=1)
    try:
        async with authority_session(engine, almanac.town.authority) as session:
            yield session
    finally:
        await engine.dispose()


async def test_a_day_is_added_only_once_everybody_who_is_working_dates_out_is_done(almanac):
    door = almanac.town.apps["scheduler"].state.door
    async with somebody(almanac) as session:
        await law_in_force(session, almanac.town.authority, door.law)
        adding = asyncio.create_task(almanac.add())
        done, _ = await asyncio.wait({adding}, timeout=0.5)
        assert not done
    assert (await adding).status_code == 201


async def test_whoever_writes_while_a_day_is_being_added_counts_with_it(almanac):
    async with somebody(almanac, "duecare_scheduler") as session:
        await lock_calendar(session, almanac.town.authority)
        await session.execute(
            text(
                'INSERT INTO calendar_day (authority_id, id, "on", name, announced_on, source, known_from,'
                " recorded_at, recorded_by) VALUES (:a, gen_random_uuid(), '2026-12-02', 'Funeral', '2026-11-23',"
                " 'Gazette', '2026-11-23', now(), 'operator')"
            ),
            {"a": almanac.town.authority},
        )
        writing = asyncio.create_task(almanac.looked_after())
        done, _ = await asyncio.wait({writing}, timeout=0.5)
        assert not done
    await writing
    assert await almanac.due() == "2026-12-15"


async def test_what_was_written_just_before_is_moved_like_everything_else(almanac):
    await asyncio.gather(almanac.looked_after("1"), almanac.add(), almanac.looked_after("2"))
    await almanac.follow()
    due = await almanac.town.rows("SELECT due_on FROM deadline WHERE timescale = 'lac-review-first'")
    assert [str(row.due_on) for row in due] == ["2026-12-15"] * 2


async def test_a_calendar_that_is_kept_too_long_is_not_waited_for(almanac):
    async with somebody(almanac) as session:
        await law_in_force(session, almanac.town.authority, almanac.town.apps["scheduler"].state.door.law)
        answer = await almanac.add()
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    assert (await almanac.page())["days"] == []


async def test_two_operators_who_add_the_same_day_at_once_add_it_once(almanac):
    answers = await asyncio.gather(almanac.add(), almanac.add())
    assert sorted(answer.status_code for answer in answers) == [200, 201]
    assert len(await almanac.told("calendar.changed")) == 1


@pytest.mark.parametrize("batch", [1, 2])
async def test_a_day_taken_back_halfway_moves_everything_back(almanac, batch):
    for name in "123":
        await almanac.looked_after(name)
    answer = await almanac.add()
    mover = almanac.mover(batch)
    affected = await mover.affected(answer.json()["id"])
    await mover.move_batch(answer.json()["id"], affected)
    await almanac.withdraw(answer.json()["id"])
    await almanac.follow(batch)
    due = await almanac.town.rows("SELECT due_on FROM deadline WHERE timescale = 'lac-review-first'")
    assert [str(row.due_on) for row in due] == ["2026-12-14"] * 3


async def test_the_scheduler_follows_as_soon_as_the_day_is_added(almanac):
    """The bell is rung before the day is committed; who hears it waits for the commit."""
    await almanac.looked_after()
    bell = almanac.town.apps["scheduler"].state.proclaimed

    async def followed() -> int:
        await bell.wait()
        return await almanac.follow()

    following = asyncio.create_task(followed())
    answer = await almanac.town.ask("scheduler", "POST", "/v1/calendar/days", FUNERAL, role=Role.OPERATOR)
    assert answer.status_code == 201
    assert await asyncio.wait_for(following, 5) > 0
