"""Keeps what became of an import's rows: the result in place of the body, or another turn after the others."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, null, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.bulk.models import ACCEPTED, BulkImport, BulkImportRow, Outcome
from services.reviews_api.bulk.rows import Result
from services.reviews_api.bulk.rows import Row as Waiting

IMPORTS, ROWS_OF = BulkImport.__table__, BulkImportRow.__table__
REFUSAL: dict[str, Any] = {name: bindparam(f"is_{name}") for name in ("code", "pointer", "message")}


async def keep(
    session: AsyncSession, one: Row[Any], done: Sequence[tuple[Waiting, Result]], now: datetime
) -> list[Result]:
    """Keep these results, and the import's progress; returns those that are final. A row that may still come right
    waits with its refusal until the others of its import have had their turn."""
    final = [each for each in done if not each[1].may_come_right]
    waiting = [each for each in done if each[1].may_come_right]
    mine = (ROWS_OF.c.authority_id == one.authority_id) & (ROWS_OF.c.import_id == one.id)
    this = update(BulkImportRow).where(mine & (ROWS_OF.c.line == bindparam("at_line")))
    forgotten = this.values(body=null(), outcome=bindparam("is_outcome"), **REFUSAL)
    later = this.values(turn=ROWS_OF.c.turn + one.rows, accepted_before=one.accepted, **REFUSAL)
    connection = await session.connection()
    for statement, rows in ((forgotten, final), (later, waiting)):
        if rows:
            await connection.execute(statement, [_values(row, result) for row, result in rows])
    results = [result for _, result in final]
    await connection.execute(_progress(one, results, now))
    return results


def _values(row: Waiting, result: Result) -> dict[str, Any]:
    return {
        "at_line": row.line,
        "is_outcome": result.outcome,
        "is_code": result.code,
        "is_pointer": result.pointer,
        "is_message": result.message,
    }


def _progress(one: Row[Any], results: Sequence[Result], now: datetime) -> Any:
    ended = Counter(result.outcome for result in results)
    counts = {
        "accepted": sum(ended[outcome] for outcome in ACCEPTED),
        "unchanged": ended[Outcome.UNCHANGED],
        "superseded": ended[Outcome.SUPERSEDED],
        "rejected": ended[Outcome.REJECTED],
        "done": len(results),
    }
    values: dict[str, Any] = {name: IMPORTS.c[name] + count for name, count in counts.items()}
    if one.done + len(results) == one.rows:
        values["finished_at"] = now
    return (
        update(BulkImport)
        .where(IMPORTS.c.authority_id == one.authority_id, IMPORTS.c.id == one.id)
        .values(values)
    )
