"""What was reported and granted stands beside what a return brings, and a recount finds it as it was told."""

from pathlib import Path

import pytest
from sqlalchemy import text

from tests.facts.record import APPROVAL, INTERVIEW, PAUSE, SUPERVISION, Record
from tests.imports.returns import Council, Return


@pytest.fixture
def council(record: Record, tmp_path: Path) -> Council:
    """The same council, when a return is brought."""
    return Council(record.town, tmp_path / "return")


async def standing(record: Record, kind: str) -> list[str]:
    """The days of the standing facts of a kind."""
    rows = await record.town.rows(
        "SELECT happened_on FROM fact WHERE kind = :k AND withdrawn_at IS NULL ORDER BY 1", k=kind
    )
    return [str(row.happened_on) for row in rows]


async def test_a_return_that_brings_reviews_leaves_what_was_reported_about_them(record, council):
    said = Return().child().episode("01/09/2026").review("20/09/2026")
    await council.bring(said)
    (review,) = await record.town.rows("SELECT reference FROM review")
    record.history = "C1-2026-09-01"
    known = {"care_period": record.history, "held_on": "2026-09-20", "participation": "PN1"}
    path = f"/v1/reviews/{review.reference}"
    await record.town.put(path, known | {"decisions_issued_on": "2026-09-24"}, if_match="*")
    await record.told("F-break", "short_break.began", "2026-09-01")
    await council.bring(said.review("20/11/2026"))
    assert await standing(record, "review.held") == ["2026-09-20", "2026-11-20"]
    assert await standing(record, "review.decisions_issued") == ["2026-09-24"]
    assert await standing(record, "short_break.began") == ["2026-09-01"]


async def test_a_return_tells_a_birth_to_the_protection_history_too(record, council):
    await record.town.put("/v1/children/C1", {})
    await record.town.put("/v1/histories/H-1", {"kind": "protection", "child": "C1"})
    await record.town.put("/v1/children/C1", {"date_of_birth": "2027-01-20"}, if_match="*")  # expected then
    plan = {"child": "C1", "started_on": "2026-10-12", "initial_category": "NEG"}
    await record.town.put("/v1/protection_plans/P-1", plan)
    assert await record.due("rcpc-first-prebirth") == [("2027-01-12", "open")]
    await council.bring(Return().child(born="16/11/2026").episode("17/11/2026"))
    assert await record.due("rcpc-first-prebirth") == [("2026-12-14", "open")]
    assert "facts_that_disagree" not in await council.faults()


async def everything(record: Record) -> None:
    """An officer, a missing episode and a care period, with something granted in each, and a fact taken back."""
    await record.officer()
    await record.granted("X-1", SUPERVISION, "pause", **PAUSE)
    await record.returned_in("H-2")
    await record.granted("X-2", INTERVIEW, "waiver")
    await record.approved()
    await record.granted("X-3", APPROVAL, "extension", until_on="2027-01-10")
    await record.withdrawn("X-3", "exemptions")
    await record.told("F-break", "short_break.began", "2026-09-01")
    await record.told("F-ended", "short_break.ended", "2026-11-01", about="F-break")
    await record.told("F-visit", "visit.made", "2026-10-01")
    await record.withdrawn("F-visit")
    await record.sweep()


async def test_a_recount_finds_nothing_wrong(record, council):
    await everything(record)
    assert await council.faults() == {}


@pytest.mark.parametrize(
    "planted",
    [
        "UPDATE reported_fact SET happened_on = happened_on - 1 WHERE reference = 'F-ended'",
        "UPDATE reported_fact SET withdrawn_at = now() WHERE reference = 'F-break'",
        "UPDATE reported_fact SET withdrawn_at = NULL WHERE reference = 'F-visit'",
        "UPDATE exemption SET granted_on = granted_on - 1 WHERE reference = 'X-1'",
        "UPDATE exemption SET withdrawn_at = NULL WHERE reference = 'X-3'",
    ],
)
async def test_a_recount_finds_a_record_that_its_fact_does_not_bear_out(record, council, planted):
    await everything(record)
    async with record.town.owner.begin() as connection:
        await connection.execute(
            text("SELECT set_config('duecare.authority', :a, true)"), {"a": record.town.authority}
        )
        await connection.execute(text(planted))
    assert await council.faults() == {"facts_that_disagree": 1}
