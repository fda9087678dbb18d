"""What a review answers with once it was held."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.reviews.models import Review
from services.reviews_api.reviews.schemas import HeldView, NextDeadline, ReviewView
from shared.deadlines.models import DeadlineRow
from shared.timescales.engine import Outcome


async def held_view(session: AsyncSession, review: Review) -> HeldView:
    """The review, and the deadlines now open in its care period, earliest first."""
    found = await session.scalars(
        select(DeadlineRow)
        .where(DeadlineRow.authority_id == review.authority_id)
        .where(DeadlineRow.history_id == review.care_period_id, DeadlineRow.outcome == Outcome.OPEN)
        .order_by(DeadlineRow.due_at, DeadlineRow.timescale)
    )
    deadlines = [NextDeadline.model_validate(row) for row in found]
    return HeldView(**ReviewView.model_validate(review).model_dump(), deadlines=deadlines)
