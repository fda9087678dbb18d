"""Taking in an import: its rows are stored, and done afterwards."""

import asyncio
import json
from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.bulk.figures import ROWS
from services.reviews_api.bulk.lines import Line, read_lines
from services.reviews_api.bulk.models import BulkImport, Outcome
from services.reviews_api.bulk.order import in_turn
from shared.auth.principal import Principal
from shared.http.door import Door

# All in one statement: row by row, sending them takes longer than anything else that is done here.
STORE = text("""
    INSERT INTO bulk_import_row (authority_id, import_id, turn, line, record, reference, withdrawal, body, outcome,
                                 code, pointer, message)
    SELECT :authority, :import, turn, line, record, reference, withdrawal, CAST(body AS jsonb), outcome, code, pointer,
           message
    FROM unnest(CAST(:turns AS integer[]), CAST(:lines AS integer[]), CAST(:records AS text[]),
                CAST(:references AS text[]), CAST(:withdrawals AS boolean[]), CAST(:bodies AS text[]),
                CAST(:outcomes AS text[]), CAST(:codes AS text[]), CAST(:pointers AS text[]),
                CAST(:messages AS text[]))
         AS l(turn, line, record, reference, withdrawal, body, outcome, code, pointer, message)
""")


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
    columns = {
        "turns": list(range(len(lines))),
        "lines": [line.number for line in lines],
        "records": [line.record for line in lines],
        "references": [line.reference for line in lines],
        "withdrawals": [line.withdrawal for line in lines],
        "bodies": [None if line.body is None else json.dumps(line.body) for line in lines],
        "outcomes": [Outcome.REJECTED.value if line.refusal else None for line in lines],
        "codes": [line.refusal and line.refusal.code for line in lines],
        "pointers": [line.refusal and line.refusal.pointer for line in lines],
        "messages": [line.refusal and line.refusal.detail for line in lines],
    }
    await session.execute(STORE, {"authority": taken.authority_id, "import": taken.id, **columns})
