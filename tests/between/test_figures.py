"""The figures between reviews: counts for managers and analysts, and no child in them."""

import pytest

from shared.auth.principal import Role
from tests.between.care import DRIFT, MADE, MEETING, OF_IRO
from tests.facts.record import refusal

PERIOD = "from=2026-10-01&to=2026-11-23"


async def figures(record, period=PERIOD, role=Role.ANALYST):
    answer = await record.town.ask("reviews", "GET", f"/v1/between_reviews_figures?{period}", role=role)
    assert answer.is_success, answer.text
    return answer.json()


async def test_of_nobody_there_is_nothing_to_count(town):
    answer = await town.ask("reviews", "GET", f"/v1/between_reviews_figures?{PERIOD}", role=Role.ANALYST)
    none = {"done": 0, "in_time": 0, "late": 0, "with_drift": 0, "drifted": {}}
    assert answer.json() == {
        "from_on": "2026-10-01",
        "to_on": "2026-11-23",
        "officers_checks": none,
        "chairs_checks": none,
        "children_in_care": 0,
        "children_visited_by_iro": 0,
        "children_with_care_planning_meeting": 0,
    }


async def test_checks_are_counted_by_what_they_found_and_whether_in_time(protected):
    both = {"looked_at": ["visits", "health"], "drifted": ["visits", "health"]}
    await protected.put("/v1/midpoint_checks/M-1", DRIFT | both)
    await protected.put("/v1/midpoint_checks/M-2", DRIFT | {"completed_on": "2026-11-20"})
    await protected.put("/v1/midpoint_checks/M-3", MADE | {"completed_on": "2026-09-30"})
    await protected.put("/v1/midpoint_checks/M-4", DRIFT)
    await protected.withdrawn("M-3", "midpoint_checks")
    await protected.withdrawn("M-4", "midpoint_checks")
    chairs = {key: value for key, value in MADE.items() if key != "care_period"} | {"protection": "H-1"}
    await protected.put("/v1/midpoint_checks/M-5", chairs)
    found = await figures(protected)
    assert found["officers_checks"] == {
        "done": 2,
        "in_time": 1,
        "late": 0,
        "with_drift": 2,
        "drifted": {"health": 1, "visits": 2},
    }
    assert found["chairs_checks"] == {
        "done": 1,
        "in_time": 1,
        "late": 0,
        "with_drift": 0,
        "drifted": {},
    }


async def test_a_check_after_the_midpoint_is_late(record):
    await record.put("/v1/midpoint_checks/M-1", MADE | {"completed_on": "2026-11-20"})
    found = (await figures(record))["officers_checks"]
    assert (found["done"], found["in_time"], found["late"]) == (1, 0, 1)


NOT_COUNTED = [
    OF_IRO | {"visited_on": "2026-11-20", "kind": "other_contact"},
    OF_IRO | {"visited_on": "2026-11-20", "seen": False, "seen_alone": "no"},
    OF_IRO | {"visited_on": "2026-11-20", "role": "cp_chair"},
    OF_IRO | {"visited_on": "2026-05-23"},
]


@pytest.mark.parametrize("body", NOT_COUNTED)
async def test_only_a_visit_at_which_their_iro_saw_the_child_counts(record, body):
    await record.put("/v1/visits/V-1", body)
    assert (await figures(record))["children_visited_by_iro"] == 0


async def test_children_are_counted_once_and_only_while_in_care(record):
    for number in (1, 2):
        await record.put(f"/v1/visits/V-{number}", OF_IRO | {"visited_on": f"2026-06-0{number}"})
        await record.put(f"/v1/care_planning_meetings/CPM-{number}", MEETING)
    await record.town.put("/v1/children/C-2", {})
    await record.town.put("/v1/care_periods/CP-2", {"child": "C-2", "started_on": "2026-10-05"})
    found = await figures(record)
    assert (found["children_in_care"], found["children_visited_by_iro"]) == (2, 1)
    assert found["children_with_care_planning_meeting"] == 1
    assert (await figures(record, "from=2026-08-01&to=2026-08-31"))["children_in_care"] == 0
    ended = {"child": "C-1", "started_on": "2026-09-01", "ended_on": "2026-11-23"}
    await record.town.put("/v1/care_periods/CP-1", ended, if_match='"1"')
    found = await figures(record)
    assert (found["children_in_care"], found["children_visited_by_iro"]) == (1, 0)


async def test_a_period_that_ends_before_it_begins_is_refused(record):
    answer = await record.town.ask(
        "reviews",
        "GET",
        "/v1/between_reviews_figures?from=2026-11-02&to=2026-11-01",
        role=Role.IRO_MANAGER,
    )
    assert refusal(answer) == (422, "contradiction")
