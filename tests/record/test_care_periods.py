"""Care periods: their dates, and what a correction of them does."""

import pytest

PERIOD = {"child": "C-1", "started_on": "2026-11-02"}


async def put(town, reference: str = "CP-1", **fields):
    await town.ask("reviews", "PUT", "/v1/children/C-1", {})
    return await town.ask("reviews", "PUT", f"/v1/care_periods/{reference}", PERIOD | fields)


async def test_a_planned_admission_is_known_before_its_day(town):
    assert (await put(town, started_on="2027-01-04")).status_code == 201


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"ended_on": "2026-11-01"}, "/ended_on"),
        ({"ended_on": "2026-11-24"}, "/ended_on"),
        ({"iro_notified_at": "2026-11-23T12:00:01Z"}, "/iro_notified_at"),
    ],
)
async def test_a_period_that_cannot_be_is_refused_and_nothing_is_stored(town, fields, pointer):
    answer = await put(town, **fields)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)
    for table in ("care_period", "history", "fact", "deadline"):
        assert await town.rows(f"SELECT 1 FROM {table}") == []


async def test_care_may_end_today_in_london_and_on_the_day_it_began(town):
    assert (await put(town, ended_on="2026-11-23")).status_code == 201
    assert (await put(town, "CP-2", started_on="2026-11-23", ended_on="2026-11-23")).status_code == 201


async def test_a_period_of_an_unknown_child_is_not_found(town):
    answer = await town.ask("reviews", "PUT", "/v1/care_periods/CP-1", PERIOD)
    assert (answer.status_code, answer.json()["detail"]) == (404, "There is no such child.")


async def test_a_period_stays_with_its_child(town):
    await put(town)
    await town.put("/v1/children/C-2", {})
    answer = await town.ask(
        "reviews", "PUT", "/v1/care_periods/CP-1", PERIOD | {"child": "C-2"}, if_match='"1"'
    )
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/child")


async def test_the_end_of_care_cancels_what_was_still_owed_and_its_withdrawal_brings_it_back(town):
    await put(town)
    await town.put("/v1/care_periods/CP-1", PERIOD | {"ended_on": "2026-11-20"}, if_match='"1"')
    outcomes = await town.rows("SELECT outcome FROM deadline WHERE timescale = 'lac-review-first'")
    assert [row.outcome for row in outcomes] == ["ended"]
    await town.put("/v1/care_periods/CP-1", PERIOD, if_match='"2"')
    outcomes = await town.rows("SELECT outcome FROM deadline WHERE timescale = 'lac-review-first'")
    assert [row.outcome for row in outcomes] == ["open"]
    told = [row.type for row in await town.rows("SELECT type FROM outbox_event ORDER BY seq")]
    assert "deadline.cancelled" in told and told[-1] == "deadline.opened"


async def test_the_hours_run_from_the_instant_of_notice(town):
    await put(town, iro_notified_at="2026-11-20T16:30:00+00:00")
    (row,) = await town.rows(
        "SELECT due_at FROM deadline WHERE timescale LIKE 'iro%72%' OR starts_at IS NOT NULL"
    )
    assert row.due_at.isoformat() == "2026-11-23T16:30:00+00:00"


async def test_an_instant_with_another_offset_is_the_same_instant(town):
    await put(town, iro_notified_at="2026-11-20T16:30:00+00:00")
    again = await put(town, iro_notified_at="2026-11-20T17:30:00+01:00")
    assert (again.status_code, again.headers["etag"]) == (200, '"1"')
