"""What escalation_api does on hearing an event: a breach suggests, a withdrawn breach lets the suggestion lapse, and
where two records of a child become one, or one becomes two, the child's escalations follow."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api import feed
from services.escalation_api.escalations.models import Breached
from services.escalation_api.escalations.moving import Moved, follow_child
from services.escalation_api.escalations.suggestions import let_lapse, suggest
from shared.db.authorities import authorities
from shared.db.session import authority_session
from shared.events.care_events import ChildMerged, ChildSplit
from shared.events.deadline_events import BreachWithdrawn, DeadlineBreached
from shared.events.models import OutboxEvent
from shared.http.door import Door
from shared.timescales.catalogue import Catalogue
from shared.timescales.timescale import OnBreach, Timescale
from shared.timescales.wording import day_in_words


async def follow(door: Door) -> int:
    """Take one step along every authority's feed; returns how many events were heard."""
    served = await authorities(door.engine)
    return sum([await follow_authority(door, authority) for authority in served])


async def follow_authority(door: Door, authority: str) -> int:
    """Hear what is new for one authority and react to it, in one transaction with the place reached."""
    async with authority_session(door.engine, authority) as session:
        position = await feed.take_place(session, authority)
        if position is None:
            return 0
        events = await feed.events_after(session, authority, position)
        await react(session, authority, events, door)
        await feed.move_to(session, authority, events[-1].position or position)
        return len(events)


async def react(session: AsyncSession, authority: str, events: Iterable[OutboxEvent], door: Door) -> None:
    """Do what these events, in the order of the feed, ask for. A second time changes nothing."""
    now, heard = door.clock.now(), Heard.of(events, door.law.catalogue)
    await let_lapse(session, authority, heard.withdrawn, now)
    await suggest(session, authority, heard.breaches, now)
    for moved in heard.moved:
        await follow_child(session, authority, moved)


@dataclass(frozen=True, slots=True)
class Heard:
    """What some events mean here: breaches to suggest for, breaches withdrawn by deadline and version, and children
    whose records moved, in order."""

    breaches: list[Breached]
    withdrawn: set[tuple[UUID, int]]
    moved: list[Moved]

    @classmethod
    def of(cls, events: Iterable[OutboxEvent], catalogue: Catalogue) -> Self:
        """A breach that was withdrawn before it was heard of suggests nothing."""
        events = list(events)
        withdrawn = {_which(event) for event in events if event.type == BreachWithdrawn.type}
        breaches = [
            _breached(event, timescale)
            for event in events
            if (timescale := _suggesting(event, catalogue)) and _which(event) not in withdrawn
        ]
        return cls(breaches, withdrawn, [moved for event in events if (moved := _moved(event))])


def _suggesting(event: OutboxEvent, catalogue: Catalogue) -> Timescale | None:
    """The timescale whose breach this event tells of, where that is news and asks for a suggestion."""
    if event.type != DeadlineBreached.type or event.historic or event.child_id is None:
        return None
    timescale = catalogue.find(event.envelope["data"]["timescale"])
    return timescale if timescale and timescale.on_breach is OnBreach.SUGGEST else None


def _moved(event: OutboxEvent) -> Moved | None:
    """What a merge or a split says, of whose record became whose."""
    if event.child_id is None:
        return None
    if event.type == ChildMerged.type:
        return Moved(UUID(event.envelope["data"]["merged_child_id"]), event.child_id, merged=True)
    if event.type == ChildSplit.type:
        return Moved(event.child_id, UUID(event.envelope["data"]["to_child_id"]), merged=False)
    return None


def _which(event: OutboxEvent) -> tuple[UUID, int]:
    return event.subject_id, event.envelope["data"]["version"]


def _breached(event: OutboxEvent, timescale: Timescale) -> Breached:
    assert event.child_id is not None
    due_on = date.fromisoformat(event.envelope["data"]["due_on"])
    deadline_id, version = _which(event)
    reason = f"{timescale.title}: was due by {day_in_words(due_on)} and not done in time."
    return Breached(event.child_id, deadline_id, version, timescale.code, due_on, reason)
