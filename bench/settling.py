"""Writes the deadlines that made-up histories give, as if the engine had just worked them out and the sweep been by."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import text

from bench.caseload import MadeUp
from bench.filling import CONFINE
from bench.ground import Ground
from shared.clock import SystemClock
from shared.deadlines.difference import Occasion, opening
from shared.deadlines.law import Law
from shared.timescales.engine import Deadline, deadlines

CLOCK = SystemClock()
SHORT = ["Day 0 is a day like any other."]
COLUMNS = (
    ("id", "uuid"), ("history_id", "uuid"), ("child_id", "uuid"), ("timescale", "text"), ("anchor_id", "uuid"),
    ("version", "int"), ("revision", "int"), ("starts_on", "date"), ("starts_at", "timestamptz"), ("due_on", "date"),
    ("due_at", "timestamptz"), ("provisional", "boolean"), ("outcome", "text"), ("closed_on", "date"),
    ("closed_by", "text"), ("passing", "text"), ("law", "text"), ("historic", "boolean"),
    ("changed_at", "timestamptz"), ("next_alarm_at", "timestamptz"), ("alarms", "text"), ("reason", "text"),
)  # fmt: skip
NAMES = ", ".join(name for name, _ in COLUMNS[:-2])
ARRAYS = ", ".join(f"CAST(:{name} AS {kind}[])" for name, kind in COLUMNS)
STORE = text(f"""
    INSERT INTO deadline (authority_id, {NAMES}, alarms, reason)
    SELECT :a, {NAMES}, CAST(alarms AS timestamptz[]), CAST(reason AS jsonb)
    FROM unnest({ARRAYS}) AS d({NAMES}, alarms, reason)
""")
MISSED = text("""
    INSERT INTO breach (authority_id, deadline_id, version, due_at, recorded_at, historic)
    SELECT :a, id, version, due_at, :now, false FROM deadline
    WHERE authority_id = :a AND passing = 'breach' AND due_at <= :now
      AND outcome IN ('open', 'met_late', 'ended_unmet')
""")


async def store(
    ground: Ground, council: str, batch: Sequence[MadeUp], rules: Law, *, explained: bool = False
) -> int:
    """Write the deadlines of these histories; returns how many of them run and are still to come. With `explained`,
    those that are open have the reasons that the engine gives, and not a line for all."""
    owed = [(each, due) for each in batch for due in deadlines(each.facts, rules.catalogue, rules.calendar)]
    occasion = Occasion(CLOCK.now())
    rows = [_row(council, each, due, occasion, explained) for each, due in owed]
    async with ground.owner.begin() as connection:
        await connection.execute(CONFINE, {"a": council})
        await connection.execute(
            STORE, {"a": council} | {name: [row[name] for row in rows] for name, _ in COLUMNS}
        )
    return sum(row["outcome"] == "open" and row["due_at"] > occasion.now for row in rows)


async def sweep_by(ground: Ground, council: str) -> None:
    """What was missed is on record."""
    async with ground.owner.begin() as connection:
        await connection.execute(CONFINE, {"a": council})
        await connection.execute(MISSED, {"a": council, "now": CLOCK.now()})


async def tidy(ground: Ground) -> None:
    """The planner gets its figures."""
    async with ground.owner.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(text("VACUUM (ANALYZE)"))


def _row(council: str, each: MadeUp, due: Deadline, occasion: Occasion, explained: bool) -> dict[str, Any]:
    values = opening(council, each.id, each.child, due, occasion).values
    ahead = [at for at in values["alarms"] if at > occasion.now]
    written = "{" + ",".join(json.dumps(at.isoformat()) for at in ahead) + "}"
    reason = values["reason"] if explained and values["outcome"] == "open" else SHORT
    return values | {
        "alarms": written,
        "next_alarm_at": min(ahead, default=None),
        "reason": json.dumps(reason),
    }
