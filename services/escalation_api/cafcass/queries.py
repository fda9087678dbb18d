"""Reading referrals to Cafcass."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.cafcass.models import Referral, ReferralChild, ReferralStep
from services.escalation_api.cafcass.transitions import REFERRAL_UNDER_WAY, ReferralState
from services.escalation_api.cafcass.views import ReferralLine, ReferralView, Referred, ReferredChild
from services.escalation_api.children import child
from services.escalation_api.escalations.models import Escalation
from shared.refusals import NotFound


@dataclass(frozen=True, slots=True)
class Asked:
    """Which referrals are wanted: each condition only where it is said."""

    state: ReferralState | None
    escalation_id: UUID | None
    child_id: UUID | None
    after: UUID | None
    limit: int


async def get(session: AsyncSession, authority: str, id: UUID, *, lock: bool = False) -> Referral:
    """The referral with this id. Raises NotFound."""
    query = select(Referral).where(Referral.authority_id == authority, Referral.id == id)
    found = await session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise NotFound("referral")
    return found


async def under_way(session: AsyncSession, escalation: Escalation) -> Referral | None:
    """The referral of this escalation that has not come to its end, if there is one."""
    query = select(Referral).where(
        Referral.authority_id == escalation.authority_id,
        Referral.escalation_id == escalation.id,
        Referral.state.in_(REFERRAL_UNDER_WAY),
    )
    found: Referral | None = await session.scalar(query)
    return found


async def view(session: AsyncSession, referral: Referral) -> ReferralView:
    """The referral with its children and its steps."""
    children = await children_of(session, referral.authority_id, [referral.id])
    return ReferralView.whole(referral, children[referral.id], await steps_of(session, referral))


async def steps_of(session: AsyncSession, referral: Referral) -> Sequence[ReferralStep]:
    """Its steps, the first first."""
    query = select(ReferralStep).where(
        ReferralStep.authority_id == referral.authority_id, ReferralStep.referral_id == referral.id
    )
    return (await session.scalars(query.order_by(ReferralStep.version))).all()


async def rows_of(session: AsyncSession, referral: Referral) -> Sequence[ReferralChild]:
    """The children who are referred, in the order of their references."""
    query = (
        select(ReferralChild)
        .join(
            child,
            (child.c.authority_id == ReferralChild.authority_id) & (child.c.id == ReferralChild.child_id),
        )
        .where(ReferralChild.authority_id == referral.authority_id, ReferralChild.referral_id == referral.id)
    )
    return (await session.scalars(query.order_by(child.c.reference))).all()


async def stretch(session: AsyncSession, authority: str, asked: Asked) -> list[ReferralLine]:
    """Up to `limit` referrals after the one named, in the order in which they were begun."""
    query = select(Referral).where(Referral.authority_id == authority)
    if asked.state is not None:
        query = query.where(Referral.state == asked.state)
    if asked.escalation_id is not None:
        query = query.where(Referral.escalation_id == asked.escalation_id)
    if asked.child_id is not None:
        naming = select(ReferralChild.referral_id).where(
            ReferralChild.authority_id == authority, ReferralChild.child_id == asked.child_id
        )
        query = query.where(Referral.id.in_(naming))
    if asked.after is not None:
        query = query.where(Referral.id > asked.after)
    found = (await session.scalars(query.order_by(Referral.id).limit(asked.limit))).all()
    children = await children_of(session, authority, [each.id for each in found])
    return [ReferralLine.of(each, children[each.id]) for each in found]


async def children_of(session: AsyncSession, authority: str, referrals: Collection[UUID]) -> Referred:
    """The children of each of these referrals, in the order of their references."""
    found: defaultdict[UUID, list[ReferredChild]] = defaultdict(list)
    if referrals:
        rows = await session.execute(
            select(ReferralChild, child.c.reference)
            .join(
                child,
                (child.c.authority_id == ReferralChild.authority_id) & (child.c.id == ReferralChild.child_id),
            )
            .where(ReferralChild.authority_id == authority, ReferralChild.referral_id.in_(referrals))
            .order_by(child.c.reference)
        )
        for row, reference in rows:
            found[row.referral_id].append(ReferredChild.of(reference, row))
    return found
