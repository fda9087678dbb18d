"""A return that tells of what staff withdrew as a mistake brings it back; one that tells of a merged child says so."""

import pytest

from tests.imports.returns import Council, Return, counts, rejected

MISTAKE = {"because": "Entered by mistake."}
SAID = Return().child().episode("01/02/2025").review("20/02/2025")


async def withdraw(council: Council, path: str) -> None:
    answer = await council.town.ask("reviews", "POST", f"/v1/{path}/withdraw", MISTAKE)
    assert answer.status_code == 200, answer.text


async def test_a_review_that_was_withdrawn_comes_back_with_its_return(council: Council) -> None:
    await council.bring(SAID)
    before = (await council.state())["deadlines"]
    await withdraw(council, "reviews/C1-2025-02-20")
    assert (await council.state())["deadlines"] != before
    assert counts(await council.bring(SAID), "reviews") == (1, 0, 0)
    assert (await council.state())["deadlines"] == before
    assert counts(await council.bring(SAID), "reviews") == (0, 1, 0)
    assert await council.faults() == {}


async def test_a_care_period_that_was_withdrawn_comes_back_with_all_that_was_in_it(council: Council) -> None:
    await council.bring(SAID)
    before = await council.state()
    await withdraw(council, "reviews/C1-2025-02-20")
    await withdraw(council, "care_periods/C1-2025-02-01")
    assert (await council.state())["deadlines"] == []
    await council.bring(SAID)
    after = await council.state()
    for table in ("facts", "reviews", "deadlines"):
        assert after[table] == before[table], table
    assert await council.faults() == {}


async def test_a_child_who_was_withdrawn_comes_back_too(council: Council) -> None:
    await council.bring(Return().child())
    await withdraw(council, "children/C1")
    summary = await council.bring(SAID)
    assert (counts(summary, "header"), counts(summary, "reviews")) == ((1, 0, 0), (1, 0, 0))
    assert (await council.town.ask("reviews", "GET", "/v1/children/C1")).json()["withdrawn_at"] is None
    assert await council.faults() == {}


async def test_a_review_comes_back_into_the_period_that_covers_its_day(council: Council) -> None:
    await council.bring(Return().child().episode("01/02/2025").review("20/06/2025"))
    await withdraw(council, "reviews/C1-2025-06-20")
    said = Return().episode("01/02/2025", "01/05/2025").episode("01/06/2025").review("20/06/2025")
    await council.bring(said)
    held = {(row[0], row[1]) for row in (await council.state())["facts"] if row[2] == "review.held"}
    assert held == {("C1-2025-06-20", "C1-2025-06-01")}
    assert await council.faults() == {}


async def test_an_expected_child_is_born_by_the_return(council: Council) -> None:
    await council.town.put("/v1/children/C1", {"expected_on": "2012-06-01"})
    await council.bring(Return().child())
    child = (await council.town.ask("reviews", "GET", "/v1/children/C1")).json()
    assert (child["date_of_birth"], child["expected_on"]) == ("2012-06-05", None)


@pytest.fixture
async def merged(council: Council) -> Council:
    """C1 and C2 were returned as two children, and are one: C2's care follows on C1's."""
    said = (
        Return().child("C1").episode("01/02/2025", "01/06/2025", child="C1").review("20/02/2025", child="C1")
    )
    said.child("C2").episode("01/06/2025", child="C2").review("20/06/2025", child="C2")
    await council.bring(said)
    body = {"into": "C2", "because": "Returned twice."}
    answer = await council.town.ask("reviews", "POST", "/v1/children/C1/merge", body)
    assert answer.status_code == 200, answer.text
    return council


async def test_a_merged_child_is_returned_under_the_reference_that_stays(merged: Council) -> None:
    assert await merged.faults() == {}
    summary = await merged.bring(Return().child("C1").episode("01/02/2025", "01/06/2025", child="C1"))
    assert [code for *_, code in rejected(summary)] == ["child_merged", "child_merged"]


async def test_the_next_return_of_a_merged_child_loses_no_review(merged: Council) -> None:
    said = Return().child("C2").episode("01/02/2025", "01/06/2025", child="C2")
    said.episode("01/06/2025", child="C2").review("20/02/2025", child="C2").review("20/06/2025", child="C2")
    await merged.bring(said)
    held = {row[0] for row in (await merged.state())["facts"] if row[2] == "review.held"}
    assert held == {"C1-2025-02-20", "C2-2025-06-20"}
    assert await merged.faults() == {}


async def test_what_was_split_off_is_not_returned_under_the_old_reference(council: Council) -> None:
    await council.bring(SAID)
    body = {"records": ["C1-2025-02-01"], "to": {"reference": "C2"}, "because": "Another child's."}
    answer = await council.town.ask("reviews", "POST", "/v1/children/C1/split", body)
    assert answer.status_code == 200, answer.text
    assert await council.faults() == {}
    summary = await council.bring(SAID)
    assert [code for *_, code in rejected(summary)] == ["record_of_another", "no_care_period"]
    assert await council.faults() == {}
