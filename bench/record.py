"""Writes the records that made-up histories of care tell of: children, their care periods, officers and reviews."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import text

from bench.caseload import MadeUp
from bench.filling import CONFINE
from bench.ground import Ground
from shared.timescales.facts import Fact

PER_OFFICER = 80

CHILDREN = text("""
    INSERT INTO child (authority_id, id, reference, version, display_name)
    SELECT :a, id, reference, 1, 'Child ' || reference
    FROM unnest(CAST(:ids AS uuid[]), CAST(:references AS text[])) AS c(id, reference)
""")
PERIODS = text("""
    INSERT INTO care_period (authority_id, id, reference, version, child_id, started_on, source)
    SELECT :a, id, 'P-' || reference, 1, child, started_on, 'case_system'
    FROM unnest(CAST(:ids AS uuid[]), CAST(:references AS text[]), CAST(:children AS uuid[]),
                CAST(:days AS date[])) AS p(id, reference, child, started_on)
""")
ALLOCATIONS = text("""
    INSERT INTO allocation (authority_id, id, reference, version, child_id, care_period_id, officer, allocated_at)
    SELECT :a, id, 'A-' || reference, 1, child, period, officer, at
    FROM unnest(CAST(:ids AS uuid[]), CAST(:references AS text[]), CAST(:children AS uuid[]),
                CAST(:periods AS uuid[]), CAST(:officers AS text[]), CAST(:instants AS timestamptz[]))
         AS a(id, reference, child, period, officer, at)
""")
REVIEWS = text("""
    INSERT INTO review (authority_id, id, reference, version, child_id, care_period_id, status, scheduled_on, held_on,
                        source)
    SELECT :a, id, 'R-' || id, 1, child, period, CASE WHEN held THEN 'held' ELSE 'planned' END,
           CASE WHEN NOT held THEN on_day END, CASE WHEN held THEN on_day END, 'case_system'
    FROM unnest(CAST(:ids AS uuid[]), CAST(:children AS uuid[]), CAST(:periods AS uuid[]), CAST(:days AS date[]),
                CAST(:helds AS boolean[])) AS r(id, child, period, on_day, held)
""")


async def record(ground: Ground, council: str, batch: Sequence[MadeUp], first: int = 0) -> int:
    """Write the records of these periods of care, numbered from `first`: C-0 and so on, eighty to an officer, who are
    iro-0 and so on. Returns how many reviews there are of them."""
    named = [
        (f"C-{number}", f"iro-{number // PER_OFFICER}", each) for number, each in enumerate(batch, first)
    ]
    reviews = _reviews(batch)
    async with ground.owner.begin() as connection:
        await connection.execute(CONFINE, {"a": council})
        for sql, values in (
            (CHILDREN, {"ids": [each.child for each in batch], "references": [name for name, _, _ in named]}),
            (PERIODS, _periods(named)),
            (ALLOCATIONS, _allocations(named)),
            (REVIEWS, reviews),
        ):
            await connection.execute(sql, {"a": council} | values)
    return len(reviews["ids"])


def _periods(named: Sequence[tuple[str, str, MadeUp]]) -> dict[str, list[Any]]:
    return {
        "ids": [each.id for _, _, each in named],
        "references": [name for name, _, _ in named],
        "children": [each.child for _, _, each in named],
        "days": [_first(each, "care_period.started").on for _, _, each in named],
    }


def _allocations(named: Sequence[tuple[str, str, MadeUp]]) -> dict[str, list[Any]]:
    told = [(name, officer, each, _first(each, "iro.allocated")) for name, officer, each in named]
    return {
        "ids": [fact.record for _, _, _, fact in told],
        "references": [name for name, _, _, _ in told],
        "children": [each.child for _, _, each, _ in told],
        "periods": [each.id for _, _, each, _ in told],
        "officers": [officer for _, officer, _, _ in told],
        "instants": [fact.at for _, _, _, fact in told],
    }


def _reviews(batch: Sequence[MadeUp]) -> dict[str, list[Any]]:
    kinds = ("review.held", "review.scheduled")
    told = [(each, fact) for each in batch for fact in each.facts if fact.kind in kinds]
    return {
        "ids": [fact.record for _, fact in told],
        "children": [each.child for each, _ in told],
        "periods": [each.id for each, _ in told],
        "days": [fact.on for _, fact in told],
        "helds": [fact.kind == "review.held" for _, fact in told],
    }


def _first(each: MadeUp, kind: str) -> Fact:
    return next(fact for fact in each.facts if fact.kind == kind)
