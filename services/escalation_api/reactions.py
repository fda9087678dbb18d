"""What escalation_api does on hearing an event: a breach suggests or opens an escalation, a withdrawn breach lets the
suggestion lapse, a stage that nobody answered is told of and may go up, and where two records of a child become one, or
one becomes two, the child's escalations and referrals follow."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api import feed
from services.escalation_api.cafcass.moving import follow_child_in_referrals
from services.escalation_api.escalations.concern import Breached
from services.escalation_api.escalations.moving import Moved, follow_child
from services.escalation_api.escalations.silence import Unanswered, hear_silence
from services.escalation_api.suggestions.policy import keep_policy, open_by_policy
from services.escalation_api.suggestions.repeating import as_repeated
from services.escalation_api.suggestions.suggesting import let_lapse, suggest
from shared.db.authorities import authorities
from shared.db.session import authority_session
from shared.events.care_events import ChildMerged, ChildSplit
from shared.events.deadline_events import BreachWithdrawn, DeadlineBreached
from shared.events.models import OutboxEvent
from shared.http.door import Door
from shared.loops import answers_of_all
from shared.timescales.catalogue import Catalogue
from shared.timescales.timescale import OnBreach, Timescale
from shared.timescales.wording import day_in_words


async def follow(door: Door) -> int:
    """Take one step along every authority's feed; returns how many events were heard."""
    served = await authorities(door.engine)
    return sum(await answers_of_all("reactions", served, lambda each: follow_authority(door, each)))


async def follow_authority(door: Door, authority: str) -> int:
    """Hear what is new for one authority and react to it, in one transaction with the place reached."""
    async with authority_session(door.engine, authority) as session:
        await keep_policy(session, door, authority)
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
    breaches = await as_repeated(session, door, authority, heard.breaches)
    new = await suggest(session, authority, breaches, now)
    await open_by_policy(
        session, door, authority, [each for each, deadline in new if deadline in heard.opening]
    )
    await hear_silence(session, door, authority, heard.unanswered)
    for moved in heard.moved:
        await follow_child(session, authority, moved, now)
        await follow_child_in_referrals(session, authority, moved)


@dataclass(frozen=True, slots=True)
class Heard:
    """What some events mean here: breaches to suggest for, and the deadlines of those that open an escalation at once;
    breaches withdrawn, by deadline and version; stages unanswered; and children whose records moved, in order."""

    breaches: list[Breached]
    opening: set[UUID]
    withdrawn: set[tuple[UUID, int]]
    unanswered: list[Unanswered]
    moved: list[Moved]

    @classmethod
    def of(cls, events: Iterable[OutboxEvent], catalogue: Catalogue) -> Self:
        """A breach that was withdrawn before it was heard of suggests nothing."""
        events = list(events)
        withdrawn = {_which(event) for event in events if event.type == BreachWithdrawn.type}
        breached = [e for e in events if e.type == DeadlineBreached.type and _which(e) not in withdrawn]
        asking = [(e, timescale) for e in breached if (timescale := _suggesting(e, catalogue))]
        return cls(
            breaches=[_breached(event, timescale) for event, timescale in asking],
            opening={e.subject_id for e, timescale in asking if timescale.on_breach is OnBreach.OPEN},
            withdrawn=withdrawn,
            unanswered=[silent for event in breached if (silent := _unanswered(event, catalogue))],
            moved=[moved for event in events if (moved := _moved(event))],
        )


def _suggesting(event: OutboxEvent, catalogue: Catalogue) -> Timescale | None:
    """The timescale whose breach this event tells of, where that is news and asks for a suggestion."""
    if event.historic or event.child_id is None:
        return None
    timescale = catalogue.find(event.envelope["data"]["timescale"])
    return timescale if timescale and timescale.on_breach is not OnBreach.NONE else None


def _unanswered(event: OutboxEvent, catalogue: Catalogue) -> Unanswered | None:
    """The stage of a ladder whose clock this breach is of, if it is of one; the history is the escalation's."""
    data = event.envelope["data"]
    clock = catalogue.clock_stage(data["timescale"])
    if clock is None:
        return None
    due_on = date.fromisoformat(data["due_on"])
    return Unanswered(UUID(data["history_id"]), event.child_id, *clock, *_which(event), due_on)


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
