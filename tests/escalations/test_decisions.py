"""Only officers decide on an answer, and nobody decides on, or closes, what they have answered themselves."""

import asyncio

import pytest

from shared.auth.principal import Role
from tests.escalations.answering import ANSWER, DECISIONS, decision, the_answer
from tests.escalations.ladder_story import WORDS

OFFICERS = (Role.IRO, Role.CP_CHAIR, Role.IRO_MANAGER)


@pytest.mark.parametrize("how", DECISIONS)
async def test_only_officers_decide_on_an_answer(story, how):
    ladder = await story.begun()
    answer = await ladder.answer()
    for role in set(Role) - set(OFFICERS):
        refusal = await ladder.refused(decision(answer, how), WORDS[how], role, by="another")
        assert refusal["status"] == 403, role
    assert (await the_answer(ladder))["state"] == "sent"


@pytest.mark.parametrize("how", DECISIONS)
@pytest.mark.parametrize("role", OFFICERS)
async def test_an_officer_decides_and_the_decision_says_who_when_and_why(story, role, how):
    ladder = await story.begun()
    answer = await ladder.answer()
    story.town.pass_time(days=1)
    decided = await ladder.done(decision(answer, how), {"because": "So it is."}, role, by="iro-2")
    assert (decided["state"], decided["decided_by"]) == (DECISIONS[how], "iro-2")
    assert (decided["decided_at"], decided["decided_because"]) == ("2026-11-24T12:00:00Z", "So it is.")
    shown = await ladder.read()
    first = shown["stages"][0]
    assert first["decided_at"] == "2026-11-24T12:00:00Z"
    assert (first["accepted_at"] is None) == (how == "reject")
    step = shown["steps"][2]
    assert (step["taken_by"], step["reason"], step["about_id"]) == ("iro-2", "So it is.", answer)


@pytest.mark.parametrize("how", DECISIONS)
async def test_nobody_decides_on_an_answer_of_their_own(story, how):
    """Somebody who managed the team when it was answered, and is an officer now."""
    ladder = await story.begun()
    answer = (await ladder.done("responses", ANSWER, Role.TEAM_MANAGER, by="both"))["id"]
    await ladder.done(decision(answer, "send"), {}, Role.TEAM_MANAGER)
    refusal = await ladder.refused(decision(answer, how), WORDS[how], by="both")
    assert (refusal["status"], "another officer decides" in refusal["detail"]) == (403, True)
    await ladder.done(decision(answer, how), WORDS[how])


@pytest.mark.parametrize("step", ["resolve", "withdraw", "supersede"])
async def test_nobody_closes_an_alert_that_they_have_answered(story, step):
    ladder = await story.formal()
    answer = (await ladder.done("responses", ANSWER | {"send": True}, Role.TEAM_MANAGER, by="both"))["id"]
    await ladder.done(decision(answer, "accept"), {})
    assert (await ladder.refused(step, by="both"))["status"] == 403
    await ladder.done(step)


async def test_a_rejected_answer_goes_up_and_says_so_in_two_steps(story):
    ladder = await story.formal("practice_alert")
    await ladder.decide("reject")
    shown = await ladder.read()
    assert (shown["state"], shown["stage"]) == ("open", "service_manager")
    steps = [
        (each["verb"], each["from_state"], each["to_state"], each["stage"]) for each in shown["steps"][2:]
    ]
    assert steps == [
        ("reject", "answered", "rejected", "practice_alert"),
        ("advance", "rejected", "open", "service_manager"),
    ]
    assert [each["why"] for each in shown["stages"]] == ["raised", "rejected"]
    assert (await ladder.told())[2:] == ["escalation.answer_rejected", "escalation.advanced"]


async def test_a_rejected_answer_goes_up_past_stages_where_that_is_said(story):
    ladder = await story.begun()
    await ladder.decide("reject", stage="head")
    assert (await ladder.read())["stage"] == "head"


@pytest.mark.parametrize(("stage", "status"), [("informal", 422), ("mayor", 422)])
async def test_a_rejected_answer_goes_nowhere_but_up(story, stage, status):
    ladder = await story.formal("practice_alert")
    answer = await ladder.answer()
    body = WORDS["reject"] | {"stage": stage}
    assert (await ladder.refused(decision(answer, "reject"), body))["status"] == status


async def test_rejecting_and_accepting_in_part_need_a_reason(story):
    ladder = await story.begun()
    answer = await ladder.answer()
    for how in ("reject", "accept_partly"):
        assert (await ladder.refused(decision(answer, how), {}))["status"] == 422


async def test_what_is_accepted_in_part_goes_up_with_what_is_still_wanting(story):
    ladder = await story.formal("practice_alert")
    await ladder.decide("accept_partly", "2026-12-01")
    shown = await ladder.read()
    assert (shown["state"], shown["settled_at"]) == ("partly_accepted", None)
    assert len(await ladder.promises()) == 1
    await ladder.done("advance")
    assert (await ladder.read())["stage"] == "service_manager"
    assert [each["state"] for each in await ladder.promises()] == ["promised"]


async def test_what_is_accepted_in_full_is_settled(story):
    ladder = await story.formal("practice_alert")
    await ladder.decide("accept")
    shown = await ladder.read()
    assert (shown["state"], shown["settled_at"]) == ("accepted", "2026-11-23T12:00:00Z")


async def test_a_waiting_answer_is_decided_on_before_the_matter_is_resolved(story):
    ladder = await story.begun()
    await ladder.answer()
    refusal = await ladder.refused("resolve")
    assert refusal["status"] == 409
    assert "accepting the answer" in refusal["detail"]


async def test_two_officers_who_decide_at_once_decide_once(story):
    ladder = await story.formal("practice_alert")
    answer = await ladder.answer()
    both = [ladder.take(decision(answer, how), WORDS[how]) for how in ("accept", "reject")]
    assert sorted(each.status_code for each in await asyncio.gather(*both)) == [200, 409]
