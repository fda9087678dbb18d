"""Withdrawals that came before what they withdraw: kept, so that it is not created by a version that is older."""

from collections.abc import Collection, Mapping

from sqlalchemy import BigInteger, func, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from shared.db.base import Base
from shared.refusals import TransitionRefused

TOMBSTONES = (
    "duecare.tombstones"  # the name in the session's `info` of those that a batch has read beforehand
)
WITHDRAWN_AT_SOURCE = "withdrawn_at_source"
Tombstones = Mapping[tuple[str, str], int]  # by record and reference
FOUND = text("""
    SELECT t.record, t.reference, t.source_order
    FROM unnest(CAST(:records AS text[]), CAST(:references AS text[])) AS name(record, reference)
    JOIN tombstone t ON t.authority_id = :authority AND t.record = name.record AND t.reference = name.reference
""")


class Tombstone(Base, kw_only=True):
    """A record that the source has withdrawn and never told of; `source_order` is the latest such version."""

    __tablename__ = "tombstone"

    authority_id: Mapped[str] = mapped_column(primary_key=True)
    record: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(primary_key=True)
    source_order: Mapped[int] = mapped_column(BigInteger)
    because: Mapped[str]


async def leave_tombstone(
    session: AsyncSession, authority: str, noun: str, reference: str, source_order: int, because: str
) -> None:
    """Keep a withdrawal of what is not held; of two, the later version stands."""
    new = insert(Tombstone).values(
        authority_id=authority,
        record=noun.replace(" ", "_"),
        reference=reference,
        source_order=source_order,
        because=because,
    )
    later = func.greatest(Tombstone.source_order, new.excluded.source_order)
    await session.execute(
        new.on_conflict_do_update(
            index_elements=["authority_id", "record", "reference"], set_={"source_order": later}
        )
    )


async def withdrawn_before(
    session: AsyncSession, authority: str, names: Collection[tuple[str, str]]
) -> Tombstones:
    """In which version the source withdrew those of these that it never told of, each named by noun and reference."""
    records = [noun.replace(" ", "_") for noun, _ in names]
    references = [reference for _, reference in names]
    asked = {"authority": authority, "records": records, "references": references}
    return {(row.record, row.reference): row.source_order for row in await session.execute(FOUND, asked)}


async def check_not_withdrawn_before(
    session: AsyncSession, authority: str, noun: str, reference: str, source_order: int | None
) -> None:
    """Raise TransitionRefused for a version of the source that an earlier withdrawal comes after."""
    if source_order is None:
        return
    found: Tombstones | None = session.info.get(TOMBSTONES)
    if found is None:
        found = await withdrawn_before(session, authority, [(noun, reference)])
    withdrawn = found.get((noun.replace(" ", "_"), reference))
    if withdrawn is not None and source_order <= withdrawn:
        raise TransitionRefused(
            "The source has withdrawn this record in this version or a later one. A still later one may bring it.",
            code=WITHDRAWN_AT_SOURCE,
        )
