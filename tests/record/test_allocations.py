"""Allocations: naming an officer stops the clocks for it."""

from tests.walls.record import fill

ALLOCATION = {"care_period": "CP-1", "officer": "iro-1", "allocated_at": "2026-11-03T09:30:00Z"}


async def test_allocating_an_officer_in_time_meets_the_deadlines_for_it(town):
    await fill(town)
    rows = await town.rows("SELECT outcome FROM deadline WHERE closed_by = 'iro.allocated'")
    assert rows and {row.outcome for row in rows} == {"met"}


async def test_correcting_the_instant_past_the_limit_makes_it_late(town):
    await fill(town)
    await town.put(
        "/v1/allocations/A-1", ALLOCATION | {"allocated_at": "2026-11-20T09:30:00Z"}, if_match='"1"'
    )
    rows = await town.rows("SELECT outcome FROM deadline WHERE closed_by = 'iro.allocated'")
    assert {row.outcome for row in rows} == {"met_late"}


async def test_an_allocation_still_to_come_or_ending_before_it_begins_is_refused(town):
    await fill(town)
    for fields, pointer in (
        ({"allocated_at": "2026-11-23T12:00:01Z"}, "/allocated_at"),
        ({"ended_at": "2026-11-03T09:29:59Z"}, "/ended_at"),
    ):
        answer = await town.ask("reviews", "PUT", "/v1/allocations/A-2", ALLOCATION | fields)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


async def test_ending_an_allocation_is_no_new_allocation(town):
    await fill(town)
    await town.put("/v1/allocations/A-1", ALLOCATION | {"ended_at": "2026-11-20T09:30:00Z"}, if_match='"1"')
    assert len(await town.rows("SELECT 1 FROM outbox_event WHERE type = 'iro.allocated'")) == 1


async def test_another_officer_is_another_allocation_in_the_feed(town):
    await fill(town)
    await town.put("/v1/allocations/A-1", ALLOCATION | {"officer": "iro-2"}, if_match='"1"')
    said = await town.rows("SELECT envelope FROM outbox_event WHERE type = 'iro.allocated' ORDER BY seq")
    assert [row.envelope["data"]["officer"] for row in said] == ["iro-1", "iro-2"]


async def test_an_allocation_that_ended_before_care_started_meets_no_promise_and_is_refused(town):
    await town.put("/v1/children/C-9", {})
    told = {"child": "C-9", "started_on": "2026-11-22", "iro_notified_at": "2026-11-22T09:00:00Z"}
    await town.put("/v1/care_periods/CP-9", told)
    sent = {"care_period": "CP-9", "officer": "iro-1"}
    for long_ago in (
        {"allocated_at": "1999-01-01T00:00:00Z", "ended_at": "1999-01-02T00:00:00Z"},
        {"allocated_at": "2026-11-01T00:00:00Z", "ended_at": "2026-11-21T12:00:00Z"},
    ):
        answer = await town.ask("reviews", "PUT", "/v1/allocations/A-9", sent | long_ago)
        assert (answer.status_code, answer.json()["type"]) == (422, "urn:duecare:problem:outside_care_period")
    rows = await town.rows("SELECT DISTINCT outcome FROM deadline WHERE timescale LIKE 'iro-allocation%'")
    assert [row.outcome for row in rows] == ["open"]


async def test_a_notice_given_years_before_care_started_is_refused(town):
    await town.put("/v1/children/C-9", {})
    told = {"child": "C-9", "started_on": "2026-11-22", "iro_notified_at": "1926-11-22T09:00:00Z"}
    answer = await town.ask("reviews", "PUT", "/v1/care_periods/CP-9", told)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/iro_notified_at")
