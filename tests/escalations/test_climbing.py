"""How an escalation goes up its ladder, is asked again at the top, ends, and comes back."""

import pytest

from shared.auth.principal import Role
from tests.escalations.ladder_story import why_not
from tests.escalations.story import CONCERN

REASON = "The child is not safe."


async def stands(ladder):
    shown = await ladder.read()
    return shown["kind"], shown["state"], shown["stage"]


async def test_a_concern_begins_with_a_quiet_word(story):
    ladder = await story.begun()
    shown = await ladder.read()
    assert await stands(ladder) == ("informal_resolution", "open", "informal")
    assert (shown["ladder"], shown["formal_at"]) == ("sefton-2021", None)
    (stood,) = shown["stages"]
    assert (stood["stage"], stood["formal"], stood["why"]) == ("informal", False, "raised")
    assert stood["opened_at"] == "2026-11-23T12:00:00Z"


async def test_an_informal_one_goes_formal_before_anybody_has_answered(story):
    ladder = await story.begun()
    story.town.pass_time(hours=1)
    shown = await ladder.done("advance", {})
    assert await stands(ladder) == ("practice_alert", "open", "practice_alert")
    assert shown["formal_at"] == "2026-11-23T13:00:00Z"
    assert [each["why"] for each in shown["stages"]] == ["raised", "advanced"]
    assert shown["stages"][0]["closed_at"] == shown["stages"][1]["opened_at"] == "2026-11-23T13:00:00Z"


async def test_an_informal_one_goes_formal_while_its_answer_waits(story):
    ladder = await story.begun()
    await ladder.answer()
    await ladder.done("advance")
    assert await stands(ladder) == ("practice_alert", "open", "practice_alert")
    assert [each["state"] for each in await ladder.responses()] == ["passed_over"]


@pytest.mark.parametrize("how", ["accept", "accept_partly"])
async def test_an_informal_one_goes_formal_after_its_answer_was_accepted(story, how):
    ladder = await story.begun()
    await ladder.decide(how)
    await ladder.done("advance")
    assert await stands(ladder) == ("practice_alert", "open", "practice_alert")


@pytest.mark.parametrize("stage", ["practice_alert", "service_manager", "head", "director"])
async def test_a_formal_one_starts_at_any_stage_with_a_reason(story, stage):
    ladder = await story.formal(stage)
    shown = await ladder.read()
    assert await stands(ladder) == ("practice_alert", "open", stage)
    assert shown["formal_at"] == shown["raised_at"]
    assert shown["steps"][0]["reason"] == REASON


@pytest.mark.parametrize("how", [{"stage": "head"}, {"kind": "practice_alert"}, {"stage": "practice_alert"}])
async def test_a_formal_one_without_a_reason_is_not_raised(story, how):
    await story.child()
    refusal = why_not(await story.post("", CONCERN | how))
    assert (refusal["status"], refusal["code"]) == (422, "reason_needed")
    assert refusal["errors"][0]["pointer"] == "/because"
    assert await story.listed() == []


async def test_a_stage_that_does_not_exist_is_refused_naming_those_that_do(story):
    await story.child()
    refusal = why_not(await story.post("", CONCERN | {"stage": "mayor", "because": REASON}))
    assert (refusal["status"], refusal["code"]) == (422, "unknown_stage")
    assert "informal, practice_alert, service_manager, head, director" in refusal["detail"]
    ladder = await story.begun()
    refusal = await ladder.refused("advance", {"stage": "mayor", "because": REASON})
    assert (refusal["status"], refusal["code"]) == (422, "unknown_stage")


@pytest.mark.parametrize(
    "how", [{"kind": "informal_resolution", "stage": "head"}, {"kind": "practice_alert", "stage": "informal"}]
)
async def test_a_kind_that_its_stage_contradicts_is_not_raised(story, how):
    await story.child()
    assert (await story.post("", CONCERN | {"because": REASON} | how)).status_code == 422
    assert await story.listed() == []


async def test_stages_are_passed_over_with_a_reason_and_not_without(story):
    ladder = await story.begun()
    refusal = await ladder.refused("advance", {"stage": "head"})
    assert (refusal["status"], refusal["code"]) == (422, "reason_needed")
    shown = await ladder.done("advance", {"stage": "head", "because": REASON})
    assert (shown["stage"], shown["steps"][-1]["reason"]) == ("head", REASON)


async def test_a_formal_stage_is_not_left_before_its_time_without_a_reason(story):
    ladder = await story.formal()
    refusal = await ladder.refused("advance", {})
    assert (refusal["status"], refusal["code"]) == (422, "reason_needed")
    await ladder.answer()
    assert (await ladder.refused("advance", {}))["code"] == "reason_needed"
    shown = await ladder.done("advance", {"because": REASON})
    assert (shown["stage"], shown["steps"][-1]["reason"]) == ("service_manager", REASON)


async def test_a_formal_stage_left_unanswered_is_left_without_a_reason_once_its_time_has_run_out(story):
    ladder = await story.formal()
    story.town.pass_time(days=8)
    assert (await ladder.done("advance", {}))["stage"] == "service_manager"


async def test_it_only_goes_up(story):
    ladder = await story.formal("head")
    for stage in ("informal", "practice_alert", "service_manager", "head"):
        refusal = await ladder.refused("advance", {"stage": stage, "because": REASON})
        assert (refusal["status"], "only goes up" in refusal["detail"]) == (422, True)


async def test_at_the_top_it_cannot_be_advanced_and_the_refusal_says_what_is_possible(story):
    ladder = await story.formal("director")
    assert "advance" not in (await ladder.read())["possible"]
    refusal = await ladder.refused("advance")
    assert (refusal["status"], refusal["code"]) == (409, "top_of_the_ladder")
    for way_out in ("Cafcass", "director of children's services", "answered", "resolved", "withdrawn"):
        assert way_out in refusal["detail"]


async def test_below_the_top_a_rejected_answer_has_gone_up_and_cannot_be_asked_again(story):
    ladder = await story.begun()
    await ladder.decide("reject")
    assert await stands(ladder) == ("practice_alert", "open", "practice_alert")
    refusal = await ladder.refused("ask_again")
    assert refusal["status"] == 409
    assert "answered" in refusal["detail"]


async def test_at_the_top_a_rejected_answer_stays_and_the_same_stage_is_asked_again(story):
    ladder = await story.formal("director")
    await ladder.decide("reject", role=Role.SENIOR_MANAGER)
    assert await stands(ladder) == ("practice_alert", "rejected", "director")
    story.town.pass_time(days=1)
    shown = await ladder.done("ask_again")
    assert await stands(ladder) == ("practice_alert", "open", "director")
    assert [each["why"] for each in shown["stages"]] == ["raised", "asked_again"]
    await ladder.decide("accept", role=Role.SENIOR_MANAGER)
    assert (await ladder.read())["state"] == "accepted"


ENDS = {"resolve": "resolved", "withdraw": "withdrawn", "supersede": "superseded"}


@pytest.mark.parametrize("step", ENDS)
async def test_it_ends_and_comes_back_at_the_stage_where_it_ended(story, step):
    ladder = await story.formal("head")
    ended = await ladder.done(step)
    assert (ended["state"], ended["possible"]) == (ENDS[step], ["reopen"])
    assert ended["closed_at"] == ended["stages"][0]["closed_at"] == "2026-11-23T12:00:00Z"
    assert ended["settled_at"] == (ended["closed_at"] if step == "resolve" else None)
    story.town.pass_time(days=1)
    shown = await ladder.done("reopen")
    assert await stands(ladder) == ("practice_alert", "open", "head")
    nothing = ("closed_at", "settled_at", "resolved_at", "outcome", "plan_changed")
    assert [shown[each] for each in nothing] == [None] * 5
    assert [each["why"] for each in shown["stages"]] == ["raised", "reopened"]
    assert shown["formal_at"] == "2026-11-23T12:00:00Z"


async def test_what_is_put_right_in_part_is_closed_as_that(story):
    ladder = await story.begun()
    said = {"outcome": "One visit of two.", "partly": True, "plan_changed": "no"}
    shown = await ladder.done("resolve", said)
    assert (shown["state"], shown["plan_changed"]) == ("partly_resolved", "no")
    assert (await ladder.told())[-1] == "escalation.partly_resolved"


@pytest.mark.parametrize(
    "step", ["advance", "ask_again", "resolve", "withdraw", "supersede", "accept", "dismiss"]
)
async def test_once_it_has_ended_it_can_only_be_reopened_and_the_refusal_says_so(story, step):
    ladder = await story.begun()
    await ladder.done("withdraw")
    refusal = await ladder.refused(step)
    assert refusal["status"] == 409
    assert refusal["detail"].endswith("It can be reopened.")


async def test_every_step_says_who_when_why_and_where(story):
    ladder = await story.begun()
    story.town.pass_time(hours=1)
    await ladder.done("advance", {"because": "Nobody has answered."}, Role.IRO_MANAGER)
    steps = (await ladder.read())["steps"]
    told = [(each["verb"], each["stage"], each["taken_by"], each["reason"]) for each in steps]
    assert told == [
        ("raise", "informal", "somebody", None),
        ("advance", "practice_alert", "iro-manager-1", "Nobody has answered."),
    ]
    assert steps[1]["taken_at"] == "2026-11-23T13:00:00Z"
    assert (steps[1]["from_state"], steps[1]["to_state"]) == ("open", "open")
    assert await ladder.told() == ["escalation.raised", "escalation.advanced"]


async def test_a_step_on_an_older_version_is_refused(story):
    ladder = await story.begun()
    await ladder.done("advance", if_match='"1"')
    for step in ("advance", "resolve", "withdraw", "supersede"):
        assert (await ladder.refused(step, if_match='"1"'))["status"] == 412


async def test_good_practice_is_recorded_without_stage_or_clock_and_can_be_retracted(story):
    ladder = await story.begun(kind="good_practice")
    shown = await ladder.read()
    assert (shown["state"], shown["stage"], shown["stages"]) == ("recorded", None, [])
    assert shown["possible"] == ["retract"]
    assert await ladder.clocks() == []
    for step in ("advance", "resolve", "withdraw", "reopen", "responses"):
        body = {"answer": "Thank you."} if step == "responses" else None
        role = Role.TEAM_MANAGER if body else Role.IRO
        assert (await ladder.refused(step, body, role))["status"] == 409
    assert (await ladder.done("retract"))["state"] == "retracted"
    assert await ladder.told() == ["escalation.recorded", "escalation.retracted"]


async def test_an_escalation_says_who_answers_it_and_who_else_is_told(story):
    raised = await story.raised()
    assert raised["who_answers"]["roles"] == ["social_worker", "team_manager"]
    formal = (await story.post(f"/{raised['id']}/advance", {})).json()["who_answers"]
    assert (formal["title"], formal["responder"]) == ("Practice alert", "The team manager")
    assert formal["copied"] == ["The service manager", "The manager of the reviewing service"]
    resolved = await story.post(f"/{raised['id']}/resolve", {"outcome": "Visited."})
    assert resolved.json()["who_answers"] is None
