"""Recording a strategy discussion, and taking one back."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.histories.homes import PROTECTION, home_of_child
from services.reviews_api.record import Written, write
from services.reviews_api.returned import said_by
from services.reviews_api.sourced import WithdrawalBody
from services.reviews_api.strategy_discussions.models import StrategyDiscussion
from services.reviews_api.strategy_discussions.schemas import StrategyDiscussionBody
from services.reviews_api.timeline import day_not_in_the_future, not_in_the_future, tell
from services.reviews_api.withdrawing import to_withdraw, withdraw
from shared.db.base import new_id
from shared.events.language import Event
from shared.events.protection_events import StrategyDiscussionHeld
from shared.http.door import Door
from shared.refusals import Contradiction


async def put_strategy_discussion(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: StrategyDiscussionBody,
    if_match: str | None,
) -> Written[StrategyDiscussion]:
    """Create or replace a strategy discussion; the initial conference is owed from the one that initiated section 47
    enquiries.

    Raises NotFound for an unknown child, Contradiction for what cannot be.
    """
    check(door, body)
    home = await home_of_child(session, authority, body.child, PROTECTION)
    given, values = body.given(if_match), body.told() | {"source": said_by(session)}
    written = await write(session, StrategyDiscussion, authority, reference, home.fixed, values, given)
    if written.changed:
        events = happenings(written.record, written.before)
        await tell(session, door, written.record, home.homes.histories(), events, home.homes.births)
    return written


async def withdraw_strategy_discussion(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: WithdrawalBody,
    if_match: str | None,
) -> StrategyDiscussion:
    """There was none: no conference is owed for it. Raises NotFound, TransitionRefused."""
    discussion = await to_withdraw(session, StrategyDiscussion, authority, reference, body)
    histories, given = [discussion.history_id], body.given(if_match)
    await withdraw(session, door, discussion, discussion.child_id, histories, body.because, given)
    return discussion


def check(door: Door, body: StrategyDiscussionBody) -> None:
    """Raise Contradiction for one neither decided on nor held, held before it was decided on, or still to come."""
    if body.held_on is not None and body.held_at is not None:
        raise Contradiction("Give held_on, or held_at alone.", code="misdated", pointer="/held_at")
    held_on = body.told()["held_on"]
    if body.decided_at is None and held_on is None:
        raise Contradiction("Say when it was decided on, or held.", pointer="/held_on")
    if (held_on is None) != (body.section47 is None):
        raise Contradiction(
            "Once it is held, and not before, it says what was decided of section 47 enquiries.",
            pointer="/section47",
        )
    not_in_the_future(door, "decided_at", body.decided_at)
    not_in_the_future(door, "held_at", body.held_at)
    day_not_in_the_future(door, "held_on", held_on)


def happenings(discussion: StrategyDiscussion, before: Mapping[str, Any]) -> Iterator[Event]:
    """What was said, in the past tense."""
    said = (discussion.held_on, discussion.section47)
    if discussion.held_on is None or said == (before.get("held_on"), before.get("section47")):
        return
    yield StrategyDiscussionHeld(
        subject_id=discussion.id,
        child_id=discussion.child_id,
        occasion=new_id(),
        held_on=discussion.held_on,
        section47=str(discussion.section47),
    )
