"""Counting the conferences that were held, by meeting and by child."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.conference_figures.schemas import (
    ChildFigures,
    ConferenceFigures,
    Figures,
    MeetingFigures,
)
from services.reviews_api.conferences.models import Conference, ConferenceType
from services.reviews_api.conferences.owed import owed
from services.reviews_api.conferences.places import load_places
from services.reviews_api.conferences.queries import children_at, is_unborn
from services.reviews_api.conferences.rules import WITH_A_PLAN
from shared.http.percentages import percent
from shared.refusals import Contradiction


@dataclass(frozen=True, slots=True)
class Seat:
    """One child at one meeting. `late` is None where no clock ran for it."""

    late: bool | None
    outcome: str | None
    unborn: bool

    @property
    def has_a_plan(self) -> bool:
        """Whether the child left with a plan."""
        return self.outcome in WITH_A_PLAN


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting, and a seat for each child."""

    conference_type: str
    late_reason: str | None
    seats: tuple[Seat, ...]

    @property
    def late(self) -> bool | None:
        """Late for at least one child; None where no clock ran for any."""
        known = [seat.late for seat in self.seats if seat.late is not None]
        return any(known) if known else None


async def conference_figures(
    session: AsyncSession, authority: str, first: date, last: date
) -> ConferenceFigures:
    """The figures of the conferences held between two London dates. Raises Contradiction for dates out of order."""
    if last < first:
        raise Contradiction("The last day comes before the first.", code="out_of_order", pointer="/to")
    meetings = await _meetings(session, authority, first, last)
    kinds = {each: [m for m in meetings if m.conference_type == each] for each in ConferenceType}
    return ConferenceFigures(
        from_on=first,
        to_on=last,
        total=figures(meetings),
        by_type={kind: figures(of_kind) for kind, of_kind in kinds.items()},
    )


def figures(meetings: Sequence[Meeting]) -> Figures:
    """These meetings, counted both ways."""
    return Figures(meetings=_by_meeting(meetings), children=_by_child(meetings))


def _by_meeting(meetings: Sequence[Meeting]) -> MeetingFigures:
    late = [each for each in meetings if each.late]
    return MeetingFigures(
        held=len(meetings),
        in_time=sum(each.late is False for each in meetings),
        late=len(late),
        without_deadline=sum(each.late is None for each in meetings),
        late_percent=percent(len(late), len(meetings)),
        late_by_reason=_counted(each.late_reason or "not_given" for each in late),
    )


def _by_child(meetings: Sequence[Meeting]) -> ChildFigures:
    seats = [seat for each in meetings for seat in each.seats]
    late = sum(seat.late is True for seat in seats)
    unborn = [seat for seat in seats if seat.unborn]
    return ChildFigures(
        discussed=len(seats),
        in_time=sum(seat.late is False for seat in seats),
        late=late,
        without_deadline=sum(seat.late is None for seat in seats),
        late_percent=percent(late, len(seats)),
        at_late_meetings=sum(len(each.seats) for each in meetings if each.late),
        by_outcome=_counted(seat.outcome or "not_told" for seat in seats),
        plan_percent=percent(sum(seat.has_a_plan for seat in seats), len(seats)),
        unborn=len(unborn),
        unborn_percent=percent(len(unborn), len(seats)),
        unborn_with_a_plan=sum(seat.has_a_plan for seat in unborn),
    )


def _counted(codes: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(codes).items()))


async def _meetings(session: AsyncSession, authority: str, first: date, last: date) -> list[Meeting]:
    found = await session.scalars(
        select(Conference)
        .where(Conference.authority_id == authority, Conference.withdrawn_at.is_(None))
        .where(Conference.held_on >= first, Conference.held_on <= last)
        .order_by(Conference.held_on, Conference.id)
    )
    conferences = found.all()
    await load_places(session, authority, conferences)
    children = await children_at(session, authority, conferences)
    due = await owed(session, authority, conferences)
    meetings = []
    for each in conferences:
        seats = []
        for place in each.places_by_child:
            answered = due.get((each.id, place.history_id))
            unborn = is_unborn(children[place.child_id], each.held_on) is True
            seats.append(Seat(answered.late if answered else None, place.outcome, unborn))
        meetings.append(Meeting(each.conference_type, each.late_reason, tuple(seats)))
    return meetings
