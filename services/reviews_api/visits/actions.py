"""Recording a visit, and taking one back."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.histories.queries import Home
from services.reviews_api.record import Written, write
from services.reviews_api.sourced import WithdrawalBody
from services.reviews_api.timeline import day_not_in_the_future, tell
from services.reviews_api.visits.models import Mode, SeenAlone, Visit, VisitKind, VisitorRole
from services.reviews_api.visits.queries import CHILD_ALONE, home_of_visit
from services.reviews_api.visits.schemas import VisitBody
from services.reviews_api.withdrawing import to_withdraw, withdraw
from shared.db.base import new_id
from shared.events.between_events import ChildContacted, ChildVisited, IroVisited
from shared.events.language import Event
from shared.http.door import Door
from shared.refusals import Contradiction


async def put_visit(
    session: AsyncSession, door: Door, authority: str, reference: str, body: VisitBody, if_match: str | None
) -> Written[Visit]:
    """Create or replace a visit; a social worker's meets the visiting deadlines.

    Raises NotFound for an unknown history or child, Contradiction for what cannot be.
    """
    home = await home_of_visit(session, authority, body)
    check(door, home, body)
    history = None if home.kind == CHILD_ALONE else home.id
    fixed = {"history_id": history, "child_id": home.child_id}
    values, given = body.values("history", "child"), body.given(if_match)
    written = await write(session, Visit, authority, reference, fixed, values, given)
    if written.changed:
        await tell(session, door, written.record, histories_of(written.record), [happening(written.record)])
    return written


async def withdraw_visit(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: WithdrawalBody,
    if_match: str | None,
) -> Visit:
    """Nobody visited: the deadline that it met is open again. Raises NotFound, TransitionRefused."""
    visit = await to_withdraw(session, Visit, authority, reference, body)
    given = body.given(if_match)
    await withdraw(session, door, visit, visit.child_id, histories_of(visit), body.because, given)
    return visit


def histories_of(visit: Visit) -> list[Any]:
    """The history whose deadlines follow, if it was told of one."""
    return [] if visit.history_id is None else [visit.history_id]


def check(door: Door, home: Home, body: VisitBody) -> None:
    """Raise Contradiction for a visit still to come or outside the time of care, or one that contradicts itself."""
    day_not_in_the_future(door, "visited_on", body.visited_on)
    home.must_cover(body.visited_on, "visited_on")
    if home.kind == CHILD_ALONE and body.role is VisitorRole.SOCIAL_WORKER:
        raise Contradiction(
            "A social worker visits a child in care, in protection or in private fostering: give that history.",
            pointer="/history",
        )
    if body.seen_alone is SeenAlone.YES and not body.seen:
        raise Contradiction("A child who was not seen was not seen alone.", pointer="/seen_alone")
    if body.kind is VisitKind.TELEPHONE and body.mode is Mode.IN_PERSON:
        raise Contradiction("Nobody telephones in person.", pointer="/mode")


def happening(visit: Visit) -> Event:
    """What was recorded, in the past tense."""
    named: dict[str, Any] = {"subject_id": visit.id, "child_id": visit.child_id, "occasion": new_id()}
    if visit.kind != VisitKind.VISIT:
        return ChildContacted(**named, role=visit.role, kind=visit.kind, visited_on=visit.visited_on)
    if visit.role == VisitorRole.IRO:
        return IroVisited(**named, visited_on=visit.visited_on, seen=visit.seen)
    return ChildVisited(**named, role=visit.role, visited_on=visit.visited_on, seen=visit.seen)
