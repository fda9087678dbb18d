"""A midpoint check is planned, made, missed or a mistake; it says what drifts, and what can be raised of it."""

import pytest

from services.escalation_api.themes.shipped import THEMES as KNOWN
from services.reviews_api.midpoint_checks.findings import Area
from services.reviews_api.midpoint_checks.raising import THEMES
from shared.auth.principal import Role
from tests.between.care import CHECK, DRIFT, MADE, faults, listed, step
from tests.facts.record import refusal, succeeded

MIDPOINT, CHAIRS = "iro-midpoint-lac", "cp-chair-midpoint"
PLANNED = CHECK | {"planned_on": "2026-11-02"}
OUTCOME = {"completed_on": "2026-11-02", "finding": "drift", "looked_at": ["visits"], "drifted": ["visits"]}
OF_CHAIR = {key: value for key, value in MADE.items() if key != "care_period"} | {
    "protection": "H-1",
    "completed_on": "2026-11-20",
}
M1 = "/v1/midpoint_checks/M-1"


async def outcome(record, timescale=MIDPOINT):
    return (await record.rows(timescale))[0].outcome


async def test_a_check_that_is_planned_meets_nothing_until_it_was_made(record):
    planned = succeeded(await record.put(M1, PLANNED))
    assert (planned["status"], await outcome(record)) == ("planned", "open")
    made = succeeded(await step(record, "midpoint_checks/M-1/complete", OUTCOME))
    assert (made["status"], made["planned_on"], made["drifted"]) == ("completed", "2026-11-02", ["visits"])
    assert await outcome(record) == "met"
    assert await record.events("midpoint_check.planned", "midpoint_check.completed") == [
        "midpoint_check.planned",
        "midpoint_check.completed",
    ]


async def test_a_check_that_was_missed_is_still_owed(record):
    await record.put(M1, PLANNED)
    missed = succeeded(await step(record, "midpoint_checks/M-1/cancel", {"because": "missed"}))
    assert (missed["status"], missed["cancelled_because"]) == ("cancelled", "missed")
    assert (missed["cancelled_on"], await outcome(record)) == ("2026-11-23", "open")
    assert await record.events("midpoint_check.cancelled") == ["midpoint_check.cancelled"]


@pytest.mark.parametrize(
    ("first", "verb", "body"),
    [
        (MADE, "complete", OUTCOME),
        (MADE, "cancel", {"because": "missed"}),
        ("cancelled", "complete", OUTCOME),
        ("cancelled", "cancel", {"because": "missed"}),
    ],
)
async def test_a_check_that_is_no_longer_planned_takes_no_step_and_says_what_to_do(record, first, verb, body):
    await record.put(M1, PLANNED if first == "cancelled" else first)
    if first == "cancelled":
        await step(record, "midpoint_checks/M-1/cancel", {"because": "missed"})
    answer = await step(record, f"midpoint_checks/M-1/{verb}", body)
    assert refusal(answer) == (409, "transition_refused")
    assert "PUT the check" in answer.json()["detail"]


async def test_the_case_system_may_say_the_whole_state_and_it_comes_to_the_same(record):
    await record.put(M1, PLANNED)
    await step(record, "midpoint_checks/M-1/cancel", {"because": "officer_absent"})
    record.etags[M1] = '"2"'
    later = succeeded(await record.put(M1, CHECK | {"planned_on": "2026-11-25"}))
    assert (later["status"], later["cancelled_because"]) == ("cancelled", "officer_absent")
    after_all = succeeded(await record.put(M1, DRIFT))
    assert (after_all["status"], after_all["cancelled_because"]) == ("completed", None)
    assert await outcome(record) == "met"
    corrected = succeeded(await record.put(M1, PLANNED))
    assert (corrected["status"], await outcome(record)) == ("planned", "open")


async def test_the_same_codes_in_another_order_are_the_same(record):
    first = await record.put(M1, MADE)
    again = await record.put(M1, MADE | {"looked_at": ["visits", "care_plan", "visits"]})
    assert (again.json(), again.headers["etag"]) == (first.json(), '"1"')


WRONG = [
    (CHECK, "/planned_on"),
    (CHECK | {"completed_on": "2026-11-02"}, "/finding"),
    (PLANNED | {"finding": "drift"}, "/finding"),
    (PLANNED | {"looked_at": ["visits"]}, "/completed_on"),
    (MADE | {"drifted": ["visits"]}, "/finding"),
    (DRIFT | {"drifted": ["health"]}, "/drifted"),
    (DRIFT | {"done": ["none", "advice"]}, "/done"),
    (MADE | {"protection": "H-1"}, "/care_period"),
    ({"officer": "iro-1", "planned_on": "2026-11-02"}, "/care_period"),
]


@pytest.mark.parametrize(("body", "pointer"), WRONG)
async def test_a_check_that_contradicts_itself_is_refused(record, body, pointer):
    answer = await record.put(M1, body)
    assert refusal(answer) == (422, "contradiction")
    assert answer.json()["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"completed_on": "2026-11-24"}, "in_the_future"),
        ({"completed_on": "2026-08-31"}, "outside_care_period"),
        ({"drifted": []}, None),
    ],
)
async def test_what_cannot_be_is_refused_of_a_planned_check_too(record, change, code):
    await record.put(M1, PLANNED)
    answer = await step(record, "midpoint_checks/M-1/complete", OUTCOME | change)
    assert answer.is_success if code is None else refusal(answer) == (422, code)
    assert await outcome(record) == ("met" if code is None else "open")


async def test_a_chair_checks_a_plan_between_conferences(protected):
    assert await protected.due(CHAIRS) == [("2026-11-27", "open")]
    made = await protected.put(M1, OF_CHAIR, Role.CP_CHAIR)
    assert (made.status_code, made.json()["care_period_id"]) == (201, None)
    assert await protected.due(CHAIRS) == [("2026-11-27", "met")]
    assert await outcome(protected) == "open"
    await protected.withdrawn("M-1", "midpoint_checks")
    assert await protected.due(CHAIRS) == [("2026-11-27", "open")]


async def test_a_planned_check_of_a_chair_is_completed_too(protected):
    await protected.put(M1, {"protection": "H-1", "officer": "chair-1", "planned_on": "2026-11-20"})
    succeeded(await step(protected, "midpoint_checks/M-1/complete", OUTCOME | {"completed_on": "2026-11-20"}))
    assert await protected.due(CHAIRS) == [("2026-11-27", "met")]


async def test_a_chair_checks_nothing_but_protection(record):
    await record.town.put("/v1/histories/H-2", {"kind": "court", "child": "C-1"})
    assert refusal(await record.put(M1, OF_CHAIR | {"protection": "H-2"})) == (422, "contradiction")
    assert refusal(await record.put(M1, OF_CHAIR | {"protection": "H-9"})) == (404, "not_found")


def test_every_area_has_a_theme_that_an_escalation_can_have():
    assert set(THEMES) == set(Area)
    assert set(THEMES.values()) <= set(KNOWN)


async def test_what_drifts_can_be_raised_one_concern_for_each_theme(record):
    areas = ["care_plan", "visits", "education"]
    made = succeeded(await record.put(M1, DRIFT | {"looked_at": areas, "drifted": areas}))
    assert [each["theme"] for each in made["escalation_prefill"]] == [
        "recommendations_not_progressed",
        "no_evidence_of_visits",
    ]
    assert made["escalation_prefill"][0] == {
        "child": "C-1",
        "theme": "recommendations_not_progressed",
        "concern": f"Found to drift at the midpoint check {made['id']}: care plan, education.",
        "arises_from": {"kind": "midpoint_check", "record": made["id"]},
    }


async def test_a_drift_that_is_not_said_of_what_can_be_raised_too(record):
    made = succeeded(await record.put(M1, MADE | {"finding": "drift"}))
    assert [each["theme"] for each in made["escalation_prefill"]] == ["recommendations_not_progressed"]
    gone = await record.withdrawn("M-1", "midpoint_checks")
    assert gone["escalation_prefill"] == []


async def test_checks_are_listed_by_child_officer_state_and_finding(record):
    for number, body in enumerate([MADE, DRIFT, PLANNED, DRIFT | {"officer": "iro-2"}], start=1):
        await record.put(f"/v1/midpoint_checks/M-{number}", body)
    await record.put("/v1/midpoint_checks/M-5", DRIFT)
    await record.withdrawn("M-5", "midpoint_checks")
    assert await listed(record, "midpoint_checks?child=C-1&limit=1") == ["M-1", "M-2", "M-3", "M-4"]
    assert await listed(record, "midpoint_checks?officer=iro-2") == ["M-4"]
    assert await listed(record, "midpoint_checks?status=planned") == ["M-3"]
    assert await listed(record, "midpoint_checks?finding=drift") == ["M-2", "M-4"]
    unknown = await record.town.ask("reviews", "GET", "/v1/midpoint_checks?child=C-9")
    assert refusal(unknown) == (404, "not_found")


async def test_a_recount_finds_the_checks_as_they_were_told(protected, council):
    await protected.put(M1, DRIFT)
    await protected.put("/v1/midpoint_checks/M-2", OF_CHAIR)
    await protected.put("/v1/midpoint_checks/M-3", PLANNED)
    assert await faults(protected, council) == {}
