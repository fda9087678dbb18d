"""What a review answers with once it was held."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.reviews.models import Review
from services.reviews_api.reviews.schemas import HeldView, NextDeadline, ReviewView
from shared.deadlines.models import DeadlineRow
from shared.timescales.engine import Outcome


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
