"""Supervision and observation: what an officer is owed themselves."""

import pytest

from tests.workforce.office import refusal

SUPERVISION = {"officer": "iro-1", "supervisor": "manager-1", "held_on": "2026-11-20"}
OBSERVATION = {"officer": "iro-1", "observer": "manager-1", "made_on": "2026-11-20", "observed": "conference"}
RECORDS = [("supervisions", SUPERVISION, "held_on"), ("observations", OBSERVATION, "made_on")]
CLOCKS = {"supervisions": "iro-supervision", "observations": "iro-practice-observation"}
NEXT = {"supervisions": "2026-12-20", "observations": "2027-05-20"}
BEFORE = {"supervisions": "2026-11-01", "observations": "2027-04-01"}


@pytest.mark.parametrize(("kind", "body", "day"), RECORDS)
async def test_it_meets_what_was_due_and_starts_the_next(office, kind, body, day):
    await office.started("iro-1")
    assert (await office.due("iro-1"))[CLOCKS[kind]] == BEFORE[kind]
    await office.town.put(f"/v1/{kind}/X-1", body)
    assert (await office.due("iro-1"))[CLOCKS[kind]] == NEXT[kind]
    assert await office.faults() == {}


@pytest.mark.parametrize(("kind", "body", "day"), RECORDS)
async def test_one_that_was_a_mistake_gives_the_date_back(office, kind, body, day):
    await office.started("iro-1")
    await office.town.put(f"/v1/{kind}/X-1", body)
    gone = await office.ask("POST", f"/v1/{kind}/X-1/withdraw", {"because": "Another officer's."})
    assert gone.status_code == 200
    assert (await office.due("iro-1"))[CLOCKS[kind]] == BEFORE[kind]
    assert (await office.read(f"/v1/{kind}"))["items"] == []
    assert await office.faults() == {}


@pytest.mark.parametrize(("kind", "body", "day"), RECORDS)
async def test_a_corrected_day_moves_the_next(office, kind, body, day):
    await office.started("iro-1")
    await office.town.put(f"/v1/{kind}/X-1", body)
    await office.town.put(f"/v1/{kind}/X-1", body | {day: "2026-11-13"}, if_match='"1"')
    assert (await office.due("iro-1"))[CLOCKS[kind]].endswith("-13")


@pytest.mark.parametrize(("kind", "body", "day"), RECORDS)
async def test_it_is_refused_for_nobody_for_no_officer_and_for_a_day_that_cannot_be(office, kind, body, day):
    assert refusal(await office.ask("PUT", f"/v1/{kind}/X-1", body)) == (404, "not_found")
    await office.started("iro-1")
    await office.started("sw-1", "social_worker")
    for fields, code in (
        ({"officer": "sw-1"}, "no_officer"),
        ({day: "2026-11-24"}, "in_the_future"),
        ({day: "2026-09-30"}, "contradiction"),
    ):
        assert refusal(await office.ask("PUT", f"/v1/{kind}/X-1", body | fields)) == (422, code)


@pytest.mark.parametrize(("kind", "body", "day"), RECORDS)
async def test_it_stays_the_officer_s_it_is(office, kind, body, day):
    await office.started("iro-1")
    await office.started("iro-2")
    await office.town.put(f"/v1/{kind}/X-1", body)
    moved = await office.ask("PUT", f"/v1/{kind}/X-1", body | {"officer": "iro-2"}, if_match='"1"')
    assert refusal(moved) == (422, "contradiction")


@pytest.mark.parametrize(("kind", "body", "day"), RECORDS)
async def test_they_are_listed_by_officer(office, kind, body, day):
    for officer in ("iro-1", "iro-2"):
        await office.started(officer)
        await office.town.put(f"/v1/{kind}/X-{officer}", body | {"officer": officer})
    found = await office.read(f"/v1/{kind}?officer=iro-2")
    assert [each["reference"] for each in found["items"]] == ["X-iro-2"]
    first = await office.read(f"/v1/{kind}?limit=1")
    assert len((await office.read(first["next"]))["items"]) == 1


async def test_supervision_among_officers_is_kept_and_moves_no_date(office):
    await office.started("iro-1")
    for kind in ("peer_group", "informal"):
        await office.town.put(f"/v1/supervisions/{kind}", SUPERVISION | {"kind": kind})
    assert (await office.due("iro-1"))["iro-supervision"] == "2026-11-01"
    assert len(await office.events("supervision.held")) == 2
    assert await office.faults() == {}
