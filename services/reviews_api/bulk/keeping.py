"""Keeps what became of an import's rows: the result in place of the body, or another turn after the others."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.bulk.models import ACCEPTED, BulkImport, BulkImportRow, Outcome
from services.reviews_api.bulk.rows import Result
from services.reviews_api.bulk.rows import Row as Waiting

IMPORTS, ROWS_OF = BulkImport.__table__, BulkImportRow.__table__
# In one statement for any number of rows: row by row, each would be looked for among all of its import.
_ENDED = """
    FROM unnest(CAST(:lines AS integer[]), CAST(:outcomes AS text[]), CAST(:codes AS text[]),
                CAST(:pointers AS text[]), CAST(:messages AS text[])) AS e(line, outcome, code, pointer, message)
    WHERE r.authority_id = :authority AND r.import_id = :import AND r.line = e.line
"""
KEEP = text(f"""
    UPDATE bulk_import_row r
    SET body = NULL, outcome = e.outcome, code = e.code, pointer = e.pointer, message = e.message {_ENDED}
""")  # noqa: S608 - no words of others
POSTPONE = text(f"""
    UPDATE bulk_import_row r
    SET turn = r.turn + :rows, accepted_before = :accepted, code = e.code, pointer = e.pointer, message = e.message
    {_ENDED}
""")  # noqa: S608 - no words of others


async def keep(
    session: AsyncSession, one: Row[Any], done: Sequence[tuple[Waiting, Result]], now: datetime
) -> list[Result]:
    """Keep these results, and the import's progress; returns those that are final. A row that may still come right
    waits with its refusal until the others of its import have had their turn."""
    final = [each for each in done if not each[1].may_come_right]
    waiting = [each for each in done if each[1].may_come_right]
    if final:
        await session.execute(KEEP, _values(one, final))
    if waiting:
        again = {"rows": one.rows, "accepted": one.accepted}
        await session.execute(POSTPONE, _values(one, waiting) | again)
    results = [result for _, result in final]
    await session.execute(_progress(one, results, now))
    return results


def _values(one: Row[Any], done: Sequence[tuple[Waiting, Result]]) -> dict[str, Any]:
    return {
        "authority": one.authority_id,
        "import": one.id,
        "lines": [row.line for row, _ in done],
        "outcomes": [result.outcome.value for _, result in done],
        "codes": [result.code for _, result in done],
        "pointers": [result.pointer for _, result in done],
        "messages": [result.message for _, result in done],
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
        .execution_options(synchronize_session=False)
    )
