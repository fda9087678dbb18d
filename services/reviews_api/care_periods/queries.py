"""Finding the care period that another record belongs to."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.record import get_standing
from shared.refusals import Contradiction


async def period_of(session: AsyncSession, authority: str, reference: str) -> CarePeriod:
    """The care period with this reference or id. Raises NotFound, or Contradiction for one that was withdrawn."""
    return await get_standing(session, CarePeriod, authority, reference, "/care_period")


def must_cover(period: CarePeriod, day: date, field: str) -> None:
    """Raise Contradiction for a London date on which the child was not looked after in this period."""
    if not period.covers(day):
        raise Contradiction(
            "The child was not looked after on that date in this care period.",
            code="outside_care_period",
            pointer=f"/{field}",
        )
