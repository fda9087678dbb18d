"""A child protection plan: how long, which marks it passed, how it ends, and what is refused."""

from datetime import date

import pytest

from services.reviews_api.plan_figures.queries import length
from services.reviews_api.protection_plans.states import PLAN
from shared.auth.principal import Role
from shared.http.percentages import percent
from tests.facts.record import refusal


async def test_a_plan_shows_how_long_it_has_run_and_which_marks_it_has_passed(case):
    await case.child("C-1")
    plan = await case.plan("P-1", "C-1", "2025-08-01")
    assert plan["days"] == 479
    assert [(each["timescale"][8:], each["reached_on"], each["passed"]) for each in plan["marks"]] == [
        ("9-months", "2026-05-01", True),
        ("15-months", "2026-11-01", True),
        ("18-months", "2027-02-01", False),
        ("24-months", "2027-08-01", False),
    ]


async def test_a_plan_that_ended_before_a_mark_never_passed_it(case, faults):
    await case.child("C-1")
    await case.plan("P-1", "C-1", "2025-08-01")
    answer = await case.step("protection_plans/P-1/end", ended_on="2026-06-01", end_reason="no_longer_needed")
    ended = answer.json()
    assert (ended["status"], ended["days"]) == ("ended", 304)
    assert [each["passed"] for each in ended["marks"]] == [True, False, False, False]
    again = await case.step("protection_plans/P-1/end", ended_on="2026-06-01", end_reason="other")
    assert refusal(again) == (409, "transition_refused")
    assert await case.events("plan.started", "plan.ended") == ["plan.started", "plan.ended"]
    assert await faults() == {}


REFUSED = [
    ("2026-11-24", {}, "in_the_future"),
    ("2026-11-02", {"ended_on": "2026-11-02"}, "ends_before_it_begins"),
    ("2026-11-02", {"end_reason": "other"}, "contradiction"),
    ("2026-11-02", {"initial_category": "neglect"}, "validation"),
    ("2026-11-02", {"conference": "K-2"}, "contradiction"),
    ("2026-11-02", {"conference": "K-9"}, "not_found"),
    ("2026-09-30", {}, "plans_overlap"),
    ("2026-09-01", {"ended_on": "2026-09-20"}, "plans_overlap"),
]


async def test_a_plan_that_cannot_be_is_refused(case):
    await case.child("C-1", "C-2")
    await case.conference("K-2", "C-2", held_on="2026-11-02")
    await case.plan("P-0", "C-1", "2026-09-10", ended_on="2026-10-01")
    for started_on, fields, code in REFUSED:
        answer = await case.try_plan("P-1", "C-1", started_on, **fields)
        assert refusal(answer)[1] == code, (started_on, fields)
    await case.plan("P-1", "C-1", "2026-10-01")


async def test_a_plan_should_start_on_the_day_of_its_conference(case):
    await case.child("C-1")
    await case.conference("K-1", ("C-1", "plan", "NEG"), held_on="2026-11-02")
    plan = await case.plan("P-1", "C-1", "2026-11-03", conference="K-1")
    assert plan["warnings"] == ["start_differs_from_conference"]
    assert (await case.plan("P-1", "C-1", "2026-11-02", conference="K-1"))["warnings"] == []


async def test_a_plan_that_was_a_mistake_owes_nothing_and_counts_for_none(case):
    await case.child("C-1")
    await case.plan("P-1", "C-1", "2025-01-06", ended_on="2025-06-02")
    await case.plan("P-2", "C-1", "2026-11-02")
    await case.withdrawn("P-1", "protection_plans")
    assert (await case.get("protection_plans/P-2"))["subsequent"] is False
    await case.withdrawn("P-2", "protection_plans")
    assert await case.owed_to("C-1", "rcpc-first") == [
        ("2025-04-06", "withdrawn"),
        ("2027-02-02", "withdrawn"),
    ]


async def test_plans_are_listed_as_people_ask(case):
    await case.child("C-1", "C-2", "C-3")
    await case.plan("P-1", "C-1", "2024-01-08", ended_on="2026-02-02")
    await case.plan("P-2", "C-2", "2025-06-02", initial_category="EMO")
    await case.plan("P-3", "C-3", "2026-10-05", latest_category="MUL")
    for asked, found in {
        "": ["P-1", "P-2", "P-3"],
        "on=2026-11-23": ["P-2", "P-3"],
        "on=2026-02-02": ["P-2"],
        "category=MUL": ["P-3"],
        "child=C-1": ["P-1"],
        "longer_than_months=24": ["P-1"],
        "longer_than_months=15": ["P-1", "P-2"],
        "on=2026-02-01&longer_than_months=9": ["P-1"],
    }.items():
        page = await case.get(f"protection_plans?{asked}")
        assert [each["reference"] for each in page["items"]] == found, asked
    first = await case.get("protection_plans?limit=2")
    rest = await case.get(first["next"].removeprefix("/v1/"))
    assert [each["reference"] for each in rest["items"]] == ["P-3"] and rest["next"] is None


async def test_business_support_plans_meetings_and_reads_no_plan(case):
    await case.child("C-1")
    await case.plan("P-1", "C-1", "2026-11-02")
    for path in ("protection_plans/P-1", "protection_plans", "plan_figures?from=2026-11-01&to=2026-11-02"):
        answer = await case.town.ask("reviews", "GET", f"/v1/{path}", role=Role.BUSINESS_SUPPORT)
        assert refusal(answer) == (403, "forbidden")


async def test_plans_are_counted_as_they_started_ended_and_ran(case):
    await case.child("C-1", "C-2", "C-3")
    await case.plan("P-1", "C-1", "2024-01-08", ended_on="2026-10-05", end_reason="looked_after")
    await case.plan("P-2", "C-2", "2026-10-01", latest_category="MUL")
    await case.plan("P-3", "C-3", "2026-10-31", ended_on="2026-11-05")
    figures = await case.get("plan_figures?from=2026-10-01&to=2026-10-31")
    assert (figures["started"]["count"], figures["started"]["subsequent_percent"]) == (2, 0)
    assert figures["ended"] == {
        "count": 1,
        "by_length": {"2_years_or_more": 1},
        "by_reason": {"looked_after": 1},
    }
    assert figures["running"]["count"] == 2
    assert figures["running"]["by_category"] == {"MUL": 1, "NEG": 1}
    path = "/v1/plan_figures?from=2026-10-31&to=2026-10-01"
    assert refusal(await case.town.ask("reviews", "GET", path)) == (422, "out_of_order")


@pytest.mark.parametrize(
    ("until", "band"),
    [
        (date(2025, 4, 30), "up_to_3_months"),
        (date(2025, 5, 1), "over_3_up_to_6_months"),
        (date(2025, 7, 31), "over_3_up_to_6_months"),
        (date(2026, 1, 30), "over_6_under_12_months"),
        (date(2026, 1, 31), "1_under_2_years"),
        (date(2027, 1, 31), "2_years_or_more"),
    ],
)
def test_lengths_are_banded_as_the_department_publishes_them(until, band):
    assert length(date(2025, 1, 31), until) == band


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(35, 160, 22), (68, 324, 21), (25, 324, 8), (34, 324, 10), (60, 299, 20), (1, 8, 13), (0, 0, None)],
)
def test_percentages_are_those_that_the_annual_report_prints(part, whole, said):
    assert percent(part, whole) == said


def test_a_plan_runs_until_it_ends():
    assert PLAN.possible("running") == ["end"] and PLAN.possible("ended") == []
