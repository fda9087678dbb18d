"""Merging two records of one child, and splitting one record that is of two."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.children.births import birth
from services.reviews_api.children.models import Child
from services.reviews_api.children.queries import surviving
from services.reviews_api.exemptions.models import Exemption
from services.reviews_api.histories.queries import home_of
from services.reviews_api.merges.models import ChildMerge, MergeKind
from services.reviews_api.merges.moving import Handover, move
from services.reviews_api.merges.schemas import MergeBody, Receiver, SplitBody
from services.reviews_api.record import find, get, write
from services.reviews_api.timeline import TellsFacts, tell
from shared.auth.principal import Principal
from shared.db.base import new_id
from shared.deadlines.models import History
from shared.events.care_events import ChildMerged, ChildSplit, ChildUpserted
from shared.events.language import Event
from shared.http.door import Door
from shared.refusals import Contradiction, TransitionRefused


async def merge_child(
    session: AsyncSession, door: Door, who: Principal, reference: str, body: MergeBody
) -> ChildMerge:
    """Everything recorded of this child is the other's, who takes over what only this record knew.

    Raises NotFound, Contradiction where both are the same record, TransitionRefused for one that was merged before.
    """
    merged = await get(session, Child, who.authority, reference)
    merged.must_be_nobody_else()
    survivor = await surviving(session, who.authority, body.into)
    if merged.id == survivor.id:
        raise Contradiction("A record is not merged into itself.", pointer="/into")
    await _lock(session, [merged, survivor])
    for child, pointer in ((merged, None), (survivor, "/into")):
        child.must_stand(pointer)
        child.must_be_nobody_else()
    moved, held = await _histories(session, merged), await _histories(session, survivor)
    exemptions = await move(session, Handover(who.authority, merged.id, survivor.id, {*moved, *held}))
    survivor.take_over(merged)
    done = _record(session, door, who, MergeKind.MERGE, merged, survivor, moved, body.because)
    told = ChildMerged(subject_id=done.id, child_id=survivor.id, occasion=new_id(), merged_child_id=merged.id)
    await _tell(session, door, [merged, survivor], exemptions, {*moved, *held}, [told])
    return done


async def split_child(
    session: AsyncSession, door: Door, who: Principal, reference: str, body: SplitBody
) -> ChildMerge:
    """Some care periods and histories are another child's: one who is held, who was merged into this one, or who is
    new.

    Raises NotFound, Contradiction for records of somebody else, TransitionRefused for a child merged elsewhere.
    """
    child = await surviving(session, who.authority, reference)
    target, events = await _receiver(session, who.authority, child, body.to)
    await _lock(session, [child, target])
    child.must_stand()
    child.must_be_nobody_else()
    again = target.merged_into_id is not None
    moved = await _named(session, who.authority, child, body.records, may_be_none=again)
    if again:
        target.stand_again()
    held = {*await _histories(session, child), *await _histories(session, target)}
    exemptions = await move(session, Handover(who.authority, child.id, target.id, held, moved))
    done = _record(session, door, who, MergeKind.SPLIT, child, target, moved, body.because)
    told = ChildSplit(subject_id=done.id, child_id=child.id, occasion=new_id(), to_child_id=target.id)
    await _tell(session, door, [child, target], exemptions, held, [*events, told])
    return done


async def _receiver(
    session: AsyncSession, authority: str, child: Child, to: Receiver
) -> tuple[Child, list[Event]]:
    """The child that the records belong to, and what is said of them where they are new."""
    target = await find(session, Child, authority, to.reference)
    if target is None:
        written = await write(
            session, Child, authority, to.reference, {}, to.values("reference"), to.given(None)
        )
        new = written.record
        return new, [ChildUpserted(subject_id=new.id, child_id=new.id, occasion=new_id())]
    if target.id == child.id:
        raise Contradiction("These records are this child's already.", pointer="/to/reference")
    if to.says_more:
        raise Contradiction(
            "This child is held already: give the reference alone, and PUT the child to change it.",
            pointer="/to",
        )
    target.must_stand("/to/reference")
    if (
        target.merged_into_id is not None
        and (await surviving(session, authority, target.reference)) is not child
    ):
        raise TransitionRefused("That record was merged into another child's.", code="merged")
    return target, []


async def _named(
    session: AsyncSession, authority: str, child: Child, references: Iterable[str], *, may_be_none: bool
) -> list[UUID]:
    """The histories with these references, which are the child's."""
    found = [await home_of(session, authority, reference) for reference in references]
    if any(home.child_id != child.id for home in found):
        raise Contradiction("Not all of these records are this child's.", pointer="/records")
    if not found and not may_be_none:
        raise Contradiction("Name the care periods and histories that move.", pointer="/records")
    return sorted({home.id for home in found})


async def _lock(session: AsyncSession, children: Collection[Child]) -> None:
    """Lock both in the order of their ids, and read them again: somebody may have written them meanwhile."""
    authority = {child.authority_id for child in children}
    await session.execute(
        select(Child)
        .where(Child.authority_id.in_(authority), Child.id.in_([child.id for child in children]))
        .order_by(Child.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


async def _histories(session: AsyncSession, child: Child) -> list[UUID]:
    query = select(History.id).where(History.authority_id == child.authority_id, History.child_id == child.id)
    return list(await session.scalars(query.order_by(History.id)))


def _record(
    session: AsyncSession,
    door: Door,
    who: Principal,
    kind: MergeKind,
    old: Child,
    new: Child,
    moved: Sequence[UUID],
    because: str,
) -> ChildMerge:
    done = ChildMerge(
        authority_id=who.authority,
        kind=kind,
        from_child_id=old.id,
        to_child_id=new.id,
        moved=[str(history) for history in moved],
        because=because,
        done_by=who.subject,
        done_at=door.clock.now(),
    )
    session.add(done)
    return done


async def _tell(
    session: AsyncSession,
    door: Door,
    children: Sequence[Child],
    exemptions: Sequence[Exemption],
    histories: Collection[UUID],
    events: Sequence[Event],
) -> None:
    """Each history is told of the birth of the child whose it now is, once; the deadlines follow."""
    await session.flush()
    births = [await birth(session, child) for child in children]
    also: list[TellsFacts] = [*births[1:], *exemptions]
    await tell(session, door, births[0], sorted(histories), events, also)
