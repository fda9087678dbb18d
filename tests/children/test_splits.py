"""One record turns out to be of two children: what belongs to the other goes to them; and a merge can be undone."""

import pytest

from tests.children.twice import ALSO, TABLES
from tests.facts.record import refusal

BROTHER = {"reference": "C-3", "date_of_birth": "2016-03-04"}


async def test_a_merge_is_undone_by_a_split(twice, council):
    before, deadlines = await twice.owned(), await twice.deadlines()
    await twice.merge()
    answer = await twice.split("C-2", {"reference": "C-1"}, "CP-1", "H-1")
    assert (answer.status_code, answer.json()["kind"]) == (200, "split")
    after = await twice.owned()
    for table in set(TABLES + ALSO) - {"fact"}:
        assert after[table] == before[table], table
    assert await twice.deadlines() == deadlines
    page = await twice.page("C-1")
    assert (page["reference"], page["merged_into"]) == ("C-1", None)
    assert [each["reference"] for each in page["care_periods"]] == ["CP-1"]
    await twice.noticed()
    assert await council.faults() == {}


async def test_two_brothers_recorded_as_one_become_two(twice, council):
    await twice.merge()
    answer = await twice.split("C-2", BROTHER, "CP-1", "H-1")
    assert answer.status_code == 200
    brother = await twice.page("C-3")
    assert brother["date_of_birth"] == "2016-03-04"
    assert [each["reference"] for each in brother["care_periods"]] == ["CP-1"]
    assert [each["reference"] for each in brother["placements"]] == ["PL-1"]
    born = {
        (row.reference, str(row.happened_on))
        for row in await twice.town.rows(
            """SELECT c.reference, f.happened_on FROM fact f JOIN child c ON c.id = f.child_id
               WHERE f.kind = 'child.born' AND f.withdrawn_at IS NULL"""
        )
    }
    assert born == {("C-2", "2015-01-09"), ("C-3", "2016-03-04")}
    assert "child.split" in [row.type for row in await twice.town.rows("SELECT type FROM outbox_event")]
    await twice.noticed()
    assert await council.faults() == {}


async def test_a_care_period_of_the_wrong_child_goes_to_the_right_one(twice, council):
    await twice.split("C-1", {"reference": "C-2"}, "CP-1")
    assert [each["reference"] for each in (await twice.page("C-2"))["care_periods"]] == ["CP-1", "CP-2"]
    owned = await twice.owned()
    assert owned["history_record"] == {"C-1": 1, "C-2": 1} and owned["review"] == {"C-2": 2}
    await twice.noticed()
    assert await council.faults() == {}


async def test_a_record_with_nothing_in_it_that_was_merged_stands_again(twice, town):
    await town.put("/v1/children/C-3", {})
    await twice.merge("C-3", "C-1")
    assert (await twice.split("C-1", {"reference": "C-3"})).status_code == 200
    assert (await twice.page("C-3"))["merged_into"] is None


async def test_a_split_that_cannot_be_is_refused_and_nothing_moves(twice, town):
    before = await twice.owned()
    for to, records, expected in (
        ({"reference": "C-1"}, ["CP-1"], (422, "contradiction")),
        ({"reference": "C-2"}, ["CP-2"], (422, "contradiction")),
        ({"reference": "C-2"}, ["CP-9"], (404, "not_found")),
        ({"reference": "C-2"}, [], (422, "contradiction")),
        ({"reference": "C-2", "team": "T-1"}, ["CP-1"], (422, "contradiction")),
        (
            {"reference": "C-9", "date_of_birth": "2026-11-20", "expected_on": "2026-12-01"},
            ["CP-1"],
            (422, "validation"),
        ),
        ({}, ["CP-1"], (422, "validation")),
    ):
        assert refusal(await twice.split("C-1", to, *records)) == expected, (to, records)
    assert await twice.owned() == before
    assert await town.rows("SELECT 1 FROM child WHERE reference = 'C-9'") == []


async def test_nothing_goes_to_a_record_that_was_merged_elsewhere_or_withdrawn(twice, town):
    for number in (3, 4):
        await town.put(f"/v1/children/C-{number}", {})
    await twice.merge("C-3", "C-2")
    assert refusal(await twice.split("C-1", {"reference": "C-3"}, "CP-1")) == (409, "merged")
    await town.ask("reviews", "POST", "/v1/children/C-4/withdraw", {"because": "No such child."})
    assert refusal(await twice.split("C-1", {"reference": "C-4"}, "CP-1")) == (422, "withdrawn")


@pytest.mark.parametrize("seed", range(2))
async def test_merged_and_split_again_and_again_nothing_is_lost(twice, council, seed):
    deadlines = await twice.deadlines()
    for _ in range(2 + seed):
        await twice.merge()
        await twice.split("C-2", {"reference": "C-1"}, "CP-1", "H-1")
    assert await twice.deadlines() == deadlines
    await twice.noticed()
    assert await council.faults() == {}


DECIDED = {"review": "R-1", "what": "Find a tutor.", "owner": "sw-1"}


async def test_the_decisions_of_a_review_go_with_it(twice, council):
    await twice.town.put("/v1/decisions/D-1", DECIDED)
    assert (await twice.split("C-1", {"reference": "C-2"}, "CP-1")).status_code == 200
    listed = await twice.town.ask("reviews", "GET", "/v1/decisions?child=C-2")
    assert [each["reference"] for each in listed.json()["items"]] == ["D-1"]
    again = await twice.town.ask("reviews", "PUT", "/v1/decisions/D-1", DECIDED)
    assert again.status_code == 200, again.text
    await twice.noticed()
    assert await council.faults() == {}
