"""Recording pre-proceedings, and taking them back."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.histories.homes import COURT, home_of_child
from services.reviews_api.pre_proceedings.models import FACTS, PreProceedings
from services.reviews_api.pre_proceedings.schemas import PreProceedingsBody
from services.reviews_api.record import Written, write
from services.reviews_api.sourced import WithdrawalBody
from services.reviews_api.timeline import day_not_in_the_future, tell
from services.reviews_api.withdrawing import to_withdraw, withdraw
from shared.db.base import new_id
from shared.events.language import Event, RecordEvent
from shared.events.protection_events import (
    CareProceedingsConcluded,
    CareProceedingsIssued,
    PreProceedingsEnded,
    PreProceedingsStarted,
)
from shared.http.door import Door
from shared.refusals import Contradiction

DAYS = ("started_on", "letter_sent_on", "meeting_held_on", "ended_on", "issued_on", "concluded_on")
ORDERED = (
    ("started_on", "letter_sent_on"),
    ("started_on", "meeting_held_on"),
    ("started_on", "ended_on"),
    ("started_on", "issued_on"),
    ("issued_on", "concluded_on"),
)
"""The first of each two comes no later than the second."""
SAID: Mapping[str, type[RecordEvent]] = {
    "started_on": PreProceedingsStarted,
    "ended_on": PreProceedingsEnded,
    "issued_on": CareProceedingsIssued,
    "concluded_on": CareProceedingsConcluded,
}


async def put_pre_proceedings(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: PreProceedingsBody,
    if_match: str | None,
) -> Written[PreProceedings]:
    """Create or replace pre-proceedings and what followed; their deadlines follow.

    Raises NotFound for an unknown child, Contradiction for days that cannot be.
    """
    check(door, body)
    home = await home_of_child(session, authority, body.child, COURT)
    values, given = body.values("child"), body.given(if_match)
    written = await write(session, PreProceedings, authority, reference, home.fixed, values, given)
    if written.changed:
        events = happenings(written.record, written.before)
        await tell(session, door, written.record, home.homes.histories(), events, home.homes.births)
    return written


async def withdraw_pre_proceedings(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: WithdrawalBody,
    if_match: str | None,
) -> PreProceedings:
    """There were none. Raises NotFound, TransitionRefused."""
    found = await to_withdraw(session, PreProceedings, authority, reference, body)
    await withdraw(
        session, door, found, found.child_id, [found.history_id], body.because, body.given(if_match)
    )
    return found


def check(door: Door, body: PreProceedingsBody) -> None:
    """Raise Contradiction for days out of their order or still to come, or where the first is missing."""
    for name in DAYS:
        day_not_in_the_future(door, name, getattr(body, name))
    if body.started_on is None and body.issued_on is None:
        raise Contradiction("Say when they started, or when proceedings were issued.", pointer="/started_on")
    for name in ("letter_sent_on", "meeting_held_on", "ended_on"):
        if body.started_on is None and getattr(body, name) is not None:
            raise Contradiction("Only pre-proceedings that started have this day.", pointer=f"/{name}")
    if body.concluded_on is not None and body.issued_on is None:
        raise Contradiction("Only proceedings that were issued conclude.", pointer="/concluded_on")
    if body.outcome is not None and body.ended_on is None:
        raise Contradiction("Only what has ended has an outcome.", pointer="/outcome")
    for first, second in ORDERED:
        earlier, later = getattr(body, first), getattr(body, second)
        if earlier is not None and later is not None and later < earlier:
            raise Contradiction(
                "This comes before the day it follows.", code="out_of_order", pointer=f"/{second}"
            )


def happenings(record: PreProceedings, before: Mapping[str, Any]) -> Iterator[Event]:
    """What changed, in the past tense."""
    for name in FACTS:
        on = getattr(record, name)
        if on is not None and on != before.get(name):
            named: dict[str, Any] = {"subject_id": record.id, "child_id": record.child_id, name: on}
            yield SAID[name](**named, occasion=new_id())
