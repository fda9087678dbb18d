"""Facts that cannot be are refused in plain words, and nothing is stored."""

import pytest

from shared.auth.principal import Role
from shared.timescales.escalation_kinds import ESCALATION_KINDS
from tests.facts.record import refusal


async def test_nothing_that_happened_lies_ahead(record):
    await record.opened("missing_episode")
    for when in ("2026-11-24", "2026-12-10"):
        assert refusal(await record.tell("F-held", "return_interview.held", when)) == (422, "in_the_future")
    ahead = await record.tell("F-returned", "child.returned", "2026-11-23T12:00:01Z")
    assert refusal(ahead) == (422, "in_the_future")


CARE = [
    ("visit.made", "2026-08-31", {}, "outside_care_period"),
    ("visit.made", "2026-11-11", {}, "outside_care_period"),
    ("visit.made", None, {}, "misdated"),
    ("visit.made", "2026-11-01T10:00:00Z", {}, "misdated"),
    ("visit.made", "2026-11-01", {"happened_at": "2026-11-01T10:00:00Z"}, "misdated"),
    ("visit.made", "2026-11-01", {"about": "F-break"}, "contradiction"),
    ("visit.made", "2026-11-01", {"codes": {"seen": "perhaps"}}, "contradiction"),
    ("visit.made", "2026-11-01", {"codes": {"regime": "ordinary"}}, "contradiction"),
    ("visit.made", "2026-11-01", {"codes": {"seen": 1}}, "validation"),
    ("care_order.made", "2026-11-01", {"codes": {"seen": "yes"}}, "contradiction"),
    ("section47.decided", "2026-11-01", {}, "contradiction"),
    ("review.completed", "2026-11-01", {}, "contradiction"),
    ("review.began", "2026-11-01", {"about": "R-1"}, "has_its_own_record"),
    ("short_break.ended", "2026-11-01", {}, "contradiction"),
    ("short_break.ended", "2026-11-01", {"about": "F-seen"}, "contradiction"),
    ("short_break.ended", "2026-11-01", {"about": "F-other"}, "contradiction"),
    ("no.such_kind", "2026-11-01", {}, "validation"),
]


@pytest.mark.parametrize(("kind", "when", "fields", "code"), CARE)
async def test_a_fact_of_a_care_period_that_cannot_be_is_refused_and_not_stored(
    record, kind, when, fields, code
):
    await record.in_care("2026-09-01", ended_on="2026-11-10")
    await record.town.put("/v1/care_periods/CP-2", {"child": "C-1", "started_on": "2026-11-15"})
    await record.town.put("/v1/reviews/R-1", {"care_period": "CP-1", "held_on": "2026-09-20"})
    await record.told("F-break", "short_break.began", "2026-09-01")
    await record.told("F-seen", "visit.made", "2026-09-02")
    record.history = "CP-2"
    await record.told("F-other", "short_break.began", "2026-11-15")
    record.history = "CP-1"
    before = await record.events()
    assert refusal(await record.tell("F-new", kind, when, **fields)) == (422, code)
    assert len(await record.town.rows("SELECT 1 FROM reported_fact")) == 3
    assert await record.events() == before


@pytest.mark.parametrize("when", [None, "2026-11-01"])
async def test_what_is_known_to_the_instant_needs_one(record, when):
    await record.opened("missing_episode")
    assert refusal(await record.tell("F-1", "child.returned", when)) == (422, "misdated")


async def test_what_may_be_known_to_either_needs_one_of_the_two(record):
    await record.opened("missing_episode")
    both = {"happened_at": "2026-11-01T10:00:00Z"}
    assert refusal(await record.tell("F-1", "return_interview.held", None)) == (422, "misdated")
    assert refusal(await record.tell("F-1", "return_interview.held", "2026-11-01", **both)) == (
        422,
        "misdated",
    )


OWN_RECORDS = {
    "care_period.started": "care_periods",
    "care_period.ended": "care_periods",
    "iro_service.notified": "care_periods",
    "child.born": "children",
    "iro.allocated": "allocations",
    "review.scheduled": "reviews",
    "review.held": "reviews",
    "review.cancelled": "reviews",
    "review.invitations_sent": "reviews",
    "review.report_received": "reviews",
    "review.began": "reviews",
    "review.adjourned": "reviews",
    "review.decisions_issued": "reviews",
    "review.decisions_answered": "reviews",
    "review.record_completed": "reviews",
    "review.record_distributed": "reviews",
    "midpoint_check.completed": "midpoint_checks",
    "placement.started": "placements",
    "placement.designated": "placements",
    "placement.notified": "placements",
    "placement_plan.completed": "placements",
    "placement.ended": "placements",
    "legal_status.changed": "legal_statuses",
    "health_assessment.completed": "milestones",
    "pep.completed": "milestones",
    "care_plan.completed": "milestones",
    "care_plan.updated": "milestones",
    "pathway_needs.assessed": "milestones",
    "pathway_plan.completed": "milestones",
    "pathway_plan.reviewed": "milestones",
    "exemption.granted": "exemptions",
    "pause.granted": "exemptions",
    "strategy_discussion.decided": "strategy_discussions",
    "strategy_discussion.held": "strategy_discussions",
    "transfer_in.notified": "conferences",
    "conference.scheduled": "conferences",
    "conference.held": "conferences",
    "conference.minutes_sent": "conferences",
    "plan.started": "protection_plans",
    "plan.ended": "protection_plans",
    "core_group.held": "core_groups",
    "pre_proceedings.started": "pre_proceedings",
    "care_proceedings.concluded": "pre_proceedings",
    **dict.fromkeys(ESCALATION_KINDS, "escalations"),
}


@pytest.mark.parametrize(("kind", "resource"), OWN_RECORDS.items())
async def test_what_has_a_record_of_its_own_is_sent_there(record, kind, resource):
    await record.in_care()
    answer = await record.tell("F-1", kind, "2026-11-01")
    assert refusal(answer) == (422, "has_its_own_record")
    assert f"/v1/{resource}." in answer.json()["detail"]


async def test_a_fact_never_changes_its_history_or_its_kind(record):
    await record.in_care()
    await record.told("F-1", "visit.made", "2026-11-01")
    assert refusal(await record.tell("F-1", "care_order.made", "2026-11-01")) == (422, "contradiction")
    await record.town.put("/v1/histories/H-1", {"kind": "protection", "child": "C-1"})
    record.history = "H-1"
    assert refusal(await record.tell("F-1", "visit.made", "2026-11-01")) == (422, "contradiction")


async def test_what_is_not_there_cannot_be_told_of(record):
    assert refusal(await record.tell("F-1", "visit.made", "2026-11-01")) == (404, "not_found")
    await record.in_care()
    assert refusal(await record.tell("F-1", "short_break.ended", "2026-11-01", about="F-9")) == (
        404,
        "not_found",
    )
    assert refusal(await record.withdraw("F-9")) == (404, "not_found")


async def test_a_stale_version_changes_nothing(record):
    await record.in_care()
    await record.told("F-1", "visit.made", "2026-11-01")
    body = {"history": "CP-1", "kind": "visit.made", "happened_on": "2026-11-02"}
    stale = await record.town.ask("reviews", "PUT", "/v1/facts/F-1", body, if_match='"7"')
    assert refusal(stale) == (412, "stale")
    withdrawal = ("reviews", "POST", "/v1/facts/F-1/withdraw", {"because": "No."})
    assert refusal(await record.town.ask(*withdrawal, if_match='"7"')) == (412, "stale")


async def test_an_officer_s_reviewing_work_is_told_by_officers_too(record):
    await record.in_care()
    for role in (Role.IRO, Role.IRO_MANAGER, Role.BUSINESS_SUPPORT):
        answer = await record.tell(f"F-{role}".replace("_", "-"), "visit.made", "2026-11-01", role=role)
        assert answer.status_code == 201
    assert refusal(await record.tell("F-x", "visit.made", "2026-11-01", role=Role.SOCIAL_WORKER)) == (
        403,
        "forbidden",
    )
