"""Managers answer, only officers decide, and nobody decides on an answer of their own."""

import asyncio

import pytest

from shared.auth.principal import Role
from tests.escalations.ladder_story import WORDS

ANSWER = {"answer": "Two visits were missed.", "promises": []}
DECISIONS = {"accept": "accepted", "accept_partly": "partly_accepted", "reject": "rejected"}
OFFICERS = (Role.IRO, Role.CP_CHAIR, Role.IRO_MANAGER)


def decision(answer, how):
    return f"responses/{answer}/{how}"


async def the_answer(ladder):
    (answer,) = await ladder.responses()
    return answer


async def test_an_answer_is_drafted_and_sent_and_then_waits_for_the_officer(story):
    ladder = await story.begun()
    draft = await ladder.draft()
    assert (draft["state"], draft["possible"]) == ("draft", ["rewrite", "send", "discard"])
    assert ((await ladder.read())["state"], await ladder.told()) == ("open", ["escalation.raised"])
    story.town.pass_time(hours=1)
    sent = await ladder.done(f"responses/{draft['id']}/send", {}, Role.TEAM_MANAGER)
    assert (sent["state"], sent["sent_by"], sent["sent_at"]) == ("sent", "manager-1", "2026-11-23T13:00:00Z")
    shown = await ladder.read()
    assert (shown["state"], shown["stages"][0]["answered_at"]) == ("answered", "2026-11-23T13:00:00Z")
    assert (shown["steps"][-1]["verb"], shown["steps"][-1]["about_id"]) == ("answer", draft["id"])
    assert await ladder.told() == ["escalation.raised", "escalation.responded"]


async def test_a_draft_is_rewritten_by_whoever_has_read_it(story):
    ladder = await story.begun()
    draft = await ladder.draft()
    path, body = f"/responses/{draft['id']}", {"answer": "Three visits were missed."}
    for etag, status in ((None, 428), ('"7"', 412)):
        headers = {"if_match": etag} if etag else {}
        answer = await ladder.ask("PUT", path, body, Role.SOCIAL_WORKER, **headers)
        assert answer.status_code == status
    assert (await the_answer(ladder))["answer"] == "Two visits were missed."
    answer = await ladder.ask("PUT", path, body, Role.SOCIAL_WORKER, if_match='"1"')
    assert (answer.status_code, answer.headers["etag"]) == (200, '"2"')
    assert (await the_answer(ladder))["answer"] == "Three visits were missed."


async def test_once_it_is_sent_its_words_stand(story):
    ladder = await story.begun()
    answer = await ladder.answer("2026-12-01")
    before = await the_answer(ladder)
    body = ANSWER | {"answer": "Nothing was missed."}
    rewriting = await ladder.ask("PUT", f"/responses/{answer}", body, Role.TEAM_MANAGER, if_match='"2"')
    assert rewriting.status_code == 409
    assert "accepted or accepted in part or rejected" in rewriting.json()["detail"]
    for step in ("send", "discard"):
        assert (await ladder.refused(decision(answer, step), {}, Role.TEAM_MANAGER))["status"] == 409
    assert await the_answer(ladder) == before


async def test_a_social_worker_drafts_and_at_a_managers_stage_may_not_send(story):
    ladder = await story.formal("practice_alert")
    draft = await ladder.draft(role=Role.SOCIAL_WORKER)
    refusal = await ladder.refused(decision(draft["id"], "send"), {}, Role.SOCIAL_WORKER)
    assert (refusal["status"], "The team manager" in refusal["detail"]) == (403, True)
    at_once = await ladder.take("responses", ANSWER | {"send": True}, Role.SOCIAL_WORKER)
    assert at_once.status_code == 409  # the draft waits
    sent = await ladder.done(decision(draft["id"], "send"), {}, Role.TEAM_MANAGER)
    assert (sent["drafted_by"], sent["sent_by"]) == ("worker-1", "manager-1")


async def test_a_social_worker_who_sends_at_once_at_a_managers_stage_leaves_nothing(story):
    ladder = await story.formal("practice_alert")
    refusal = await ladder.refused("responses", ANSWER | {"send": True}, Role.SOCIAL_WORKER)
    assert refusal["status"] == 403


SENDERS = {
    "informal": {Role.SOCIAL_WORKER, Role.TEAM_MANAGER},
    "practice_alert": {Role.TEAM_MANAGER},
    "service_manager": {Role.SENIOR_MANAGER},
    "head": {Role.SENIOR_MANAGER},
    "director": {Role.SENIOR_MANAGER},
}


@pytest.mark.parametrize("stage", SENDERS)
async def test_a_stage_is_answered_by_those_whom_it_names(story, stage):
    ladder = await (story.begun() if stage == "informal" else story.formal(stage))
    may_not = {Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.SENIOR_MANAGER} - SENDERS[stage]
    for role in may_not:
        assert (await ladder.refused("responses", ANSWER | {"send": True}, role))["status"] == 403
    (role, *_) = SENDERS[stage]
    await ladder.answer(role=role)
    assert (await ladder.read())["state"] == "answered"


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


@pytest.mark.parametrize(("sent", "left"), [(True, "passed_over"), (False, "discarded")])
async def test_an_answer_that_waits_is_passed_over_when_the_alert_goes_up_and_a_draft_discarded(
    story, sent, left
):
    ladder = await story.begun()
    draft = await ladder.draft(send=sent)
    await ladder.done("advance")
    assert [(each["state"], each["possible"]) for each in await ladder.responses()] == [(left, [])]
    for step in ("send", "accept", "reject", "discard"):
        role = Role.TEAM_MANAGER if step in ("send", "discard") else Role.IRO
        assert (await ladder.refused(decision(draft["id"], step), WORDS.get(step, {}), role))["status"] == 409


async def test_a_waiting_answer_is_decided_on_before_the_matter_is_resolved(story):
    ladder = await story.begun()
    await ladder.answer()
    refusal = await ladder.refused("resolve")
    assert refusal["status"] == 409
    assert "accepting the answer" in refusal["detail"]


async def test_a_second_answer_is_refused_while_one_waits(story):
    ladder = await story.begun()
    draft = await ladder.draft()
    assert (await ladder.refused("responses", ANSWER, Role.SOCIAL_WORKER))["status"] == 409
    await ladder.done(decision(draft["id"], "discard"), {}, Role.TEAM_MANAGER)
    await ladder.answer()
    assert (await ladder.refused("responses", ANSWER, Role.TEAM_MANAGER))["status"] == 409
    assert [each["state"] for each in await ladder.responses()] == ["discarded", "sent"]


@pytest.mark.parametrize("step", ["resolve", "withdraw", "supersede"])
async def test_an_answer_to_a_closed_alert_is_refused(story, step):
    ladder = await story.begun()
    await ladder.done(step)
    refusal = await ladder.refused("responses", ANSWER, Role.TEAM_MANAGER)
    assert (refusal["status"], "It can be reopened." in refusal["detail"]) == (409, True)


async def test_an_answer_belongs_to_its_own_escalation(story):
    ladder, other = await story.begun(), await story.begun()
    answer = await ladder.answer()
    for how in DECISIONS:
        assert (await other.refused(decision(answer, how), WORDS[how]))["status"] == 404


async def test_an_action_is_promised_for_a_day_to_come(story):
    ladder = await story.begun()
    body = ANSWER | {"promises": [{"action": "Visit.", "due_on": "2026-11-22"}]}
    refusal = await ladder.refused("responses", body, Role.TEAM_MANAGER)
    assert (refusal["status"], refusal["errors"][0]["pointer"]) == (422, "/promises/0/due_on")


async def test_a_draft_that_promises_a_day_gone_by_is_rewritten_before_it_is_sent(story):
    ladder = await story.begun()
    draft = await ladder.draft("2026-11-24")
    story.town.pass_time(days=2)
    refusal = await ladder.refused(decision(draft["id"], "send"), {}, Role.TEAM_MANAGER)
    assert (refusal["status"], "a day to come" in refusal["detail"]) == (409, True)
    body = ANSWER | {"promises": [{"action": "Visit.", "due_on": "2026-11-26"}]}
    await ladder.ask("PUT", f"/responses/{draft['id']}", body, Role.TEAM_MANAGER, if_match='"1"')
    await ladder.done(decision(draft["id"], "send"), {}, Role.TEAM_MANAGER)


async def test_two_officers_who_decide_at_once_decide_once(story):
    ladder = await story.formal("practice_alert")
    answer = await ladder.answer()
    both = [ladder.take(decision(answer, how), WORDS[how]) for how in ("accept", "reject")]
    assert sorted(each.status_code for each in await asyncio.gather(*both)) == [200, 409]
