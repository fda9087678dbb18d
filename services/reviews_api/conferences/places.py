"""The places at a conference: found, and stored, for its children."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.children.models import Child
from services.reviews_api.children.queries import surviving
from services.reviews_api.conferences.models import Conference, ConferenceChild, Place
from services.reviews_api.conferences.schemas import DecidedBody
from services.reviews_api.histories.homes import Homes
from shared.deadlines.models import History
from shared.refusals import Contradiction


async def load_places(session: AsyncSession, authority: str, conferences: Sequence[Conference]) -> None:
    """Give each conference its places as they are stored."""
    found: dict[UUID, list[Place]] = {each.id: [] for each in conferences}
    rows = await session.execute(
        select(ConferenceChild, History.child_id)
        .join(
            History,
            (History.authority_id == ConferenceChild.authority_id)
            & (History.id == ConferenceChild.history_id),
        )
        .where(ConferenceChild.authority_id == authority, ConferenceChild.conference_id.in_(found))
        .where(ConferenceChild.removed_at.is_(None))
        .order_by(ConferenceChild.child_id)
    )
    for row, child in rows:
        found[row.conference_id].append(_place(row, child))
    for each in conferences:
        each.places = tuple(found[each.id])


def _place(row: ConferenceChild, child: UUID | None) -> Place:
    """As it is stored, for the child whose the history is now."""
    now = child or row.child_id
    made_for = row.child_id if now != row.child_id else None
    return Place(now, row.history_id, row.outcome, row.category, made_for)


async def store_places(session: AsyncSession, conference: Conference, now: datetime) -> None:
    """Make the stored places what the conference has them be; one that is none any more is kept as removed."""
    rows = await session.scalars(
        select(ConferenceChild)
        .where(ConferenceChild.authority_id == conference.authority_id)
        .where(ConferenceChild.conference_id == conference.id)
    )
    held = {row.child_id: row for row in rows}
    wanted = {place.made_for or place.child_id: place for place in conference.places}
    for child, row in held.items():
        if child not in wanted:
            row.removed_at = row.removed_at or now
    for child, place in wanted.items():
        row = held.get(child) or _new(conference, place)
        row.history_id, row.outcome, row.category = place.history_id, place.outcome, place.category
        row.removed_at = None
        session.add(row)
    await session.flush()


def _new(conference: Conference, place: Place) -> ConferenceChild:
    return ConferenceChild(
        authority_id=conference.authority_id,
        conference_id=conference.id,
        child_id=place.child_id,
        history_id=place.history_id,
    )


async def children_named(
    session: AsyncSession, authority: str, said: Sequence[DecidedBody]
) -> list[tuple[Child, DecidedBody]]:
    """The child of each line, in the order of their ids; two records of one child, merged since, are one. Raises
    NotFound, or Contradiction for a reference that is given twice."""
    found: dict[UUID, tuple[Child, DecidedBody]] = {}
    references: set[str] = set()
    for n, each in enumerate(said):
        child = await surviving(session, authority, each.child)
        if each.child in references:
            raise Contradiction("This child is named twice.", pointer=f"/children/{n}/child")
        references.add(each.child)
        if child.id not in found or each.child == child.reference:
            found[child.id] = (child, each)
    return [found[child] for child in sorted(found)]


async def lock_children(
    session: AsyncSession, authority: str, named: Sequence[tuple[Child, DecidedBody]]
) -> list[Child]:
    """The same children, locked in that order. Raises Contradiction for one who was withdrawn."""
    children = await session.scalars(
        select(Child)
        .where(Child.authority_id == authority, Child.id.in_([child.id for child, _ in named]))
        .order_by(Child.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    locked = list(children)
    for child in locked:
        child.must_stand("/children")
    return locked


def places_of(named: Sequence[tuple[Child, DecidedBody]], homes: Homes) -> tuple[Place, ...]:
    """A place for each child, in the order of their ids."""
    return tuple(Place(child.id, homes.of[child.id], said.outcome, said.category) for child, said in named)
