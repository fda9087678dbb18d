"""Withdrawals that came before what they withdraw: kept, so that it is not created by a version that is older."""

from collections.abc import Mapping, Sequence

from sqlalchemy import BigInteger, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from shared.db.base import Base
from shared.refusals import TransitionRefused

TOMBSTONES = (
    "duecare.tombstones"  # the name in the session's `info` of those that a batch has read beforehand
)
WITHDRAWN_AT_SOURCE = "withdrawn_at_source"


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
    session: AsyncSession, authority: str, noun: str, references: Sequence[str]
) -> dict[str, int]:
    """In which version the source withdrew those of these that it never told of."""
    found = await session.execute(
        select(Tombstone.reference, Tombstone.source_order)
        .where(Tombstone.authority_id == authority, Tombstone.record == noun.replace(" ", "_"))
        .where(Tombstone.reference.in_(references))
    )
    return {each.reference: each.source_order for each in found}


async def check_not_withdrawn_before(
    session: AsyncSession, authority: str, noun: str, reference: str, source_order: int | None
) -> None:
    """Raise TransitionRefused for a version of the source that an earlier withdrawal comes after."""
    if source_order is None:
        return
    found: Mapping[str, int] | None = session.info.get(TOMBSTONES)
    if found is None:
        found = await withdrawn_before(session, authority, noun, [reference])
    withdrawn = found.get(reference)
    if withdrawn is not None and source_order <= withdrawn:
        raise TransitionRefused(
            "The source has withdrawn this record in this version or a later one. A still later one may bring it.",
            code=WITHDRAWN_AT_SOURCE,
        )
