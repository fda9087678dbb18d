"""Care planning meetings: held, what is on record of them, and what became of the plan."""

import pytest

from tests.between.care import MEETING, faults, listed
from tests.facts.record import refusal, succeeded

M1 = "/v1/care_planning_meetings/CPM-1"


async def facts(record):
    rows = await record.town.rows(
        "SELECT kind, happened_on FROM fact WHERE kind LIKE 'care_plan.%' AND withdrawn_at IS NULL ORDER BY 1"
    )
    return [(row.kind, str(row.happened_on)) for row in rows]


async def test_a_meeting_bears_on_no_date_of_its_own(record):
    before = await record.town.rows("SELECT id, revision FROM deadline ORDER BY id")
    held = succeeded(await record.put(M1, MEETING))
    assert (held["decisions_recorded"], held["minutes_on_record"]) == (True, False)
    assert await record.town.rows("SELECT id, revision FROM deadline ORDER BY id") == before
    assert await record.events("care_planning_meeting.held") == ["care_planning_meeting.held"]


async def test_a_meeting_that_led_to_a_plan_says_so(record):
    await record.put(M1, MEETING | {"plan_completed_on": "2026-08-30", "plan_updated_on": "2026-11-11"})
    assert await facts(record) == [("care_plan.completed", "2026-08-30"), ("care_plan.updated", "2026-11-11")]
    await record.put(M1, MEETING | {"plan_updated_on": "2026-11-12"})
    assert await facts(record) == [("care_plan.updated", "2026-11-12")]
    await record.withdrawn("CPM-1", "care_planning_meetings")
    assert await facts(record) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"held_on": "2026-11-24"}, "in_the_future"),
        ({"held_on": "2026-08-31"}, "outside_care_period"),
        ({"plan_updated_on": "2026-11-24"}, "in_the_future"),
        ({"plan_completed_on": "2026-11-24"}, "in_the_future"),
        ({"plan_updated_on": "2026-08-31"}, "outside_care_period"),
        ({"decisions_recorded": "yes"}, "validation"),
    ],
)
async def test_a_meeting_that_cannot_be_is_refused(record, change, code):
    assert refusal(await record.put(M1, MEETING | change)) == (422, code)


async def test_a_meeting_is_of_a_care_period_that_is_known(record):
    assert refusal(await record.put(M1, MEETING | {"care_period": "CP-9"})) == (404, "not_found")


async def test_meetings_are_listed_by_child_and_day_the_newest_first(record):
    for number, day in enumerate(["2026-09-10", "2026-11-12", "2026-10-01"], start=1):
        await record.put(f"/v1/care_planning_meetings/CPM-{number}", MEETING | {"held_on": day})
    path = "care_planning_meetings?child=C-1"
    assert await listed(record, f"{path}&limit=2") == ["CPM-2", "CPM-3", "CPM-1"]
    assert await listed(record, f"{path}&from=2026-10-01&to=2026-10-31") == ["CPM-3"]


async def test_a_recount_finds_the_plans_as_they_were_told(record, council):
    await record.put(M1, MEETING | {"plan_completed_on": "2026-09-09", "plan_updated_on": "2026-11-11"})
    assert await faults(record, council) == {}
