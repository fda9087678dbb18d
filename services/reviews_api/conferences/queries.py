"""Conferences as they are shown, each with its children."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.children.births import birth_of
from services.reviews_api.children.models import Child
from services.reviews_api.children.queries import surviving
from services.reviews_api.conferences.models import Conference, ConferenceChild, ConferenceType, Place
from services.reviews_api.conferences.owed import Owed, owed
from services.reviews_api.conferences.places import load_places
from services.reviews_api.conferences.views import ConferenceView, PlaceView
from services.reviews_api.record import get
from shared.deadlines.models import History

SATURDAY = 5
OURS = ("children", "warnings")


async def one(session: AsyncSession, authority: str, reference: str) -> ConferenceView:
    """The conference with this reference or id. Raises NotFound."""
    conference = await get(session, Conference, authority, reference)
    await load_places(session, authority, [conference])
    return await view(session, conference)


async def view(session: AsyncSession, conference: Conference) -> ConferenceView:
    """A conference that has its places."""
    (shown,) = await views(session, conference.authority_id, [conference])
    return shown


async def views(
    session: AsyncSession, authority: str, conferences: Sequence[Conference]
) -> list[ConferenceView]:
    """Conferences that have their places, each with what was owed to its children."""
    children = await children_at(session, authority, conferences)
    due = await owed(session, authority, conferences)
    shown = []
    for each in conferences:
        own = {name: getattr(each, name) for name in ConferenceView.model_fields if name not in OURS}
        places = [
            _place(place, each, children[place.child_id], due.get((each.id, place.history_id)))
            for place in each.places_by_child
        ]
        places.sort(key=lambda place: place.child)
        shown.append(ConferenceView(**own, children=places, warnings=_warnings(each)))
    return shown


async def children_at(
    session: AsyncSession, authority: str, conferences: Sequence[Conference]
) -> dict[UUID, Child]:
    """The children of these conferences, by their ids."""
    ids = {place.child_id for each in conferences for place in each.places}
    found = await session.scalars(select(Child).where(Child.authority_id == authority, Child.id.in_(ids)))
    return {child.id: child for child in found}


def is_unborn(child: Child, day: date | None) -> bool | None:
    """Whether the child was not yet born on this London date; None where no birth is known or expected."""
    born_on = birth_of(child, ()).born_on
    return None if born_on is None or day is None else day < born_on


async def stretch(
    session: AsyncSession,
    authority: str,
    child: str | None,
    chair: str | None,
    conference_type: ConferenceType | None,
    days: tuple[date | None, date | None],
    after: UUID | None,
    limit: int,
) -> list[ConferenceView]:
    """Up to `limit` standing conferences after the one named, in the order in which they were first told. Raises
    NotFound for an unknown child."""
    query = select(Conference).where(Conference.authority_id == authority, Conference.withdrawn_at.is_(None))
    if child is not None:
        query = query.where(_about((await surviving(session, authority, child)).id))
    if chair is not None:
        query = query.where(Conference.chair == chair)
    if conference_type is not None:
        query = query.where(Conference.conference_type == conference_type)
    query = _between(query, days)
    if after is not None:
        query = query.where(Conference.id > after)
    found = (await session.scalars(query.order_by(Conference.id).limit(limit))).all()
    await load_places(session, authority, found)
    return await views(session, authority, found)


def _about(child: UUID) -> ColumnElement[bool]:
    return exists().where(
        ConferenceChild.authority_id == Conference.authority_id,
        ConferenceChild.conference_id == Conference.id,
        ConferenceChild.history_id.in_(select(History.id).where(History.child_id == child)),
        ConferenceChild.removed_at.is_(None),
    )


def _between(query: Select[Conference], days: tuple[date | None, date | None]) -> Select[Conference]:
    day = func.coalesce(Conference.held_on, Conference.scheduled_on)
    first, last = days
    if first is not None:
        query = query.where(day >= first)
    if last is not None:
        query = query.where(day <= last)
    return query


def _place(place: Place, conference: Conference, child: Child, due: Owed | None) -> PlaceView:
    return PlaceView(
        child=child.reference,
        child_id=place.child_id,
        history_id=place.history_id,
        outcome=place.outcome,
        category=place.category,
        unborn=is_unborn(child, conference.day),
        due_on=due.due_on if due else None,
        late=due.late if due else None,
    )


def _warnings(conference: Conference) -> list[str]:
    held_on, initial = conference.held_on, conference.conference_type == ConferenceType.INITIAL
    if initial and held_on is not None and held_on.weekday() >= SATURDAY:
        return ["initial_conference_on_a_weekend"]
    return []
