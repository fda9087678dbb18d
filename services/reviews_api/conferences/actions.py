"""Writing a conference, and taking one back."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.conferences.happenings import happenings
from services.reviews_api.conferences.models import Conference
from services.reviews_api.conferences.owed import check_late_reason
from services.reviews_api.conferences.places import (
    children_named,
    load_places,
    lock_children,
    places_of,
    store_places,
)
from services.reviews_api.conferences.rules import check
from services.reviews_api.conferences.schemas import ConferenceBody
from services.reviews_api.conferences.states import ConferenceStatus
from services.reviews_api.histories.homes import PROTECTION, homes_of
from services.reviews_api.record import Written, find_to_put, write
from services.reviews_api.returned import said_by
from services.reviews_api.sourced import WithdrawalBody
from services.reviews_api.timeline import tell
from services.reviews_api.withdrawing import to_withdraw, withdraw
from shared.http.door import Door


async def put_conference(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: ConferenceBody,
    if_match: str | None,
) -> Written[Conference]:
    """Create or replace a conference. Each child's protection history is told of it, and opened where there is none.

    Raises NotFound for an unknown child, Contradiction for what cannot be, and where it was held late without the
    reason.
    """
    check(door, body)
    named = await children_named(session, authority, body.children)
    children = await lock_children(session, authority, named)
    held = await find_to_put(session, Conference, authority, reference)
    if held is not None:
        await load_places(session, authority, [held])
    before = held.histories if held is not None else []
    homes = await homes_of(session, authority, children, PROTECTION, before)
    values = _values(held, body) | {"places": places_of(named, homes), "source": said_by(session)}
    written = await write(session, Conference, authority, reference, {}, values, body.given(if_match))
    if written.changed:
        conference = written.record
        await store_places(session, conference, door.clock.now())
        events = happenings(conference, written.before)
        await tell(session, door, conference, homes.histories(before), events, homes.births)
        await check_late_reason(session, conference)
    elif homes.births:  # a version that came too late names a child of whom nothing was held
        first, *others = homes.births
        await tell(session, door, first, homes.histories(), [], others)
    return written


async def withdraw_conference(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: WithdrawalBody,
    if_match: str | None,
) -> Conference:
    """There was no such conference: what it met is open again, for every child. Raises NotFound, TransitionRefused."""
    conference = await to_withdraw(session, Conference, authority, reference, body)
    await load_places(session, authority, [conference])
    histories, given = conference.histories, body.given(if_match)
    await withdraw(session, door, conference, None, histories, body.because, given)
    return conference


def _values(held: Conference | None, body: ConferenceBody) -> dict[str, Any]:
    """The conference as the body has it; one that was cancelled stays so while nobody says it was held after all."""
    was_cancelled = held is not None and held.stands and held.status == ConferenceStatus.CANCELLED
    cancelled = held if was_cancelled and body.held_on is None else None
    return body.values("children", "attended") | {
        "status": ConferenceStatus.CANCELLED if cancelled else _status(body),
        "attended": body.attended.model_dump() if body.attended else {},
        "cancelled_on": cancelled.cancelled_on if cancelled else None,
        "cancelled_because": cancelled.cancelled_because if cancelled else None,
        "cancelled_by": cancelled.cancelled_by if cancelled else None,
    }


def _status(body: ConferenceBody) -> ConferenceStatus:
    if body.held_on is not None:
        return ConferenceStatus.HELD
    return ConferenceStatus.REQUESTED if body.scheduled_on is None else ConferenceStatus.PLANNED
