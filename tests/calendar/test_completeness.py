"""Nothing that a day can move is left out, and nothing is worked out that it cannot."""

from datetime import date, timedelta
from typing import Any

from bench.caseload import caseload
from services.cli.recount import Recount
from shared.db.engine import connect
from shared.db.session import authority_session
from shared.deadlines.facts import NewFact, open_histories, record_facts, standing_facts
from shared.deadlines.law import law_in_force
from shared.deadlines.reconcile import reconcile
from shared.timescales.engine import deadlines
from tests.calendar.almanac import Almanac

TODAY = date(2026, 11, 23)
DAYS = [
    {"on": "2026-12-02"},
    {"on": "2026-11-24"},
    {"on": "2026-11-17", "announced_on": "2026-11-16"},
    {"on": "2027-02-01"},
    {"on": "2026-12-29", "instead_of": "2026-12-28"},
]
HELD = "SELECT id, outcome, revision, due_at, alarms FROM deadline"


async def settle(almanac: Almanac) -> None:
    """Twenty children in care and fifteen on plans, all told of a month ago, and everything noticed that is due."""
    town = almanac.town
    door, now = town.apps["scheduler"].state.door, town.clock.now()
    made_up = list(caseload(20, 15, TODAY - timedelta(days=1)))
    facts = [
        NewFact(each.id, each.child, fact.kind, fact.record, fact.on, fact.at, fact.codes)
        for each in made_up
        for fact in each.facts
    ]
    engine = connect(town.database_url, "duecare_reviews", name="tests", pool_size=1)
    async with authority_session(engine, town.authority) as session:
        for kind in ("care_period", "protection"):
            pairs = [(each.id, each.child) for each in made_up if each.kind == kind]
            await open_histories(session, town.authority, kind, pairs)
        await record_facts(session, town.authority, facts, now - timedelta(days=30))
        await reconcile(session, town.authority, [each.id for each in made_up], door.law, now)
    await engine.dispose()
    await almanac.sweep()


async def worked_out(almanac: Almanac) -> dict[Any, Any]:
    """What the engine says now of every history, by timescale and anchor."""
    town = almanac.town
    door = town.apps["scheduler"].state.door
    async with authority_session(door.engine, town.authority) as session:
        law = await law_in_force(session, town.authority, door.law)
        histories = [row.id for row in await town.rows("SELECT id FROM history")]
        facts = await standing_facts(session, town.authority, histories)
    found: dict[Any, Any] = {}
    for history, told in facts.items():
        for each in deadlines(told, law.catalogue, law.calendar):
            found[history, each.timescale, each.anchor] = each
    return found


async def recounted(almanac: Almanac) -> int:
    town = almanac.town
    engine = connect(town.database_url, "duecare_auditor", name="tests", pool_size=1)
    recount = Recount(engine, town.apps["scheduler"].state.door.law, town.clock.now())
    counts = await recount.count(town.authority)
    await engine.dispose()
    return counts["deadlines_that_differ"]


async def test_what_is_stored_once_a_day_was_followed_is_what_the_facts_give_from_scratch(almanac):
    await settle(almanac)
    for day in DAYS:
        before = await almanac.town.rows(HELD)
        added = await almanac.proclaim(**day)
        assert (await recounted(almanac), await check_alarms(almanac)) == (0, None), day
        changed = [row for row in await almanac.town.rows(HELD) if row not in before]
        assert 0 < len(changed) < len(before) / 4
        assert {row.outcome for row in changed} == {"open"}
        await almanac.withdraw(added)
        await almanac.follow(batch=7)
        assert (await recounted(almanac), await check_alarms(almanac)) == (0, None), day


async def check_alarms(almanac: Almanac) -> None:
    """Whatever runs is warned of when the engine says, but for what was warned of before."""
    now, found = almanac.town.clock.now(), await worked_out(almanac)
    rows = await almanac.town.rows(
        "SELECT * FROM deadline WHERE outcome = 'open' AND next_alarm_at IS NOT NULL"
    )
    assert len(rows) > 50
    for row in rows:
        deadline = found[row.history_id, row.timescale, row.anchor_id]
        waiting = [at for at in row.alarms if now < at < row.due_at]
        assert waiting == [at for at in deadline.warnings if at > now][-len(waiting) :] if waiting else True
        assert row.alarms[-1] == row.due_at and row.next_alarm_at == min(row.alarms)


async def test_only_histories_in_which_something_can_move_are_locked_and_worked_out(almanac):
    await settle(almanac)
    assert await almanac.proclaim(on="2028-07-04")
    assert await almanac.town.rows("SELECT 1 FROM deadline_revision") == []
