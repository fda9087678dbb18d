"""The case system tells twice and out of order, and says which of its versions it tells: the latest stands."""

from itertools import permutations

import pytest

from services.reviews_api.bulk.kinds import KINDS
from tests.http.test_examples import routes

PERIOD = "/v1/care_periods/CP-1"


def version(number, **fields):
    return {"child": "C-1", "started_on": f"2026-11-{number:02}", "source_version": number} | fields


@pytest.mark.parametrize("order", list(permutations([3, 5, 9])))
async def test_in_whatever_order_versions_arrive_the_latest_stands(town, order):
    await town.put("/v1/children/C-1", {})
    for number in (*order, order[0]):
        answer = await town.ask("reviews", "PUT", PERIOD, version(number))
        assert answer.status_code in (200, 201)
    assert (await town.ask("reviews", "GET", PERIOD)).json()["started_on"] == "2026-11-09"
    facts = await town.rows("SELECT happened_on FROM fact WHERE withdrawn_at IS NULL")
    assert [str(row.happened_on) for row in facts] == ["2026-11-09"]


async def test_an_earlier_version_changes_nothing_and_says_nothing(town):
    await town.put("/v1/children/C-1", {})
    await town.ask("reviews", "PUT", PERIOD, version(9))
    before = await town.rows("SELECT count(*) AS n FROM outbox_event")
    late = await town.ask("reviews", "PUT", PERIOD, version(5))
    assert (late.status_code, late.json()["started_on"]) == (200, "2026-11-09")
    assert await town.rows("SELECT count(*) AS n FROM outbox_event") == before


async def test_versions_may_be_told_by_the_time_of_the_change(town):
    await town.put("/v1/children/C-1", {})
    late = {"child": "C-1", "started_on": "2026-11-09", "source_at": "2026-11-09T10:00:00.000002Z"}
    early = late | {"started_on": "2026-11-05", "source_at": "2026-11-09T10:00:00.000001Z"}
    for body in (late, early):
        await town.ask("reviews", "PUT", PERIOD, body)
    assert (await town.ask("reviews", "GET", PERIOD)).json()["started_on"] == "2026-11-09"


async def test_the_same_content_under_a_later_version_holds_off_what_came_between(town):
    await town.put("/v1/children/C-1", {})
    await town.ask("reviews", "PUT", PERIOD, version(9))
    await town.ask("reviews", "PUT", PERIOD, version(9, source_version=20))
    await town.ask("reviews", "PUT", PERIOD, version(12))
    assert (await town.ask("reviews", "GET", PERIOD)).json()["started_on"] == "2026-11-09"


async def test_a_withdrawal_is_a_version_too(town):
    await town.put("/v1/children/C-1", {})
    await town.ask("reviews", "PUT", PERIOD, version(5))
    gone = {"because": "Merged.", "source_version": 7}
    for _ in range(2):
        answer = await town.ask("reviews", "POST", f"{PERIOD}/withdraw", gone)
        assert answer.status_code == 200
    await town.ask("reviews", "PUT", PERIOD, version(6))
    assert (await town.ask("reviews", "GET", PERIOD)).json()["withdrawn_at"] is not None
    await town.ask("reviews", "PUT", PERIOD, version(8))
    assert (await town.ask("reviews", "GET", PERIOD)).json()["withdrawn_at"] is None


async def test_without_a_version_a_change_needs_the_etag_as_ever(town):
    await town.put("/v1/children/C-1", {})
    await town.ask("reviews", "PUT", PERIOD, version(5))
    answer = await town.ask("reviews", "PUT", PERIOD, {"child": "C-1", "started_on": "2026-11-06"})
    assert answer.status_code == 428


@pytest.mark.parametrize("wrong", [-1, 1.5, "7", 2**53, True])
async def test_a_version_is_a_number_that_every_reader_keeps_exact(town, wrong):
    await town.put("/v1/children/C-1", {})
    answer = await town.ask("reviews", "PUT", PERIOD, version(5, source_version=wrong))
    assert answer.status_code == 422


async def test_one_way_of_counting_at_a_time(town):
    await town.put("/v1/children/C-1", {})
    both = version(5, source_at="2026-11-09T10:00:00Z")
    assert (await town.ask("reviews", "PUT", PERIOD, both)).status_code == 422


GONE = {"because": "Entered for the wrong child.", "source_version": 7}


async def test_a_withdrawal_that_comes_before_its_record_is_kept_for_it(town):
    await town.put("/v1/children/C-1", {})
    for _ in range(2):
        kept = await town.ask("reviews", "POST", f"{PERIOD}/withdraw", GONE)
        assert (kept.status_code, kept.content) == (204, b"")
    for number in (5, 7):
        refused = await town.ask("reviews", "PUT", PERIOD, version(number))
        assert (refused.status_code, refused.json()["type"].rsplit(":")[-1]) == (409, "withdrawn_at_source")
    assert (await town.ask("reviews", "PUT", PERIOD, version(9))).status_code == 201


async def test_a_withdrawal_that_is_asked_for_again_with_its_key_gets_its_answer_again(town):
    for _ in range(2):
        kept = await town.ask("reviews", "POST", f"{PERIOD}/withdraw", GONE, idempotency_key="one")
        assert (kept.status_code, kept.content) == (204, b"")


async def test_a_withdrawal_of_what_is_not_held_needs_a_version_to_be_kept(town):
    gone = await town.ask("reviews", "POST", f"{PERIOD}/withdraw", {"because": "x"})
    assert gone.status_code == 404
    assert await town.rows("SELECT 1 FROM tombstone") == []


async def test_a_withdrawal_before_its_record_is_kept_for_records_of_every_kind(town):
    found = [
        route for route in routes(town.apps["reviews"].routes) if route.path_format.endswith("/withdraw")
    ]
    able = sum(kind.withdraw_record is not None for kind in KINDS.values())
    for route in found:
        assert 204 in route.responses
        address = route.path_format.format(reference="X-1")
        assert (await town.ask("reviews", "POST", address, GONE)).status_code == 204, address
    assert len(await town.rows("SELECT 1 FROM tombstone WHERE reference = 'X-1'")) == len(found) == able
