"""What can be done with a review in every state, and what a step leaves behind."""

import pytest

from services.reviews_api.reviews.states import REVIEW
from shared.auth.principal import Role
from tests.reviews.desk import APPROVED, refusal

BODIES = {
    "hold": {"held_on": "2026-11-20"},
    "meet": {"on": "2026-11-20"},
    "adjourn": {"adjourned_on": "2026-11-20", "because": "A report was missing."},
    "complete": {"held_on": "2026-11-20"},
    "postpone": {"scheduled_on": "2026-12-10"} | APPROVED,
    "bring_forward": {"scheduled_on": "2026-11-24", "reason": "missing"},
    "cancel": APPROVED,
    "issue_decisions": {"decisions_issued_on": "2026-11-20"},
    "answer_decisions": {"decisions_answered_on": "2026-11-20", "decisions_answer": "agreed"},
}
REACHED = {
    "planned": {"scheduled_on": "2026-11-26"},
    "under_way": {"scheduled_on": "2026-11-26", "meetings": [{"on": "2026-11-16", "mode": "virtual"}]},
    "adjourned": {"scheduled_on": "2026-11-26", "adjourned_on": "2026-11-16"},
    "held": {"held_on": "2026-11-16", "decisions_issued_on": "2026-11-18"},
    "cancelled": {"scheduled_on": "2026-11-26", "cancelled_on": "2026-11-16"}
    | {"cancelled_reason": "illness", "cancelled_by": "manager-2"},
}


@pytest.mark.parametrize("state", REACHED)
@pytest.mark.parametrize("verb", BODIES)
async def test_a_review_takes_the_steps_of_its_state_and_no_others(desk, state, verb):
    await desk.in_care()
    assert (await desk.put(**REACHED[state]))["status"] == state
    answer = await desk.ask(verb, **BODIES[verb])
    if verb in REVIEW.steps[state] and (state, verb) != ("held", "issue_decisions"):
        assert (answer.status_code, answer.json()["status"]) == (200, REVIEW.steps[state][verb])
    else:
        assert refusal(answer) == (409, "transition_refused")


async def test_a_review_is_brought_forward_with_its_reason(desk):
    await desk.in_care()
    await desk.planned("2026-11-30")
    later = await desk.ask("bring_forward", scheduled_on="2026-12-01", reason="child_asked")
    assert refusal(later) == (422, "contradiction")
    unknown = await desk.ask("bring_forward", scheduled_on="2026-11-25", reason="just_because")
    assert refusal(unknown) == (422, "validation")
    found = await desk.step("bring_forward", scheduled_on="2026-11-25", reason="placement_change")
    assert (found["scheduled_on"], found["brought_forward_from"]) == ("2026-11-25", "2026-11-30")
    told = await desk.events("review.brought_forward", "review.scheduled")
    assert [kind for kind, _ in told] == ["review.scheduled", "review.scheduled", "review.brought_forward"]
    assert await desk.due("sw-pre-review-report") == [("2026-11-20", "open", None)]


async def test_a_review_is_postponed_to_a_later_day_only(desk):
    await desk.in_care()
    await desk.planned("2026-11-30")
    answer = await desk.ask("postpone", scheduled_on="2026-11-30", **APPROVED)
    assert refusal(answer) == (422, "contradiction")


async def test_the_meetings_of_a_series_are_told_in_their_order(desk):
    await desk.in_care()
    await desk.planned()
    await desk.step("meet", on="2026-11-16")
    for day in ("2026-11-16", "2026-11-13"):
        assert refusal(await desk.ask("meet", on=day)) == (422, "contradiction")
    assert refusal(await desk.ask("meet", on="2026-11-24")) == (422, "in_the_future")
    await desk.step("meet", on="2026-11-18", mode="hybrid")
    early = await desk.ask("complete", held_on="2026-11-17")
    assert refusal(early) == (422, "out_of_order")
    assert (await desk.facts())["review.began"] == "2026-11-16"


async def test_a_step_names_the_version_that_it_was_decided_on(desk):
    await desk.in_care()
    await desk.planned()
    stale = await desk.town.ask(
        "reviews", "POST", "/v1/reviews/R-1/meet", {"on": "2026-11-16"}, if_match='"7"'
    )
    assert refusal(stale) == (412, "stale")
    answer = await desk.town.ask(
        "reviews", "POST", "/v1/reviews/R-1/meet", {"on": "2026-11-16"}, if_match='"1"'
    )
    assert (answer.status_code, answer.headers["etag"]) == (200, '"2"')


async def test_a_review_of_a_planned_admission_is_cancelled_before_care_has_begun(desk):
    await desk.in_care("2026-12-01")
    await desk.planned("2026-12-18")
    assert (await desk.step("cancel", **APPROVED))["status"] == "cancelled"
    assert (await desk.facts())["review.cancelled"] == "2026-11-23"


async def test_what_is_not_there_takes_no_step(desk):
    for verb, body in BODIES.items():
        assert refusal(await desk.ask(verb, **body)) == (404, "not_found")


async def test_the_manager_answers_what_was_issued_and_once(desk):
    await desk.in_care()
    await desk.put(held_on="2026-11-10")
    answer = BODIES["answer_decisions"]
    early = await desk.ask("answer_decisions", role=Role.TEAM_MANAGER, **answer)
    assert refusal(early) == (409, "transition_refused")
    await desk.step("issue_decisions", decisions_issued_on="2026-11-12")
    agreed = await desk.ask("answer_decisions", role=Role.TEAM_MANAGER, **answer)
    assert agreed.json()["decisions_answer"] == "agreed"
    assert refusal(await desk.ask("answer_decisions", **answer)) == (409, "transition_refused")


async def test_the_manager_s_silence_is_agreement_when_its_time_has_gone_by(desk):
    await desk.in_care()
    await desk.put(held_on="2026-11-02", decisions_issued_on="2026-11-04")
    assert await desk.faults() == {}
    (deadline,) = await desk.due("review-decisions-manager-challenge")
    assert deadline == ("2026-11-11", "open", None)
    page = await desk.get("/v1/children/C-1")
    standing = {each["timescale"]: each["standing"] for each in page["deadlines"]}
    assert standing["review-decisions-manager-challenge"] == "passed"


async def test_a_cancelled_review_says_who_allowed_it_and_why_and_its_event_does_not_say_the_words(desk):
    await desk.in_care()
    await desk.planned("2026-11-26")
    found = await desk.step("cancel", because="Grandmother is ill.", **APPROVED)
    said = [found[name] for name in ("cancelled_by", "cancelled_reason", "cancelled_because", "cancelled_on")]
    assert said == ["manager-2", "illness", "Grandmother is ill.", "2026-11-23"]
    assert await desk.events("review.cancelled") == [("review.cancelled", {})]
    assert (await desk.put(scheduled_on="2026-12-03"))["status"] == "cancelled"
    assert (await desk.put(held_on="2026-11-20"))["cancelled_by"] is None
