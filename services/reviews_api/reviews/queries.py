"""Reading reviews: one with what is now due, and lists."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api import stretches
from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.children.models import Child
from services.reviews_api.decisions.models import Decision
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
    child = await stretches.id_of(session, Child, authority, asked.child)
    period = await stretches.id_of(session, CarePeriod, authority, asked.care_period)
    where = stretches.standing(Review, child_id=child, care_period_id=period, status=asked.status)
    found = await stretches.stretch(session, Review, authority, after, limit, *where, *_held_between(asked))
    return [ReviewView.model_validate(review) for review in found]


def _held_between(asked: Asked) -> Iterator[ColumnElement[bool]]:
    if asked.held_from is not None:
        yield Review.held_on >= asked.held_from
    if asked.held_to is not None:
        yield Review.held_on <= asked.held_to


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
