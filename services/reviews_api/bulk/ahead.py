"""Reads what the rows of a batch are about, and what that rests on, in one statement for each kind of record."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.bulk.kinds import KINDS, RANK, named
from services.reviews_api.bulk.rows import Row
from services.reviews_api.known import Known
from services.reviews_api.record import Recorded, own_id, turn_of
from services.reviews_api.tombstones import Tombstones, withdrawn_before
from shared.db.among import among

# Every writer of several references takes turns in the order of their names.
TURNS = text("""
    SELECT pg_advisory_xact_lock(hashtextextended(name, 0))
    FROM (SELECT name FROM unnest(CAST(:names AS text[])) AS name ORDER BY name) AS turns
""")


async def read_ahead(
    session: AsyncSession, authority: str, rows: Sequence[Row], known: Known, *, turns: bool
) -> None:
    """Get to know the records that these rows of one kind are about, and those that their fields name, all of them
    locked: first what others rest on, and of each kind in the order of their references. `turns` takes turns with
    other writers of the same references, also where there is no record to lock yet."""
    kind = KINDS[rows[0].record].model
    for parent, references in _parents(rows).items():
        unknown = [each for each in references if (parent, each) not in known]
        await _read(session, authority, parent, unknown, known)
    own = sorted({row.reference for row in rows if own_id(row.reference) is None})
    if turns:
        await session.execute(TURNS, {"names": [turn_of(kind, authority, reference) for reference in own]})
    # One that was not there may have come before it was our turn.
    await _read(session, authority, kind, [each for each in own if not known.get((kind, each))], known)


async def tombstones_of(session: AsyncSession, authority: str, rows: Sequence[Row]) -> Tombstones:
    """In which version the source withdrew those of these records that it never told of."""
    names = {(KINDS[row.record].model.noun, row.reference) for row in rows}
    return await withdrawn_before(session, authority, names)


def _parents(rows: Sequence[Row]) -> dict[type[Recorded], set[str]]:
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        for kind, reference in named(row.record, row.body):
            if own_id(reference) is None:
                wanted[kind].add(reference)
    return {KINDS[kind].model: wanted[kind] for kind in sorted(wanted, key=RANK.__getitem__)}


async def _read(
    session: AsyncSession, authority: str, kind: type[Recorded], references: Sequence[str], known: Known
) -> None:
    if not references:
        return
    found = await session.scalars(
        select(kind)
        .where(kind.authority_id == authority, among(kind.reference, references))
        .order_by(kind.reference)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    known |= {(kind, reference): None for reference in references}
    known |= {(kind, record.reference): record for record in found}
