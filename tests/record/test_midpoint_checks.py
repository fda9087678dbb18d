"""Midpoint checks: the officer's look between two reviews."""

import pytest

CHECK = {"care_period": "CP-1", "officer": "iro-1", "completed_on": "2026-11-20", "finding": "drift"}


@pytest.fixture
async def reviewed(town):
    """A child looked after since February whose first review was held in time."""
    await town.put("/v1/children/C-1", {})
    await town.put("/v1/care_periods/CP-1", {"child": "C-1", "started_on": "2026-09-01"})
    await town.put("/v1/reviews/R-1", {"care_period": "CP-1", "held_on": "2026-09-21"})
    return town


async def midpoint(town):
    return (await town.rows("SELECT outcome, due_on FROM deadline WHERE timescale LIKE '%midpoint%'"))[0]


async def test_a_check_between_two_reviews_meets_the_midpoint(reviewed):
    assert (await midpoint(reviewed)).outcome == "open"
    await reviewed.put("/v1/midpoint_checks/M-1", CHECK | {"completed_on": "2026-11-02"})
    assert (await midpoint(reviewed)).outcome == "met"


async def test_correcting_a_check_s_date_past_the_midpoint_makes_it_late(reviewed):
    due = (await midpoint(reviewed)).due_on
    assert str(due) < "2026-11-20"
    await reviewed.put("/v1/midpoint_checks/M-1", CHECK | {"completed_on": "2026-11-02"})
    await reviewed.put("/v1/midpoint_checks/M-1", CHECK, if_match='"1"')
    assert (await midpoint(reviewed)).outcome == "met_late"


@pytest.mark.parametrize(
    ("day", "code"), [("2026-11-24", "in_the_future"), ("2026-08-31", "outside_care_period")]
)
async def test_a_check_that_cannot_be_is_refused(reviewed, day, code):
    answer = await reviewed.ask("reviews", "PUT", "/v1/midpoint_checks/M-1", CHECK | {"completed_on": day})
    assert (answer.status_code, answer.json()["type"]) == (422, f"urn:duecare:problem:{code}")


async def test_another_finding_changes_no_deadline(reviewed):
    await reviewed.put("/v1/midpoint_checks/M-1", CHECK)
    before = await reviewed.rows("SELECT id, revision FROM deadline ORDER BY id")
    await reviewed.put("/v1/midpoint_checks/M-1", CHECK | {"finding": "on_track"}, if_match='"1"')
    assert await reviewed.rows("SELECT id, revision FROM deadline ORDER BY id") == before
