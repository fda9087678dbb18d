"""On what ground a child is looked after, from day to day."""

import pytest

from tests.facts.record import refusal

PATH = "/v1/legal_statuses/LS-1"


async def put(record, path=PATH, status="V2", from_on="2026-09-01", **fields):
    return await record.put(path, {"care_period": "CP-1", "status": status, "from_on": from_on} | fields)


async def test_a_change_of_legal_status_is_told_and_heard_of(record, council):
    assert (await put(record)).status_code == 201
    assert (await put(record, "/v1/legal_statuses/LS-2", "C1", "2026-10-12")).status_code == 201
    told = await record.town.rows(
        "SELECT happened_on, codes FROM fact WHERE kind = 'legal_status.changed' AND withdrawn_at IS NULL ORDER BY 1"
    )
    assert [(str(row.happened_on), row.codes["legal_status"]) for row in told] == [
        ("2026-09-01", "V2"),
        ("2026-10-12", "C1"),
    ]
    assert await record.events("legal_status.changed") == ["legal_status.changed"] * 2
    assert "facts_that_disagree" not in await council.faults()


async def test_a_corrected_status_is_told_anew_and_a_withdrawn_one_not_at_all(record):
    await put(record)
    await put(record, status="C2")
    told = "SELECT codes FROM fact WHERE kind = 'legal_status.changed' AND withdrawn_at IS NULL"
    assert [row.codes for row in await record.town.rows(told)] == [{"legal_status": "C2"}]
    await record.withdrawn("LS-1", "legal_statuses")
    assert await record.town.rows(told) == []
    assert (await put(record, status="C2")).json()["withdrawn_at"] is None


async def test_two_statuses_from_one_day_are_refused(record):
    await put(record)
    assert refusal(await put(record, "/v1/legal_statuses/LS-2", "C2")) == (422, "overlapping_legal_status")
    await record.withdrawn("LS-1", "legal_statuses")
    assert (await put(record, "/v1/legal_statuses/LS-2", "C2")).status_code == 201


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"status": "X9"}, "validation"),
        ({"from_on": "2026-08-31"}, "outside_care_period"),
        ({"from_on": "2026-11-24"}, "in_the_future"),
        ({"status": None}, "validation"),
    ],
)
async def test_a_status_that_cannot_be_is_refused(record, fields, code):
    assert refusal(await put(record, **fields)) == (422, code)
    assert await record.town.rows("SELECT 1 FROM legal_status") == []


async def test_statuses_are_listed_by_period_and_by_code(record):
    await put(record)
    await put(record, "/v1/legal_statuses/LS-2", "C1", "2026-10-12")
    ask = record.town.ask
    for asked, expected in (("care_period=CP-1", ["V2", "C1"]), ("status=C1", ["C1"]), ("status=E1", [])):
        page = (await ask("reviews", "GET", f"/v1/legal_statuses?{asked}")).json()
        assert [each["status"] for each in page["items"]] == expected
    assert (await ask("reviews", "GET", "/v1/legal_statuses?care_period=CP-9")).status_code == 404
    first = (await ask("reviews", "GET", "/v1/legal_statuses?limit=1")).json()
    rest = (await ask("reviews", "GET", first["next"])).json()
    assert [each["status"] for each in first["items"] + rest["items"]] == ["V2", "C1"]
