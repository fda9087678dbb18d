"""The reviews and conferences that officers have before them, month by month."""

import pytest

from shared.auth.principal import Role


def due(forecast, officer):
    (mine,) = [each for each in forecast["officers"] if each["officer"] == officer]
    return mine["overdue"], {each["month"]: each["due"] for each in mine["months"] if each["due"]}


async def test_each_child_s_next_review_is_its_officer_s_in_the_month_it_is_due(office):
    await office.came_into_care("C-1", on="2026-11-16")
    await office.came_into_care("C-2", on="2026-10-05")
    await office.town.put("/v1/reviews/R-2", {"care_period": "P-C-2", "held_on": "2026-10-26"})
    for child in ("C-1", "C-2"):
        at = "2026-11-16T09:00:00Z"
        await office.allocated(child, "iro-1", allocated_at=at)
    shown = await office.read("/v1/forecasts?months=4")
    assert due(shown, "iro-1") == (0, {"2026-12": 1, "2027-01": 1})
    assert [each["month"] for each in shown["months"]] == ["2026-11", "2026-12", "2027-01", "2027-02"]
    assert "lac-review-first" in shown["timescales"]


async def test_a_review_overdue_is_counted_apart_and_a_child_of_nobody_is_nobody_s(office):
    await office.came_into_care("C-1", on="2026-10-05")
    shown = await office.read("/v1/forecasts")
    assert due(shown, None) == (1, {})
    assert shown["overdue"] == 1


async def test_what_is_due_after_the_months_asked_for_is_left_out(office):
    await office.came_into_care("C-1", on="2026-11-16")
    await office.allocated("C-1", "iro-1", allocated_at="2026-11-16T09:00:00Z")
    assert (await office.read("/v1/forecasts?months=1"))["officers"] == []


async def test_a_chair_s_conferences_are_foreseen_from_the_plan(office):
    await office.town.put("/v1/children/C-1", {})
    planned = {"child": "C-1", "outcome": "plan", "category": "NEG"}
    meeting = {"conference_type": "initial", "held_on": "2026-11-02", "children": [planned]}
    await office.town.put("/v1/conferences/K-1", meeting)
    plan = {"child": "C-1", "started_on": "2026-11-02", "initial_category": "NEG"}
    await office.town.put("/v1/protection_plans/P-1", plan)
    await office.allocated("C-1", "chair-1", role="cp_chair", care_period=None, child="C-1")
    shown = await office.read("/v1/forecasts?role=cp_chair&months=12")
    overdue, months = due(shown, "chair-1")
    assert (overdue, sum(months.values())) == (0, 1)


@pytest.mark.parametrize("query", ["months=0", "months=13", "role=cin_iro"])
async def test_no_more_than_a_year_is_foreseen_and_only_for_those_who_chair(office, query):
    assert (await office.ask("GET", f"/v1/forecasts?{query}", role=Role.ANALYST)).status_code == 422


async def test_the_timescales_counted_are_all_in_the_catalogue(office):
    known = office.town.apps["reviews"].state.door.law.catalogue
    for role in ("iro", "cp_chair"):
        shown = await office.read(f"/v1/forecasts?role={role}")
        assert [code for code in shown["timescales"] if known.find(code) is None] == []
