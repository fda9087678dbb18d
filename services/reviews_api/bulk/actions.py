"""Taking in an import: its rows are stored, and done afterwards."""

import asyncio
from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.bulk.figures import ROWS
from services.reviews_api.bulk.lines import Line, read_lines
from services.reviews_api.bulk.models import BulkImport, BulkImportRow, Outcome
from services.reviews_api.bulk.order import in_turn
from shared.auth.principal import Principal
from shared.http.door import Door

AT_ONCE = 1000  # rows in one statement


async def take_import(
    session: AsyncSession, door: Door, who: Principal, content: bytes, *, dry_run: bool
) -> BulkImport:
    """Store the rows of a file. Raises Contradiction for none, or too many; a line that is none is its own
    rejection."""
    lines = await asyncio.to_thread(lambda: in_turn(read_lines(content)))
    now = door.clock.now()
    rejected = sum(line.refusal is not None for line in lines)
    taken = BulkImport(
        authority_id=who.authority,
        created_at=now,
        created_by=who.subject,
        dry_run=dry_run,
        rows=len(lines),
        done=rejected,
        rejected=rejected,
        finished_at=now if rejected == len(lines) else None,
    )
    session.add(taken)
    await session.flush()
    await _store(session, taken, lines)
    ROWS.labels(Outcome.REJECTED).inc(rejected)
    return taken


async def _store(session: AsyncSession, taken: BulkImport, lines: Sequence[Line]) -> None:
    rows = [_row(taken, line, turn) for turn, line in enumerate(lines)]
    for start in range(0, len(rows), AT_ONCE):
        await session.execute(
            insert(BulkImportRow).execution_options(render_nulls=True), rows[start : start + AT_ONCE]
        )


def _row(taken: BulkImport, line: Line, turn: int) -> dict[str, Any]:
    refusal = line.refusal
    return {
        "authority_id": taken.authority_id,
        "import_id": taken.id,
        "line": line.number,
        "turn": turn,
        "record": line.record,
        "reference": line.reference,
        "withdrawal": line.withdrawal,
        "body": line.body,
        "outcome": Outcome.REJECTED if refusal else None,
        "code": refusal.code if refusal else None,
        "pointer": refusal.pointer if refusal else None,
        "message": refusal.detail if refusal else None,
    }
