"""An answer is drafted and sent by those whom its stage names, and then its words stand."""

import pytest

from shared.auth.principal import Role
from tests.escalations.answering import ANSWER, DECISIONS, decision, the_answer
from tests.escalations.ladder_story import WORDS


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
