"""Visits: a social worker's meet the deadlines, an IRO's are events of their own, and a call is no visit."""

import pytest

from shared.auth.principal import Role
from tests.between.care import OF_IRO, VISIT, faults, listed
from tests.facts.record import refusal, succeeded

FIRST = "visit-reg28-first"
V1 = "/v1/visits/V-1"


async def test_a_social_worker_s_visit_meets_the_deadline_and_starts_the_next(record):
    await record.put(V1, VISIT)
    assert await record.due(FIRST) == [("2026-09-08", "met")]
    assert await record.due("visit-reg28-year1") == [("2026-10-16", "open")]
    assert await record.events("visit.made") == ["visit.made"]


@pytest.mark.parametrize("role", ["iro", "cp_chair", "personal_adviser"])
async def test_nobody_else_s_visit_stands_for_the_social_worker_s(record, role):
    await record.put(V1, VISIT | {"role": role})
    assert await record.due(FIRST) == [("2026-09-08", "open")]


@pytest.mark.parametrize("kind", ["telephone", "other_contact"])
async def test_a_contact_is_no_visit(record, kind):
    await record.put(V1, VISIT | {"kind": kind, "mode": "virtual"})
    assert await record.due(FIRST) == [("2026-09-08", "open")]
    assert await record.events("visit.made", "contact.made") == ["contact.made"]


async def test_the_facts_of_a_visit_are_in_codes(record):
    await record.put(V1, VISIT | {"seen": False, "seen_alone": "no", "mode": "virtual"})
    (fact,) = await record.town.rows("SELECT codes FROM fact WHERE kind = 'visit.made'")
    assert fact.codes == {"seen": "no", "mode": "virtual"}


async def test_a_visit_recorded_under_the_wrong_role_is_corrected(record):
    await record.put(V1, VISIT)
    await record.put(V1, VISIT | {"role": "iro"})
    assert await record.due(FIRST) == [("2026-09-08", "open")]
    assert await record.events("visit.made", "iro_visit.made") == ["visit.made", "iro_visit.made"]


async def test_a_visit_that_was_a_mistake_gives_its_deadline_back_and_can_return(record):
    await record.put(V1, VISIT)
    await record.withdrawn("V-1", "visits")
    assert await record.due(FIRST) == [("2026-09-08", "open")]
    assert await listed(record, "visits") == []
    await record.put(V1, VISIT)
    assert await record.due(FIRST) == [("2026-09-08", "met")]


async def test_a_visit_to_a_child_on_a_plan_or_fostered_privately_is_told_there(protected):
    await protected.town.put("/v1/histories/H-2", {"kind": "private_fostering", "child": "C-1"})
    for number, history in enumerate(("H-1", "H-2"), start=1):
        succeeded(
            await protected.put(
                f"/v1/visits/V-{number}", VISIT | {"history": history, "visited_on": "2026-11-20"}
            )
        )
    facts = await protected.town.rows("SELECT history_id FROM fact WHERE kind = 'visit.made'")
    assert len({fact.history_id for fact in facts}) == 2


async def test_an_iro_visits_the_child_whatever_the_child_is_in(record):
    seen = succeeded(await record.put(V1, OF_IRO))
    assert seen["history_id"] is None
    assert await record.events("iro_visit.made") == ["iro_visit.made"]
    (event,) = await record.town.rows("SELECT envelope FROM outbox_event WHERE type = 'iro_visit.made'")
    assert event.envelope["data"].keys() == {"visit_id", "child_id", "link", "visited_on", "seen"}


WRONG = [
    (VISIT | {"visited_on": "2026-11-24"}, "in_the_future", "/visited_on"),
    (VISIT | {"visited_on": "2026-08-31"}, "outside_care_period", "/visited_on"),
    (VISIT | {"child": "C-1"}, "contradiction", "/history"),
    (OF_IRO | {"child": None}, "contradiction", "/history"),
    (OF_IRO | {"role": "social_worker"}, "contradiction", "/history"),
    (VISIT | {"seen": False}, "contradiction", "/seen_alone"),
    (VISIT | {"kind": "telephone"}, "contradiction", "/mode"),
    (VISIT | {"history": "H-3"}, "contradiction", "/history"),
]


@pytest.mark.parametrize(("body", "code", "pointer"), WRONG)
async def test_a_visit_that_cannot_be_is_refused(record, body, code, pointer):
    await record.town.put("/v1/histories/H-3", {"kind": "officer", "officer": "iro-1"})
    answer = await record.put(V1, body)
    assert refusal(answer) == (422, code)
    assert answer.json()["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize("body", [VISIT | {"history": "CP-9"}, OF_IRO | {"child": "C-9"}])
async def test_nobody_is_visited_who_is_not_known(record, body):
    assert refusal(await record.put(V1, body)) == (404, "not_found")


async def test_a_visit_never_goes_over_to_another_history(record):
    await record.put(V1, VISIT)
    answer = await record.put(V1, OF_IRO)
    assert refusal(answer) == (422, "contradiction")


async def test_a_visit_rests_on_no_care_that_was_withdrawn(record):
    await record.town.put("/v1/care_periods/CP-2", {"child": "C-1", "started_on": "2026-01-05"})
    await record.withdrawn("CP-2", "care_periods")
    assert refusal(await record.put(V1, VISIT | {"history": "CP-2"})) == (422, "withdrawn")


async def test_the_last_visit_of_a_child_s_iro_is_one_query(record):
    days = ["2026-09-10", "2026-11-12", "2026-11-12", "2026-10-01"]
    for number, day in enumerate(days, start=1):
        await record.put(f"/v1/visits/V-{number}", OF_IRO | {"visited_on": day})
    await record.put("/v1/visits/V-5", VISIT | {"visited_on": "2026-11-20"})
    assert await listed(record, "visits?child=C-1&role=iro&limit=1") == ["V-3", "V-2", "V-4", "V-1"]
    last = await record.town.ask("reviews", "GET", "/v1/visits?child=C-1&role=iro&kind=visit&limit=1")
    assert [each["visited_on"] for each in last.json()["items"]] == ["2026-11-12"]
    assert await listed(record, "visits?from=2026-10-01&to=2026-11-12") == ["V-3", "V-2", "V-4"]


async def test_a_list_goes_on_after_what_is_there(record):
    answer = await record.town.ask("reviews", "GET", "/v1/visits?after=0197b1a4-5a3c-7d11-9d59-0f5b3a6e2c11")
    assert refusal(answer) == (422, "contradiction")


@pytest.mark.parametrize(("role", "may"), [(Role.CP_CHAIR, True), (Role.SOCIAL_WORKER, False)])
async def test_who_may_record_a_visit(record, role, may):
    answer = await record.put(V1, OF_IRO, role)
    assert answer.status_code == (201 if may else 403)


async def test_a_recount_finds_the_visits_as_they_were_told(record, council):
    for number, body in enumerate([VISIT, OF_IRO, VISIT | {"role": "iro"}], start=1):
        await record.put(f"/v1/visits/V-{number}", body)
    await record.put("/v1/visits/V-4", VISIT | {"visited_on": "2026-10-02"})
    await record.withdrawn("V-4", "visits")
    assert await faults(record, council) == {}
