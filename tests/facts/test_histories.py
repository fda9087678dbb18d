"""A history is opened once, for one child or one officer, and keeps to its kind."""

import asyncio

import pytest

from shared.auth.principal import Role
from tests.facts.record import refusal

PATH = "/v1/histories/H-1"


async def test_a_history_of_a_child_is_opened_once(record):
    await record.town.put("/v1/children/C-1", {})
    body = {"kind": "protection", "child": "C-1"}
    opened = await record.town.ask("reviews", "PUT", PATH, body)
    assert (opened.status_code, opened.headers["etag"]) == (201, '"1"')
    again = await record.town.ask("reviews", "PUT", PATH, body)
    assert (again.status_code, again.json()) == (200, opened.json())
    assert opened.json()["kind"] == "protection" and opened.json()["officer"] is None
    (history,) = await record.town.rows("SELECT id, kind, child_id FROM history")
    assert [str(history.id), str(history.child_id)] == [opened.json()["id"], opened.json()["child_id"]]


async def test_a_history_shows_what_is_due_in_it(record):
    await record.returned()
    read = await record.town.ask("reviews", "GET", PATH)
    assert (read.status_code, read.headers["etag"]) == (200, '"1"')
    due = {each["timescale"]: each["due_on"] for each in read.json()["deadlines"]}
    assert due["missing-rhi"] == "2026-11-24"


async def test_an_officer_s_reference_may_be_corrected(record):
    await record.town.put(PATH, {"kind": "officer", "officer": "iro-1"})
    body = {"kind": "officer", "officer": "iro-2"}
    unread = await record.town.ask("reviews", "PUT", PATH, body)
    assert refusal(unread) == (428, "if_match_required")
    corrected = await record.town.ask("reviews", "PUT", PATH, body, if_match='"1"')
    assert (corrected.json()["officer"], corrected.headers["etag"]) == ("iro-2", '"2"')


async def test_a_kind_and_a_child_never_change(record):
    await record.opened("protection")
    await record.town.put("/v1/children/C-2", {})
    for body in ({"kind": "court", "child": "C-1"}, {"kind": "protection", "child": "C-2"}):
        answer = await record.town.ask("reviews", "PUT", PATH, body, if_match='"1"')
        assert refusal(answer) == (422, "contradiction")
    assert (await record.town.ask("reviews", "GET", PATH)).json()["version"] == 1


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"kind": "protection"}, "contradiction"),
        ({"kind": "protection", "officer": "iro-1"}, "contradiction"),
        ({"kind": "protection", "child": "C-1", "officer": "iro-1"}, "contradiction"),
        ({"kind": "officer"}, "contradiction"),
        ({"kind": "officer", "child": "C-1"}, "contradiction"),
        ({"kind": "officer", "child": "C-1", "officer": "iro-1"}, "contradiction"),
        ({"kind": "care_period", "child": "C-1"}, "validation"),
        ({"kind": "escalation", "child": "C-1"}, "validation"),
        ({"kind": "holiday", "child": "C-1"}, "validation"),
    ],
)
async def test_a_history_of_nobody_or_of_no_known_kind_is_refused(record, body, code):
    await record.town.put("/v1/children/C-1", {})
    assert refusal(await record.town.ask("reviews", "PUT", PATH, body)) == (422, code)
    assert await record.town.rows("SELECT 1 FROM history") == []


async def test_a_history_of_an_unknown_child_is_refused(record):
    answer = await record.town.ask("reviews", "PUT", PATH, {"kind": "court", "child": "C-9"})
    assert refusal(answer) == (404, "not_found")


async def test_a_refusal_of_a_care_period_names_where_it_is_put(record):
    answer = await record.town.ask("reviews", "PUT", PATH, {"kind": "care_period", "child": "C-1"})
    assert "/v1/care_periods" in answer.json()["errors"][0]["message"]


async def test_a_protection_history_knows_the_birth_of_its_child(record):
    await record.opened("protection", date_of_birth="2026-10-01")
    await record.town.put("/v1/histories/H-2", {"kind": "court", "child": "C-1"})
    born = await record.town.rows("SELECT history_id FROM fact WHERE kind = 'child.born'")
    read = (await record.town.ask("reviews", "GET", PATH)).json()
    assert [str(row.history_id) for row in born] == [read["id"]]


async def test_four_who_open_one_history_at_once_open_one(record):
    await record.town.put("/v1/children/C-1", {})
    body = {"kind": "protection", "child": "C-1"}
    answers = await asyncio.gather(*(record.town.ask("reviews", "PUT", PATH, body) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]


async def test_what_concerns_an_officer_is_written_by_their_manager_and_read_by_no_social_worker(record):
    body = {"kind": "officer", "officer": "iro-1"}
    for role in (Role.IRO, Role.BUSINESS_SUPPORT):
        assert refusal(await record.town.ask("reviews", "PUT", PATH, body, role=role)) == (403, "forbidden")
    opened = await record.town.ask("reviews", "PUT", PATH, body, role=Role.IRO_MANAGER)
    assert opened.status_code == 201
    absent = await record.town.ask("reviews", "GET", PATH + "-none", role=Role.SOCIAL_WORKER)
    hidden = await record.town.ask("reviews", "GET", PATH, role=Role.SOCIAL_WORKER)
    assert (hidden.status_code, hidden.content) == (404, absent.content)
    assert (await record.town.ask("reviews", "GET", PATH, role=Role.IRO)).status_code == 200


async def test_what_an_officer_s_own_records_tell_is_not_reported_beside_them(record):
    await record.town.put(PATH, {"kind": "officer", "officer": "iro-1"})
    for kind, home in (("officer.started", "/v1/workers"), ("supervision.held", "/v1/supervisions")):
        answer = await record.tell("F-1", kind, "2026-11-02")
        assert refusal(answer) == (422, "has_its_own_record") and home in answer.json()["detail"]


async def test_a_reference_that_a_history_and_a_care_period_share_must_be_told_apart(record):
    await record.in_care()
    shared = await record.town.put("/v1/histories/CP-1", {"kind": "protection", "child": "C-1"})
    assert refusal(await record.tell("F-1", "visit.made", "2026-11-20")) == (422, "ambiguous_reference")
    record.history = shared.json()["id"]
    assert (await record.told("F-1", "visit.made", "2026-11-20"))["history_id"] == shared.json()["id"]
