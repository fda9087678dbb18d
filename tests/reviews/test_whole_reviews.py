"""A review put as the case system holds it, whole: corrections, refusals, lists and what an import makes of it."""

import pytest

from shared.auth.principal import Role
from tests.reviews.desk import refusal

SERIES = {"meetings": [{"on": "2026-10-27", "mode": "virtual"}, {"on": "2026-11-06"}]}
APPROVAL = {"postponed_reason": "illness", "postponed_by": "manager-2"}
HELD = {"held_on": "2026-11-10"}


async def test_a_put_leads_to_the_same_facts_as_the_steps(desk):
    await desk.in_care()
    await desk.planned("2026-10-27")
    await desk.step("meet", on="2026-10-27", mode="virtual")
    await desk.step("meet", on="2026-11-06")
    await desk.step("adjourn", adjourned_on="2026-11-06", because="A report was missing.")
    await desk.step("complete", held_on="2026-11-20", participation="PN6")
    by_steps, told = await desk.facts(), await desk.as_held()
    await desk.put("R-1", scheduled_on="2026-12-10")
    assert (await desk.facts()).keys() == {"review.scheduled"}
    again = await desk.put(**told)
    assert await desk.facts() == by_steps
    assert again["meetings"] == [{"on": "2026-10-27", "mode": "virtual"}, {"on": "2026-11-06", "mode": None}]
    assert await desk.faults() == {}


async def test_what_a_put_leaves_out_is_not_so(desk):
    await desk.in_care()
    await desk.put(**SERIES, held_on="2026-11-20", decisions_issued_on="2026-11-20")
    await desk.put(held_on="2026-11-20")
    assert await desk.facts() == {"review.held": "2026-11-20"}
    assert await desk.due("lac-review-first") == [("2026-10-29", "met_late", "2026-11-20")]
    assert await desk.faults() == {}


async def test_what_follows_from_a_review_may_be_told_once_care_has_ended(desk):
    await desk.in_care()
    period = {"child": "C-1", "started_on": "2026-10-01", "ended_on": "2026-11-12"}
    await desk.put(**HELD)
    await desk.town.put("/v1/care_periods/CP-1", period, if_match="*")
    await desk.put(**HELD, decisions_issued_on="2026-11-16")
    assert await desk.due("review-decisions-issued") == [("2026-11-17", "met", "2026-11-16")]


async def test_the_case_system_tells_of_a_postponement_that_it_holds(desk):
    await desk.in_care()
    await desk.planned("2026-11-26")
    found = await desk.put(scheduled_on="2026-12-03", postponed_from="2026-11-26", **APPROVAL)
    assert (found["postponed_by"], found["status"]) == ("manager-2", "planned")
    assert len(await desk.events("review.postponed")) == 1
    mode = {"scheduled_on": "2026-12-03", "postponed_from": "2026-11-26", "mode": "hybrid"} | APPROVAL
    assert (await desk.try_to_put(role=Role.IRO, **mode)).status_code == 200
    other = mode | {"postponed_by": "somebody"}
    assert refusal(await desk.try_to_put(role=Role.IRO, **other)) == (422, "needs_an_approver")


REFUSED = [
    ({"scheduled_on": "2026-12-01", "participation": "PN1"}, "/participation", "contradiction"),
    ({"scheduled_on": "2026-12-01", "late_reason": "illness"}, "/late_reason", "contradiction"),
    ({"scheduled_on": "2026-12-01", "attended": {"child": 1}}, "/attended", "contradiction"),
    ({"scheduled_on": "2026-12-01", "decisions_issued_on": "2026-11-20"}, "/decisions_issued_on", "contradiction"),
    ({"scheduled_on": "2026-12-01", "record_completed_on": "2026-11-20"}, "/record_completed_on", "contradiction"),
    ({"scheduled_on": "2026-12-01", "postponed_from": "2026-11-20"}, "/postponed_reason", "contradiction"),
    ({"scheduled_on": "2026-12-01", "brought_forward_reason": "missing"}, "/brought_forward_from", "contradiction"),
    ({"scheduled_on": "2026-12-01", "cancelled_on": "2026-11-20"}, "/cancelled_reason", "contradiction"),
    ({"scheduled_on": "2026-12-01", "report_received_on": "2026-11-24"}, "/report_received_on", "in_the_future"),
    ({"scheduled_on": "2026-12-01", "invitations_sent_on": "2026-09-30"}, "/invitations_sent_on",
     "outside_care_period"),
    (HELD | {"decisions_answered_on": "2026-11-12"}, "/decisions_answer", "contradiction"),
    (HELD | {"decisions_answered_on": "2026-11-12", "decisions_answer": "agreed"}, "/decisions_answered_on",
     "contradiction"),
    (HELD | {"decisions_issued_on": "2026-11-09"}, "/decisions_issued_on", "out_of_order"),
    (HELD | {"adjourned_on": "2026-11-11"}, "/held_on", "out_of_order"),
    (HELD | {"iro_spoke_on": "2026-11-11"}, "/held_on", "out_of_order"),
    (HELD | {"iro_spoke_alone": True}, "/iro_spoke_alone", "contradiction"),
    (HELD | {"my_report_returned_on": "2026-11-09"}, "/my_report_returned_on", "contradiction"),
    (HELD | {"my_report_returned": False, "my_report_returned_on": "2026-11-09"}, "/my_report_returned_on",
     "contradiction"),
    (HELD | {"my_report_returned": "yes"}, "/my_report_returned", "validation"),
    (HELD | {"attended": {"uncle": 1}}, "/attended", "validation"),
    (HELD | {"attended": {"child": 0}}, "/attended", "validation"),
    (HELD | {"mode": "by_letter"}, "/mode", "validation"),
    (HELD | {"late_reason": "the_dog"}, "/late_reason", "validation"),
    (HELD | {"meetings": [{"on": "2026-11-11"}]}, "/held_on", "out_of_order"),
    ({"meetings": [{"on": "2026-11-06"}, {"on": "2026-11-03"}]}, "/meetings", "contradiction"),
    ({"meetings": [{"on": "2026-11-06"}] * 2}, "/meetings", "contradiction"),
    ({"meetings": [{"on": "2026-11-24"}]}, "/meetings/0/on", "in_the_future"),
    ({"meetings": [{"on": "2026-09-30"}]}, "/meetings/0/on", "outside_care_period"),
    (HELD | {"cancelled_on": "2026-11-09", "cancelled_reason": "illness", "cancelled_by": "m"}, "/cancelled_on",
     "contradiction"),
    ({}, "/scheduled_on", "contradiction"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "pointer", "code"), REFUSED)
async def test_a_review_that_cannot_be_is_refused_where_it_is_wrong(desk, fields, pointer, code):
    await desk.in_care()
    answer = await desk.try_to_put(**fields)
    assert refusal(answer) == (422, code)
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert await desk.town.rows("SELECT 1 FROM review") == []


BIRTHDAY = {"date_of_birth": "2022-11-10"}


@pytest.mark.parametrize(
    ("held_on", "code", "taken"),
    [
        ("2026-11-09", "PN0", True),
        ("2026-11-09", "PN1", False),
        ("2026-11-10", "PN0", True),
        ("2026-11-10", "PN7", True),
        ("2026-11-11", "PN0", False),
        ("2026-11-11", "PN4", True),
    ],
)
async def test_a_code_of_participation_is_for_its_age(desk, held_on, code, taken):
    await desk.in_care(**BIRTHDAY)
    said = {"held_on": held_on, "participation": code}
    wanted = (200, None) if taken else (422, "participation_against_age")
    await desk.planned()
    for answer in (
        await desk.ask("hold", **said),
        await desk.try_to_put("R-2", **said),
    ):
        found = (200, None) if answer.is_success else refusal(answer)
        assert found == wanted
    if not taken:
        assert "participation" in answer.json()["errors"][0]["pointer"]


async def test_where_the_birth_is_not_known_any_code_is_taken(desk):
    await desk.in_care()
    assert (await desk.put(**HELD, participation="PN0"))["participation"] == "PN0"
    assert (await desk.put(**HELD, participation="PN7"))["participation"] == "PN7"


async def test_reviews_are_listed_by_child_period_state_and_day(desk):
    await desk.in_care()
    for number, day in enumerate(("2026-10-20", "2026-11-02", "2026-11-20"), start=1):
        await desk.put(f"R-{number}", held_on=day)
    await desk.put("R-4", scheduled_on="2026-12-10")
    await desk.put("R-5", scheduled_on="2026-12-11")
    await desk.step("withdraw", "reviews/R-5", because="Twice.")
    await desk.town.put("/v1/children/C-2", {})
    await desk.town.put("/v1/care_periods/CP-2", {"child": "C-2", "started_on": "2026-10-01"})
    await desk.put("R-6", care_period="CP-2", held_on="2026-11-02")
    for asked, wanted in {
        "child=C-1": "1 2 3 4",
        "care_period=CP-2": "6",
        "child=C-1&status=planned": "4",
        "held_from=2026-11-02&held_to=2026-11-19": "2 6",
        "child=C-1&held_to=2026-10-31": "1",
    }.items():
        found = await desk.get(f"/v1/reviews?{asked}", Role.SOCIAL_WORKER)
        assert [each["reference"] for each in found["items"]] == [f"R-{n}" for n in wanted.split()], asked
    page = await desk.get("/v1/reviews?child=C-1&limit=3")
    assert "child=C-1" in page["next"]
    rest = await desk.get(page["next"])
    assert ([each["reference"] for each in rest["items"]], rest["next"]) == (["R-4"], None)
    for unknown in ("child=C-9", "care_period=CP-9"):
        answer = await desk.town.ask("reviews", "GET", f"/v1/reviews?{unknown}")
        assert refusal(answer) == (404, "not_found")


async def test_a_review_is_told_in_the_order_of_the_source_s_versions(desk):
    await desk.in_care()
    late, early = (
        {"held_on": "2026-11-10", "source_version": 9},
        {"held_on": "2026-11-03", "source_version": 5},
    )
    for body in (late, early):
        await desk.town.put("/v1/reviews/R-1", {"care_period": "CP-1"} | body)
    assert await desk.facts() == {"review.held": "2026-11-10"}
