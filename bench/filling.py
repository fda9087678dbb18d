"""Writes a made-up caseload into the database: its histories and facts, and no deadline."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bench.caseload import MadeUp
from shared.db.base import new_id

BATCH = 2_000

COUNCIL = text("INSERT INTO authority (authority_id, name) VALUES (:a, :a) ON CONFLICT DO NOTHING")
CONFINE = text("SELECT set_config('duecare.authority', :a, true)")
HISTORIES = text("""
    INSERT INTO history (authority_id, id, kind, child_id)
    SELECT :a, * FROM unnest(CAST(:ids AS uuid[]), CAST(:kinds AS text[]), CAST(:children AS uuid[]))
""")
FACTS = text("""
    INSERT INTO fact (authority_id, id, history_id, child_id, kind, record_id, happened_on, happened_at, codes,
                      recorded_at)
    SELECT :a, f.id, f.history, f.child, f.kind, f.record, f.on_day, f.at, CAST(f.codes AS jsonb),
           CAST(:now AS timestamptz)
    FROM unnest(CAST(:ids AS uuid[]), CAST(:histories AS uuid[]), CAST(:children AS uuid[]),
                CAST(:kinds AS text[]), CAST(:records AS uuid[]), CAST(:days AS date[]),
                CAST(:instants AS timestamptz[]), CAST(:codes AS text[]))
         AS f(id, history, child, kind, record, on_day, at, codes)
""")


async def fill(
    engine: AsyncEngine, authority: str, caseload: Iterable[MadeUp], now: datetime, *, tidy: bool = True
) -> int:
    """Write the caseload of one council; returns how many facts it has. With `tidy`, the planner gets its figures."""
    told, coming = 0, iter(caseload)
    async with engine.begin() as connection:
        await connection.execute(COUNCIL, {"a": authority})
    while batch := list(islice(coming, BATCH)):
        async with engine.begin() as connection:
            await connection.execute(CONFINE, {"a": authority})
            told += await _write(connection, authority, batch, now)
    if tidy:
        async with engine.connect() as connection:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            await connection.execute(text("VACUUM (ANALYZE) fact, history"))
    return told


async def _write(connection: AsyncConnection, authority: str, batch: Sequence[MadeUp], now: datetime) -> int:
    histories = {
        "ids": [each.id for each in batch],
        "kinds": [each.kind for each in batch],
        "children": [each.child for each in batch],
    }
    await connection.execute(HISTORIES, {"a": authority} | histories)
    facts = [(each, fact) for each in batch for fact in each.facts]
    told = {
        "ids": [new_id() for _ in facts],
        "histories": [each.id for each, _ in facts],
        "children": [each.child for each, _ in facts],
        "kinds": [fact.kind for _, fact in facts],
        "records": [fact.record for _, fact in facts],
        "days": [fact.on for _, fact in facts],
        "instants": [fact.at for _, fact in facts],
        "codes": [json.dumps(dict(fact.codes)) for _, fact in facts],
    }
    await connection.execute(FACTS, {"a": authority, "now": now} | told)
    return len(facts)
