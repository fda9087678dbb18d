"""Works imports off, batch by batch: a row's effect and its result are one transaction. Cut off anywhere, nothing is
lost or done twice; any number of processes may work at once, one at a time for each authority."""

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Row, bindparam, null, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.bulk.batches import Batch, PatientSession, batch_session
from services.reviews_api.bulk.figures import ROWS
from services.reviews_api.bulk.models import ACCEPTED, BulkImport, BulkImportRow, Outcome
from services.reviews_api.bulk.order import portions
from services.reviews_api.bulk.rows import Result
from services.reviews_api.bulk.rows import Row as Waiting
from shared.auth.principal import Principal, Role
from shared.db.authorities import authorities
from shared.http.door import Door
from shared.loops import loops_beside, waited_out

POLL = 0.5  # seconds
BATCH = 250  # rows in one transaction

IMPORTS, ROWS_OF = BulkImport.__table__, BulkImportRow.__table__
READ = ("line", "record", "reference", "withdrawal", "body")


@asynccontextmanager
async def working(door: Door, leave: Callable[[int], object] = os._exit) -> AsyncIterator[None]:
    """Work imports off beside the service's requests."""

    async def keep_working() -> None:
        while True:
            if not await waited_out("imports", lambda: work_off_once(door)):
                await asyncio.sleep(POLL)

    async with loops_beside(leave) as loops:
        loops.start("reviews_api works imports off", keep_working)
        yield


async def work_off_once(door: Door) -> int:
    """Do the next batch of every authority's oldest import; returns how many rows were done."""
    served = await authorities(door.engine)
    return sum([await work_off(door, authority) for authority in served])


async def work_off(door: Door, authority: str) -> int:
    """Do the next batch of an authority's oldest import; a dry run is done whole. Returns how many rows were done,
    0 also where another process is at it."""
    async with batch_session(door.engine, authority) as session:
        one = await _claim(session, authority)
        if one is None:
            return 0
        who = Principal(one.created_by, authority, frozenset({Role.CASE_SYSTEM}))
        batch = Batch(session, door, who, rehearsal=one.dry_run)
        rows = await _next_rows(session, one)
        results = await (_rehearse(batch, rows) if one.dry_run else _do(batch, rows))
        await _keep(session, one, rows, results, door.clock.now())
    for result in results:
        ROWS.labels(result.outcome).inc()
    return len(rows)


async def _claim(session: AsyncSession, authority: str) -> Row[Any] | None:
    """The import whose turn it is: what was sent first may be what the next rests on."""
    unfinished = select(IMPORTS).where(IMPORTS.c.authority_id == authority, IMPORTS.c.finished_at.is_(None))
    oldest = (await session.execute(unfinished.order_by(IMPORTS.c.id).limit(1))).first()
    if oldest is None:
        return None
    mine = unfinished.where(IMPORTS.c.id == oldest.id).with_for_update(skip_locked=True)
    return (await session.execute(mine)).first()


async def _next_rows(session: AsyncSession, one: Row[Any]) -> Sequence[Waiting]:
    query = (
        select(*(ROWS_OF.c[name] for name in READ))
        .where(ROWS_OF.c.authority_id == one.authority_id, ROWS_OF.c.import_id == one.id)
        .where(ROWS_OF.c.outcome.is_(None))
        .order_by(ROWS_OF.c.turn)
    )
    found = await session.execute(query if one.dry_run else query.limit(BATCH))
    return cast(Sequence[Waiting], found.all())


async def _do(batch: Batch, rows: Sequence[Waiting]) -> list[Result]:
    """What became of each of these rows, which are in the order of their turns."""
    results: dict[int, Result] = {}
    for start in range(0, len(rows), BATCH):
        for portion in portions(rows[start : start + BATCH]):
            done = await batch.do(portion)
            results |= {row.line: result for row, result in zip(portion, done, strict=True)}
    return [results[row.line] for row in rows]


async def _rehearse(batch: Batch, rows: Sequence[Waiting]) -> list[Result]:
    """The same, and nothing of it stays: so that later rows find what they rest on, all is done before it goes.
    Thousands of turns at once would fill the server's table of locks, and what does not stay needs none."""
    rehearsal = await batch.session.begin_nested()
    results = await _do(batch, rows)
    await rehearsal.rollback()
    return results


async def _keep(
    session: PatientSession, one: Row[Any], rows: Sequence[Waiting], results: Sequence[Result], now: datetime
) -> None:
    """Each row's result in place of its body, and the import's progress."""
    connection = await session.connection()
    done = (
        update(BulkImportRow)
        .where(ROWS_OF.c.authority_id == one.authority_id, ROWS_OF.c.import_id == one.id)
        .where(ROWS_OF.c.line == bindparam("at_line"))
        .values(
            body=null(),
            outcome=bindparam("is_outcome"),
            code=bindparam("is_code"),
            pointer=bindparam("is_pointer"),
            message=bindparam("is_message"),
        )
    )
    written = [
        {
            "at_line": row.line,
            "is_outcome": result.outcome,
            "is_code": result.code,
            "is_pointer": result.pointer,
            "is_message": result.message,
        }
        for row, result in zip(rows, results, strict=True)
    ]
    if written:
        await connection.execute(done, written)
    await connection.execute(_progress(one, results, now))


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
