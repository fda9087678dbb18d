"""What has not happened is not recorded as if it had."""


async def test_care_is_not_planned_for_years_ahead(town):
    await town.put("/v1/children/C-1", {})
    answer = await town.ask(
        "reviews", "PUT", "/v1/care_periods/CP-9", {"child": "C-1", "started_on": "2199-01-01"}
    )
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/started_on")


async def test_a_planned_admission_is_recorded_before_its_day(town):
    await town.put("/v1/children/C-1", {})
    await town.put("/v1/care_periods/CP-1", {"child": "C-1", "started_on": "2026-12-20"})
