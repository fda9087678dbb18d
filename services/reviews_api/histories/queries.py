"""Finding the history that a fact belongs to, and who may look into it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.access import OFFICER_READERS, OFFICER_WRITERS
from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.care_periods.queries import must_cover
from services.reviews_api.histories.models import HistoryRecord
from services.reviews_api.histories.schemas import CARE_PERIOD, HistoryPage, HistoryView
from services.reviews_api.record import find, get
from services.reviews_api.reviews.queries import open_deadlines
from shared.auth.principal import Principal
from shared.refusals import Contradiction, Forbidden, NotFound


@dataclass(frozen=True, slots=True)
class Home:
    """The history that a fact is told of, and the care period where it is one's."""

    id: UUID
    kind: str
    child_id: UUID | None
    period: CarePeriod | None = None

    def must_cover(self, day: date, field: str) -> None:
        """Raise Contradiction for a London date outside the care period, where this is one's history."""
        if self.period is not None:
            must_cover(self.period, day, field)


async def home_of(session: AsyncSession, authority: str, reference: str) -> Home:
    """The history or care period with this reference or id. Raises NotFound, or Contradiction where one of each
    has it."""
    history = await find(session, HistoryRecord, authority, reference)
    period = await find(session, CarePeriod, authority, reference)
    if history is not None and period is not None:
        raise Contradiction(
            "Both a history and a care period have this reference: give our id.",
            code="ambiguous_reference",
            pointer="/history",
        )
    if period is not None:
        return Home(period.id, CARE_PERIOD, period.child_id, period)
    if history is None:
        raise NotFound(HistoryRecord.noun)
    return Home(history.id, history.kind, history.child_id)


async def home_among(session: AsyncSession, authority: str, reference: str, kinds: Collection[str]) -> Home:
    """The history or care period with this reference or id, for a record to rest on. Raises NotFound, or
    Contradiction for one of another kind and for a care period that was withdrawn."""
    home = await home_of(session, authority, reference)
    if home.kind not in kinds:
        fitting = ", ".join(kinds)
        raise Contradiction(f"This cannot be told of such a history, only of: {fitting}.", pointer="/history")
    if home.period is not None:
        home.period.must_stand("/history")
    return home


async def history_page(session: AsyncSession, who: Principal, reference: str) -> HistoryPage:
    """A history and the deadlines open in it, earliest first. Raises NotFound."""
    record = await get(session, HistoryRecord, who.authority, reference)
    check_reader(who, record.child_id, record.noun)
    deadlines = await open_deadlines(session, who.authority, record.id)
    return HistoryPage(**HistoryView.model_validate(record).model_dump(), deadlines=deadlines)


def sees_officers(who: Principal) -> bool:
    """Whether the caller may see what concerns an officer and no child."""
    return bool(who.roles & OFFICER_READERS)


def check_reader(who: Principal, child_id: UUID | None, what: str) -> None:
    """Raise NotFound for what is of no child but of an officer, unless the caller may see that."""
    if child_id is None and not sees_officers(who):
        raise NotFound(what)


def check_writer(who: Principal, child_id: UUID | None) -> None:
    """Raise Forbidden for what is of no child but of an officer, unless the caller may write that."""
    if child_id is None and not who.roles & OFFICER_WRITERS:
        raise Forbidden("Your role may not write what concerns an officer.")
