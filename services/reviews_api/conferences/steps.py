"""Holding, postponing and cancelling a conference."""

from collections.abc import Callable, Iterable
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.conferences.happenings import happenings, postponement, state
from services.reviews_api.conferences.models import Conference
from services.reviews_api.conferences.owed import check_late_reason
from services.reviews_api.conferences.places import children_named, load_places, store_places
from services.reviews_api.conferences.rules import check_outcomes
from services.reviews_api.conferences.schemas import CancelBody, DecidedBody, HoldBody, PostponeBody
from services.reviews_api.record import get_standing
from services.reviews_api.timeline import day_not_in_the_future, tell
from shared.clock import today
from shared.events.language import Event
from shared.http.door import Door
from shared.http.versions import check_version_if_sent
from shared.refusals import Contradiction


async def hold_conference(
    session: AsyncSession, door: Door, authority: str, reference: str, body: HoldBody, if_match: str | None
) -> Conference:
    """The meeting took place. Raises NotFound, TransitionRefused, or Contradiction for the date, for children whom it
    was not about, and where it was held late without the reason."""
    day_not_in_the_future(door, "held_on", body.held_on)
    check_outcomes(body.children, held=True)
    conference = await _locked(session, authority, reference, if_match)
    decided = await _decided(session, conference, body.children)
    before = state(conference)
    conference.hold(body.values(), decided)
    await store_places(session, conference, door.clock.now())
    await tell(session, door, conference, conference.histories, happenings(conference, before))
    await check_late_reason(session, conference)
    return conference


async def postpone_conference(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: PostponeBody,
    if_match: str | None,
) -> Conference:
    """The planned day is put off; the day by which it is owed stays. Raises NotFound, TransitionRefused, or
    Contradiction for a day that is not later."""

    def postpone(conference: Conference) -> Iterable[Event]:
        conference.postpone(body.scheduled_on, body.because, body.approved_by)
        if conference.postponed_from is None or body.scheduled_on <= conference.postponed_from:
            raise Contradiction(
                "A conference is postponed to a day after the one planned.", pointer="/scheduled_on"
            )
        return postponement(conference)

    return await _step(session, door, authority, reference, if_match, postpone)


async def cancel_conference(
    session: AsyncSession, door: Door, authority: str, reference: str, body: CancelBody, if_match: str | None
) -> Conference:
    """The meeting will not take place; the children are owed one as before. Raises NotFound or TransitionRefused."""

    def cancel(conference: Conference) -> Iterable[Event]:
        before = state(conference)
        conference.cancel(today(door.clock), body.because, body.approved_by)
        return happenings(conference, before)

    return await _step(session, door, authority, reference, if_match, cancel)


async def _step(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    if_match: str | None,
    step: Callable[[Conference], Iterable[Event]],
) -> Conference:
    conference = await _locked(session, authority, reference, if_match)
    events = step(conference)
    await session.flush()
    await tell(session, door, conference, conference.histories, events)
    return conference


async def _locked(session: AsyncSession, authority: str, reference: str, if_match: str | None) -> Conference:
    conference = await get_standing(session, Conference, authority, reference, lock=True)
    check_version_if_sent(if_match, conference.version)
    await load_places(session, authority, [conference])
    return conference


async def _decided(
    session: AsyncSession, conference: Conference, said: list[DecidedBody]
) -> dict[UUID, tuple[str | None, str | None]]:
    named = await children_named(session, conference.authority_id, said)
    there = {place.child_id for place in conference.places}
    if not {child.id for child, _ in named} <= there:
        raise Contradiction("This conference is about other children: PUT it with them.", pointer="/children")
    return {child.id: (each.outcome, each.category) for child, each in named}
