"""`duecare rebuild`: the rules are others than they were, and every running date follows."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from services.cli.import_ import record_past_breaches
from services.cli.rebuilding import ROLE, Rebuilding
from shared.db.engine import connect
from shared.deadlines.law import law
from tests.imports.returns import Council, Return
from tests.town import Town

DEADLINES = """SELECT timescale, anchor_id, starts_on, due_on, due_at, outcome, closed_on, passing, law, version
               FROM deadline ORDER BY id"""
EVENTS = "SELECT type, historic, envelope -> 'data' ->> 'because' FROM outbox_event ORDER BY seq"

# What an older release would have left: running dates three days later, one promise unknown to it, and one that
# was closed before the wording of its rule was kept.
OLDER = [
    "UPDATE history SET law = NULL WHERE authority_id = :a",
    """UPDATE deadline SET due_on = due_on + 3, due_at = due_at + interval '3 days', law = timescale || '-older'
       WHERE authority_id = :a AND outcome = 'open' AND due_at > '2026-12-01'""",
    """UPDATE deadline SET due_on = due_on - 1, due_at = due_at - interval '1 day', law = ''
       WHERE authority_id = :a AND outcome = 'met' AND timescale = 'lac-review-first'""",
    "DELETE FROM deadline WHERE authority_id = :a AND timescale = 'lac-review-second'",
]


@pytest.fixture
async def council(town: Town, tmp_path: Path) -> Council:
    """Three children with two reviews each: the first two kept in time, the next running. Noon, 23 November 2026."""
    council, said = Council(town, tmp_path / "return"), Return()
    for child in "ABC":
        said.child(child).episode("03/07/2026", child=child)
        said.review("20/07/2026", child=child).review("12/10/2026", child=child)
    await council.bring(said)
    return council


@asynccontextmanager
async def rebuilding(town: Town, batch: int = 2) -> AsyncIterator[Rebuilding]:
    engine = connect(town.database_url, ROLE, name="tests", pool_size=1)
    try:
        yield Rebuilding(engine, town.authority, law(), town.clock, batch)
    finally:
        await engine.dispose()


async def rebuild(town: Town) -> tuple[int, int]:
    """How many histories were looked at, and how many deadlines opened or changed."""
    async with rebuilding(town) as work:
        done = [each async for each in work.work_off()]
    await record_past_breaches(town.database_url, town.authority, town.clock.now())
    return sum(each.histories for each in done), sum(each.deadlines for each in done)


async def change(town: Town, *statements: str) -> None:
    """Change something as nobody may but the owner of the database."""
    async with town.owner.begin() as connection:
        await connection.execute(
            text("SELECT set_config('duecare.authority', :a, true)"), {"a": town.authority}
        )
        for sql in statements:
            assert (await connection.execute(text(sql), {"a": town.authority})).rowcount >= 1, sql


async def test_running_dates_follow_the_law_and_closed_ones_stay_as_they_were_decided(
    council: Council,
) -> None:
    town = council.town
    before = await town.rows(DEADLINES)
    await change(town, *OLDER)
    closed = [row for row in await town.rows(DEADLINES) if row.law == ""]
    told = len(await town.rows(EVENTS))

    assert await rebuild(town) == (3, 6)

    after = await town.rows(DEADLINES)
    assert [row for row in after if row.law == ""] == closed and len(closed) == 3
    kept = {(row.timescale, row.anchor_id): tuple(row)[2:9] for row in before if row not in closed}
    for row in after:
        if row not in closed:
            assert tuple(row)[2:9] == kept[row.timescale, row.anchor_id]
    # What was opened again under the same id was told of long ago, and is not told twice.
    events = [tuple(row) for row in (await town.rows(EVENTS))[told:]]
    assert events == [("deadline.moved", True, "law")] * 3
    assert await council.faults() == {}


async def test_a_second_run_changes_nothing(council: Council) -> None:
    await change(council.town, *OLDER)
    await rebuild(council.town)
    held = await council.everything()
    assert await rebuild(council.town) == (0, 0)
    async with rebuilding(council.town) as work:
        assert await work.behind() == 0
        await work.forget()
        assert await work.behind() == 3
    assert await rebuild(council.town) == (3, 0)
    assert await council.everything() == held


async def test_what_the_new_rules_would_have_asked_long_ago_is_history_and_wakes_nobody(
    council: Council,
) -> None:
    town = council.town
    town.pass_time(days=365)
    await change(
        town,
        "UPDATE history SET law = 'older' WHERE authority_id = :a",
        "DELETE FROM deadline WHERE authority_id = :a AND outcome = 'open'",
    )
    told = len(await town.rows(EVENTS))
    await rebuild(town)
    events = [tuple(row)[:2] for row in (await town.rows(EVENTS))[told:]]
    assert events == [("deadline.breached", True)] * 3
    assert await council.faults() == {}


async def test_a_history_that_a_service_is_writing_is_waited_for_and_never_left_out(council: Council) -> None:
    town = council.town
    await change(town, *OLDER)
    async with rebuilding(town, batch=1) as work:
        async with town.owner.connect() as service, rebuilding(town) as onlooker:
            await _hold(service, "SELECT id FROM history WHERE authority_id = :a ORDER BY id LIMIT 1", town)
            running = asyncio.create_task(_drain(work))
            async with asyncio.timeout(20):
                while await onlooker.behind() > 1:  # noqa: ASYNC110 (another process's doing)
                    await asyncio.sleep(0.02)
            assert not running.done()
        assert await running == 3
        assert await work.behind() == 0
    assert await council.faults() == {}


async def _drain(work: Rebuilding) -> int:
    return sum([done.histories async for done in work.work_off()])


async def _hold(connection: AsyncConnection, sql: str, town: Town) -> None:
    await connection.execute(text("SELECT set_config('duecare.authority', :a, true)"), {"a": town.authority})
    await connection.execute(text(f"{sql} FOR UPDATE"), {"a": town.authority})
