"""Works imports off, batch by batch: a row's effect and its result are one transaction. Cut off anywhere, nothing is
lost or done twice; any number of processes may work at once, one at a time for each authority."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, cast

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.bulk.batches import Batch, batch_session
from services.reviews_api.bulk.figures import ROWS
from services.reviews_api.bulk.keeping import IMPORTS, ROWS_OF, keep
from services.reviews_api.bulk.models import ACCEPTED, Outcome
from services.reviews_api.bulk.order import portions
from services.reviews_api.bulk.rows import Result
from services.reviews_api.bulk.rows import Row as Waiting
from shared.auth.principal import Principal, Role
from shared.db.authorities import authorities
from shared.db.session import take_long
from shared.http.door import Door
from shared.loops import answers_of_all, loops_beside, waited_out

POLL = 0.5  # seconds
BATCH = 500  # rows in one transaction

READ = (
    "line",
    "turn",
    "record",
    "reference",
    "withdrawal",
    "body",
    "accepted_before",
    "code",
    "pointer",
    "message",
)


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
    return sum(await answers_of_all("imports", served, lambda each: work_off(door, each)))


async def work_off(door: Door, authority: str) -> int:
    """Do the next batch of an authority's oldest import; a dry run is done whole. Returns how many rows were done,
    0 also where another process is at it."""
    async with batch_session(door.engine, authority) as session:
        one = await _claim(session, authority)
        if one is None:
            return 0
        await take_long(session)
        who = Principal(one.created_by, authority, frozenset({Role.CASE_SYSTEM}))
        batch = Batch(session, door, who, rehearsal=one.dry_run)
        rows = await _next_rows(session, one)
        results = await (_rehearse(batch, rows) if one.dry_run else _do_next(batch, one, rows))
        final = await keep(session, one, [(row, results[row.line]) for row in rows], door.clock.now())
    for result in final:
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
    """The rows to do next. Those that were refused have another turn only after every row had its first, and are never
    mixed with first turns."""
    query = (
        select(*(ROWS_OF.c[name] for name in READ))
        .where(ROWS_OF.c.authority_id == one.authority_id, ROWS_OF.c.import_id == one.id)
        .where(ROWS_OF.c.outcome.is_(None))
        .order_by(ROWS_OF.c.turn)
    )
    found = (await session.execute(query if one.dry_run else query.limit(BATCH))).all()
    return cast(
        Sequence[Waiting], [row for row in found if row.turn // one.rows == found[0].turn // one.rows]
    )


async def _do_next(batch: Batch, one: Row[Any], rows: Sequence[Waiting]) -> dict[int, Result]:
    """What became of each of these rows. Those that were refused stay so where nothing was accepted since."""
    if any(row.accepted_before != one.accepted for row in rows):
        return await _do(batch, rows)
    return {row.line: Result(Outcome.REJECTED, row.code, row.pointer, row.message) for row in rows}


async def _do(batch: Batch, rows: Sequence[Waiting]) -> dict[int, Result]:
    """What became of each of these rows, which are in the order of their turns, by line."""
    results: dict[int, Result] = {}
    for start in range(0, len(rows), BATCH):
        for portion in portions(rows[start : start + BATCH]):
            done = await batch.do(portion)
            results |= {row.line: result for row, result in zip(portion, done, strict=True)}
    return results


async def _rehearse(batch: Batch, rows: Sequence[Waiting]) -> dict[int, Result]:
    """The same, and nothing of it stays: so that later rows find what they rest on, all is done before it goes.
    Thousands of turns at once would fill the server's table of locks, and what does not stay needs none."""
    rehearsal = await batch.session.begin_nested()
    results: dict[int, Result] = {}
    while rows:
        done = await _do(batch, rows)
        results |= done
        helped = any(each.outcome in ACCEPTED for each in done.values())
        rows = [row for row in rows if helped and done[row.line].may_come_right]
    await rehearsal.rollback()
    return {line: replace(result, may_come_right=False) for line, result in results.items()}
