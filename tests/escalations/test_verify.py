"""`duecare verify` finds an escalation whose clocks are not as its rows have them."""

import pytest
from sqlalchemy import text

from services.cli.recount import Recount
from shared.auth.principal import Role
from shared.db.engine import connect
from shared.deadlines.law import law


@pytest.fixture
async def climbed(story):
    """An alert that went formal unanswered, and one whose answer was accepted; a third was resolved."""
    first, second, third = [(await story.raised())["id"] for _ in range(3)]
    story.town.pass_time(days=21)
    await story.hear()
    assert (await story.post(f"/{first}/advance", {})).status_code == 200
    token = story.town.token(Role.TEAM_MANAGER, "manager-1")
    sent = await story.post(
        f"/{second}/responses",
        {"answer": "Cover is in place.", "send": True},
        authorization=f"Bearer {token}",
    )
    assert sent.status_code == 201, sent.text
    path = f"/{second}/responses/{sent.json()['id']}"
    assert (await story.post(f"{path}/accept", {})).status_code == 200
    assert (await story.post(f"/{third}/resolve", {"outcome": "Visited."})).status_code == 200
    await story.hear()
    return story


async def faults(story):
    """The faults that are counted in this council, with how many of each."""
    engine = connect(story.town.database_url, "duecare_auditor", name="tests", pool_size=1)
    recount = Recount(engine, law(str(story.town.settings.policy)), story.town.clock.now())
    found = await recount.count(story.town.authority)
    await engine.dispose()
    return {name: count for name, count in found.items() if count}


async def test_nothing_is_wrong_with_escalations_that_climbed_were_answered_and_resolved(climbed):
    assert await faults(climbed) == {}


PLANTED = {
    "UPDATE deadline SET outcome = 'ended' WHERE history_id IN (SELECT id FROM escalation WHERE state = 'accepted')": (
        "escalations_without_clock"
    ),
    "DELETE FROM deadline WHERE anchor_id IN (SELECT id FROM escalation_stage"
    " WHERE closed_at IS NULL AND answered_at IS NULL)"
    " AND NOT EXISTS (SELECT FROM breach WHERE deadline_id = deadline.id)": "silence_without_breach",
    "UPDATE deadline SET outcome = 'withdrawn', closed_on = NULL, closed_by = NULL WHERE outcome = 'open'"
    " AND anchor_id IN (SELECT id FROM escalation_stage WHERE closed_at IS NULL AND answered_at IS NULL)": (
        "silence_without_breach"
    ),
    "UPDATE escalation SET formal_at = formal_at - interval '1 day' WHERE formal_at IS NOT NULL": (
        "facts_that_disagree"
    ),
    "UPDATE escalation_stage SET answered_at = NULL, decided_at = NULL, accepted_at = NULL"
    " WHERE answered_at IS NOT NULL": "facts_that_disagree",
    "UPDATE escalation SET closed_at = NULL WHERE closed_at IS NOT NULL": "facts_that_disagree",
    "DELETE FROM breach WHERE true": "overdue_without_breach",
}


@pytest.mark.parametrize(("planted", "found"), PLANTED.items())
async def test_what_is_planted_is_found(climbed, planted, found):
    async with climbed.town.owner.begin() as connection:
        confine = text("SELECT set_config('duecare.authority', :a, true)")
        await connection.execute(confine, {"a": climbed.town.authority})
        ours = planted.replace(" WHERE ", " WHERE authority_id = :a AND ", 1)  # the owner sees every council
        assert (await connection.execute(text(ours), {"a": climbed.town.authority})).rowcount
    assert found in await faults(climbed)
