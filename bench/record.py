"""Writes the records that made-up histories of care tell of, each with the id by which its facts name it: children,
their care periods, officers, placements, reviews, checks between them, visits and milestones."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text

from bench.caseload import MadeUp
from bench.filling import CONFINE
from bench.ground import Ground
from shared.timescales.facts import Fact

PER_OFFICER = 80

Record = dict[str, Any]
Dated = Mapping[str, Fact]
"""The facts of one record, by kind."""

# The column of a review that a fact of this kind fills.
REVIEW_DAYS = {
    "review.scheduled": "scheduled_on",
    "review.held": "held_on",
    "review.decisions_issued": "decisions_issued_on",
    "review.record_completed": "record_completed_on",
    "review.record_distributed": "record_distributed_on",
}
MILESTONES = {
    "care_plan.completed": "care_plan",
    "pep.completed": "education_plan",
    "health_assessment.completed": "health_assessment",
}
PLACED = {"placement_type": "foster", "unregistered": False, "unregulated": False, "out_of_area": False}
VISITED = {"worker": "sw-1", "role": "social_worker", "kind": "visit", "mode": "in_person", "seen": True}
CHECKED = {"status": "completed", "finding": "on_track", "looked_at": ["plan"], "drifted": [], "done": []}


async def record(ground: Ground, council: str, batch: Sequence[MadeUp], first: int = 0) -> int:
    """Write the records of these periods of care, numbered from `first`: C-0 and so on, eighty to an officer, who are
    iro-0 and so on. Returns how many reviews there are of them."""
    tables: dict[str, list[Record]] = defaultdict(list)
    for number, each in enumerate(batch, first):
        for table, row in _records(number, each):
            tables[table].append(row | {"authority_id": council, "version": 1})
    async with ground.owner.begin() as connection:
        await connection.execute(CONFINE, {"a": council})
        for table, rows in tables.items():
            for columns, alike in _alike(rows).items():
                document = json.dumps(alike, default=str)
                await connection.execute(_insert(table, columns), {"rows": document})
    return len(tables["review"])


def _insert(table: str, columns: tuple[str, ...]) -> Any:
    names = ", ".join(columns)
    source = f"jsonb_populate_recordset(CAST(NULL AS {table}), CAST(:rows AS jsonb))"
    return text(f"INSERT INTO {table} ({names}) SELECT {names} FROM {source}")


def _alike(rows: Sequence[Record]) -> dict[tuple[str, ...], list[Record]]:
    """The rows by what they hold: a column that is not named gets its default."""
    alike: dict[tuple[str, ...], list[Record]] = defaultdict(list)
    for row in rows:
        alike[tuple(row)].append(row)
    return alike


def _records(number: int, each: MadeUp) -> Iterator[tuple[str, Record]]:
    by_record: dict[UUID, dict[str, Fact]] = defaultdict(dict)
    for fact in each.facts:
        by_record[fact.record][fact.kind] = fact
    officer = f"iro-{number // PER_OFFICER}"
    yield "child", _child(number, each, by_record.pop(each.child))
    yield "care_period", _period(number, each, by_record.pop(each.id))
    for told_of, dated in by_record.items():
        table, row = _of_care(each, dated, officer)
        yield table, {"id": told_of, "reference": f"{table}-{told_of}", "child_id": each.child} | row


def _child(number: int, each: MadeUp, dated: Dated) -> Record:
    named = {"reference": f"C-{number}", "display_name": f"Child C-{number}"}
    return {"id": each.child} | named | {"date_of_birth": dated["child.born"].on}


def _period(number: int, each: MadeUp, dated: Dated) -> Record:
    known = {"id": each.id, "reference": f"P-C-{number}", "child_id": each.child, "source": "case_system"}
    notified = dated["iro_service.notified"].at
    return known | {"started_on": dated["care_period.started"].on, "iro_notified_at": notified}


def _of_care(each: MadeUp, dated: Dated, officer: str) -> tuple[str, Record]:
    """The table of a record that tells these facts, and what it holds."""
    (kind, fact), period = next(iter(dated.items())), {"care_period_id": each.id}
    match kind.partition(".")[0]:
        case "iro":
            return "allocation", period | {"officer": officer, "allocated_at": fact.at}
        case "placement":
            return "placement", period | _placement(dated)
        case "review":
            return "review", period | _review(dated)
        case "midpoint_check":
            return "midpoint_check", period | CHECKED | {"officer": officer, "completed_on": fact.on}
        case "visit":
            return "visit", {"history_id": each.id} | VISITED | {"visited_on": fact.on, "seen_alone": "yes"}
        case _:
            milestone = {"kind": MILESTONES[kind], "completed_on": fact.on, "codes": {}}
            return "milestone", {"history_id": each.id} | milestone


def _placement(dated: Dated) -> Record:
    days = {"started_on": "placement.started", "notified_on": "placement.notified"}
    days["plan_completed_on"] = "placement_plan.completed"
    told = {column: dated[kind].on for column, kind in days.items() if kind in dated}
    return PLACED | {"intended_to_18": True, "designated_codes": {}} | told


def _review(dated: Dated) -> Record:
    status = "held" if "review.held" in dated else "planned"
    return {"status": status, "source": "case_system"} | {
        REVIEW_DAYS[kind]: fact.on for kind, fact in dated.items()
    }
