"""Reading reviews: one with what is now due, and lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.children.models import Child
from services.reviews_api.decisions.models import Decision
from services.reviews_api.record import get
from services.reviews_api.reviews.models import Review
from services.reviews_api.reviews.schemas import HeldView, NextDeadline, ReviewView
from services.reviews_api.reviews.states import ReviewStatus
from shared.deadlines.models import DeadlineRow
from shared.timescales.engine import Outcome


@dataclass(frozen=True, slots=True)
class Asked:
    """Which reviews are asked for: of a child or a care period by their references, in a state, held between two
    London dates, both included; None leaves it open."""

    child: str | None = None
    care_period: str | None = None
    status: ReviewStatus | None = None
    held_from: date | None = None
    held_to: date | None = None


async def stretch(
    session: AsyncSession, authority: str, asked: Asked, after: UUID | None, limit: int
) -> list[ReviewView]:
    """Up to `limit` reviews after the one named, in the order in which they were first put; none that was
    withdrawn. Raises NotFound for an unknown child or care period."""
    query = select(Review).where(Review.authority_id == authority, Review.withdrawn_at.is_(None))
    if asked.child is not None:
        child = await get(session, Child, authority, asked.child)
        query = query.where(Review.child_id == child.id)
    if asked.care_period is not None:
        period = await get(session, CarePeriod, authority, asked.care_period)
        query = query.where(Review.care_period_id == period.id)
    if after is not None:
        query = query.where(Review.id > after)
    found = await session.scalars(_narrowed(query, asked).order_by(Review.id).limit(limit))
    return [ReviewView.model_validate(review) for review in found]


def _narrowed(query: Select[Review], asked: Asked) -> Select[Review]:
    if asked.status is not None:
        query = query.where(Review.status == asked.status)
    if asked.held_from is not None:
        query = query.where(Review.held_on >= asked.held_from)
    if asked.held_to is not None:
        query = query.where(Review.held_on <= asked.held_to)
    return query


async def decisions_of(session: AsyncSession, review: Review) -> Sequence[Decision]:
    """The standing decisions of a review, in the order in which they were made."""
    found = await session.scalars(
        select(Decision)
        .where(Decision.authority_id == review.authority_id, Decision.review_id == review.id)
        .where(Decision.withdrawn_at.is_(None))
        .order_by(Decision.id)
    )
    return found.all()


async def held_view(session: AsyncSession, review: Review) -> HeldView:
    """The review, and the deadlines now open in its care period, earliest first."""
    deadlines = await open_deadlines(session, review.authority_id, review.care_period_id)
    return HeldView(**ReviewView.model_validate(review).model_dump(), deadlines=deadlines)


async def open_deadlines(session: AsyncSession, authority: str, history: UUID) -> list[NextDeadline]:
    """The deadlines now open in a history, earliest first."""
    found = await session.scalars(
        select(DeadlineRow)
        .where(DeadlineRow.authority_id == authority)
        .where(DeadlineRow.history_id == history, DeadlineRow.outcome == Outcome.OPEN)
        .order_by(DeadlineRow.due_at, DeadlineRow.timescale)
        .execution_options(populate_existing=True)
    )
    return [NextDeadline.model_validate(row) for row in found]
