"""A record that was a mistake is withdrawn: what it told is taken back, and it is kept with the reason."""

import pytest

from shared.auth.principal import Role

MISTAKE = {"because": "Entered for the wrong child."}
RECORDS = {
    "children/C-1": {},
    "care_periods/CP-1": {"child": "C-1", "started_on": "2026-11-02"},
    "placements/PL-1": {
        "care_period": "CP-1",
        "started_on": "2026-11-02",
        "placement_type": "foster",
        "plan_completed_on": "2026-11-04",
    },
    "legal_statuses/LS-1": {"care_period": "CP-1", "status": "V2", "from_on": "2026-11-02"},
    "allocations/A-1": {"care_period": "CP-1", "officer": "iro-1", "allocated_at": "2026-11-03T09:00:00Z"},
    "reviews/R-1": {"care_period": "CP-1", "held_on": "2026-11-20"},
    "midpoint_checks/M-1": {
        "care_period": "CP-1",
        "officer": "iro-1",
        "completed_on": "2026-11-20",
        "finding": "on_track",
    },
}


async def recorded(town):
    for path, body in RECORDS.items():
        await town.put(f"/v1/{path}", body)


async def withdraw(town, path, body=MISTAKE, **headers):
    return await town.ask("reviews", "POST", f"/v1/{path}/withdraw", body, **headers)


async def standing(town, timescale):
    page = (await town.ask("reviews", "GET", "/v1/children/C-1")).json()
    return {each["timescale"]: each["standing"] for each in page["deadlines"]}[timescale]


async def test_a_review_entered_by_mistake_gives_its_deadline_back(town):
    await recorded(town)
    assert await standing(town, "lac-review-first") == "met"
    answer = await withdraw(town, "reviews/R-1")
    assert (answer.status_code, answer.json()["withdrawn_because"]) == (200, MISTAKE["because"])
    assert await standing(town, "lac-review-first") in ("in_time", "due_soon")
    kept = (await town.ask("reviews", "GET", "/v1/reviews/R-1")).json()
    assert kept["withdrawn_at"] is not None and kept["held_on"] == "2026-11-20"


async def test_what_was_withdrawn_is_told_once_and_without_the_reason(town):
    await recorded(town)
    await withdraw(town, "reviews/R-1")
    told = await town.rows("SELECT envelope::text FROM outbox_event WHERE type = 'record.withdrawn'")
    assert len(told) == 1
    assert '"kind":"review"' in told[0].envelope and "wrong child" not in told[0].envelope


@pytest.mark.parametrize("path", RECORDS)
async def test_a_record_that_was_withdrawn_comes_back_with_a_put(town, path):
    await recorded(town)
    for each in reversed(RECORDS):
        assert (await withdraw(town, each)).status_code == 200
        if each == path:
            break
    gone = await town.ask("reviews", "GET", f"/v1/{path}")
    assert gone.json()["withdrawn_because"] == MISTAKE["because"]
    back = await town.put(f"/v1/{path}", RECORDS[path], if_match=gone.headers["etag"])
    assert (back.status_code, back.json()["withdrawn_at"]) == (200, None)


async def test_a_record_is_not_withdrawn_twice(town):
    await recorded(town)
    await withdraw(town, "reviews/R-1")
    again = await withdraw(town, "reviews/R-1")
    assert again.status_code == 409
    assert "bring it back" in again.json()["detail"]


@pytest.mark.parametrize("path", ["children/C-1", "care_periods/CP-1"])
async def test_what_others_rest_on_stays_until_they_are_withdrawn(town, path):
    await recorded(town)
    refused = await withdraw(town, path)
    assert refused.status_code == 409
    assert refused.json()["type"].rsplit(":")[-1] == "rested_on"


TELL_NOTHING = {
    "conferences/K-1": {
        "conference_type": "initial",
        "scheduled_on": "2026-11-27",
        "children": [{"child": "C-1"}],
    },
    "visits/V-1": {
        "child": "C-1",
        "worker": "iro-1",
        "role": "iro",
        "kind": "telephone",
        "visited_on": "2026-11-20",
        "mode": "virtual",
        "seen": False,
        "seen_alone": "no",
    },
    "conflicts/CF-1": {
        "child": "C-1",
        "officer": "iro-9",
        "reason": "relative",
        "declared_on": "2026-11-20",
    },
    "allocations/A-9": {
        "child": "C-1",
        "role": "cin_iro",
        "officer": "iro-1",
        "allocated_at": "2026-11-20T09:00:00Z",
    },
}


@pytest.mark.parametrize("path", TELL_NOTHING)
async def test_a_child_stays_for_as_long_as_anything_is_recorded_of_them(town, path):
    await town.put("/v1/children/C-1", {})
    await town.put("/v1/histories/H-1", {"kind": "protection", "child": "C-1"})
    await town.put(f"/v1/{path}", TELL_NOTHING[path])
    assert (await withdraw(town, "children/C-1")).status_code == 409
    assert (await withdraw(town, path)).status_code == 200
    assert (await withdraw(town, "children/C-1")).status_code == 200


async def test_a_period_of_care_stays_for_as_long_as_a_check_is_planned_in_it(town):
    await recorded(town)
    for path in reversed(RECORDS):
        if path not in ("children/C-1", "care_periods/CP-1"):
            await withdraw(town, path)
    await town.put(
        "/v1/midpoint_checks/M-2", {"care_period": "CP-1", "officer": "iro-1", "planned_on": "2026-12-01"}
    )
    assert (await withdraw(town, "care_periods/CP-1")).status_code == 409
    assert (await withdraw(town, "midpoint_checks/M-2")).status_code == 200
    assert (await withdraw(town, "care_periods/CP-1")).status_code == 200


async def test_nothing_new_rests_on_what_was_withdrawn(town):
    await town.put("/v1/children/C-1", {})
    await withdraw(town, "children/C-1")
    period = await town.ask("reviews", "PUT", "/v1/care_periods/CP-1", RECORDS["care_periods/CP-1"])
    assert (period.status_code, period.json()["type"].rsplit(":")[-1]) == (422, "withdrawn")


async def test_a_review_that_was_withdrawn_cannot_be_held(town):
    await recorded(town)
    await town.put("/v1/reviews/R-2", {"care_period": "CP-1", "scheduled_on": "2026-11-23"})
    await withdraw(town, "reviews/R-2")
    held = await town.ask("reviews", "POST", "/v1/reviews/R-2/hold", {"held_on": "2026-11-23"})
    assert (held.status_code, held.json()["type"].rsplit(":")[-1]) == (422, "withdrawn")


async def test_a_child_of_nobody_any_more_is_on_no_officer_s_page(town):
    await recorded(town)
    await withdraw(town, "allocations/A-1")
    caseload = (await town.ask("reviews", "GET", "/v1/caseloads/iro-1", role=Role.IRO)).json()
    assert caseload["children_count"] == 0


async def test_no_deadline_is_left_of_a_care_period_that_never_was(town):
    await recorded(town)
    for path in list(reversed(RECORDS))[:-1]:
        assert (await withdraw(town, path)).status_code == 200
    rows = await town.rows("SELECT DISTINCT outcome FROM deadline")
    assert [row.outcome for row in rows] == ["withdrawn"]
