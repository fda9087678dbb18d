"""A year of reviews in figures."""

import pytest

from shared.auth.principal import Role
from shared.http.percentages import percent as whole_percent
from tests.reviews.desk import refusal

YEAR = "/v1/review_figures?from=2025-04-01&to=2026-03-31"


async def child(desk, number, *reviews):
    """A child looked after since 1 May 2025 (first review due on 30 May), and their reviews."""
    await desk.town.put(f"/v1/children/C-{number}", {})
    period = {"child": f"C-{number}", "started_on": "2025-05-01"}
    await desk.town.put(f"/v1/care_periods/CP-{number}", period)
    for nth, review in enumerate(reviews, start=1):
        await desk.put(f"R-{number}-{nth}", care_period=f"CP-{number}", **review)


async def a_year(desk):
    """Four children; one review after the year, one planned, one withdrawn."""
    await child(
        desk,
        1,
        {"held_on": "2025-05-28", "participation": "PN1", "mode": "in_person", "my_report_returned": True},
        {"held_on": "2025-09-15", "participation": "PN7", "mode": "virtual", "late_reason": "illness"},
        {"held_on": "2026-03-31", "participation": "PN0"},
        {"held_on": "2026-04-01", "participation": "PN1"},
    )
    series = {"meetings": [{"on": "2025-05-30", "mode": "hybrid"}], "mode": "hybrid"}
    await child(desk, 2, series | {"held_on": "2025-06-20", "participation": "PN6"})
    await child(desk, 3, {"held_on": "2025-06-02", "adjourned_on": "2025-05-30"})
    await child(desk, 4, {"scheduled_on": "2026-12-10"})
    await desk.put("R-gone", care_period="CP-4", held_on="2025-05-20")
    await desk.step("withdraw", "reviews/R-gone", because="Of another child.")


async def test_a_year_s_reviews_are_counted_as_a_report_shows_them(desk):
    await a_year(desk)
    found = await desk.get(YEAR, Role.ANALYST)
    counts = [found[name] for name in ("held", "in_time", "late", "without_deadline", "in_time_percent")]
    assert counts == [5, 3, 2, 0, 60]
    reasons = {code: n for code, n in found["late_reasons"].items() if n}
    assert reasons == {"illness": 1, "not_given": 1}
    codes = {code: n for code, n in found["participation"].items() if n}
    assert codes == {"PN0": 1, "PN1": 1, "PN6": 1, "PN7": 1, "not_given": 1}
    assert [found[name] for name in ("participated", "not_participated", "participated_percent")] == [
        2,
        1,
        67,
    ]
    assert found["participated_codes"] == ["PN1", "PN2", "PN3", "PN5", "PN6"]
    assert "attending and/or contributing" in found["participated_source"]
    assert found["modes"] == {"in_person": 1, "virtual": 1, "hybrid": 1, "not_given": 2}
    assert [found[name] for name in ("my_report_returned", "series", "adjourned")] == [1, 2, 1]


async def test_a_year_without_reviews_has_no_percentages(desk):
    found = await desk.get(YEAR, Role.IRO_MANAGER)
    assert (found["held"], found["in_time_percent"], found["participated_percent"]) == (0, None, None)


async def test_a_review_of_a_child_placed_for_adoption_is_judged_by_the_deadline_of_adoption(desk):
    await child(desk, 1, {"held_on": "2025-05-28"})
    placed = {"history": "CP-1", "kind": "adoption.placed", "happened_on": "2025-07-01"}
    await desk.town.put("/v1/facts/F-1", placed)
    await desk.put("R-late", care_period="CP-1", held_on="2025-08-01")
    found = await desk.get(YEAR, Role.SENIOR_MANAGER)
    assert (found["held"], found["in_time"], found["late"], found["without_deadline"]) == (2, 1, 1, 0)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("from=2026-03-31&to=2025-04-01", "contradiction"),
        ("from=2025-04-01", "validation"),
        ("from=yesterday&to=2026-03-31", "validation"),
    ],
)
async def test_a_year_that_cannot_be_is_refused(desk, asked, code):
    path = f"/v1/review_figures?{asked}"
    answer = await desk.town.ask("reviews", "GET", path, role=Role.ANALYST)
    assert refusal(answer) == (422, code)


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(1, 2, 50), (1, 200, 1), (1, 201, 0), (67, 149, 45), (0, 0, None), (7, 7, 100)],
)
def test_a_percentage_is_rounded_half_up(part, whole, percent):
    assert whole_percent(part, whole) == percent
