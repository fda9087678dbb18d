"""What changes in one stored deadline when its facts, the calendar or the law do, and what is said of it. No I/O."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Row

from shared.deadlines.grounds import Grounds
from shared.deadlines.models import DeadlineRow
from shared.events.deadline_events import (
    BreachWithdrawn,
    DeadlineCancelled,
    DeadlineConfirmed,
    DeadlineEvent,
    DeadlineMet,
    DeadlineMoved,
    DeadlineOpened,
    DeadlinePassed,
)
from shared.timescales.engine import Deadline, Outcome
from shared.timescales.kinds import KINDS
from shared.timescales.timescale import Passing

NAMESPACE = UUID("0f0a9f5e-83f4-5b8e-8f1c-7c5b3f6c2a10")
WITHDRAWN = "withdrawn"
CLOSED_LATE = {Outcome.MET_LATE, Outcome.ENDED_UNMET}
STILL = {Outcome.OPEN.value, WITHDRAWN}
READ = tuple(column.key for column in DeadlineRow.__table__.columns if column.key != "reason")
"""What must be known of a stored deadline: all but its wording, which is long and decides nothing."""

Stored = Row[Any]


class Because(StrEnum):
    """Why deadlines are worked out again."""

    FACTS = "facts"
    CALENDAR = "calendar"
    LAW = "law"


@dataclass(frozen=True, slots=True)
class Occasion:
    """When and why deadlines are worked out again; with `historic`, what is already past wakes nobody."""

    now: datetime
    because: Because = Because.FACTS
    historic: bool = False


@dataclass(slots=True)
class Change:
    """What to store of one deadline and what to say. `old` is how it stood before, `withdraws` the version whose
    breach falls away, and `because` why; `historic` keeps its events to the feed."""

    values: dict[str, Any]
    events: list[DeadlineEvent] = field(default_factory=list)
    old: Stored | None = None
    withdraws: int | None = None
    because: str | None = None
    historic: bool = False


def deadline_id(authority: str, timescale: str, anchor: UUID, history: UUID | None = None) -> UUID:
    """The same for the same promise, however often it is worked out. `history` tells apart what the same record
    starts in several histories, as a child's birth does, and a conference about siblings."""
    where = f"{authority}:{history}" if history else authority
    return uuid5(NAMESPACE, f"{where}:{timescale}:{anchor}")


def computed(deadline: Deadline) -> dict[str, Any]:
    """The part of a stored deadline that the facts and the law decide, without its wording."""
    return {
        "starts_on": deadline.starts_on,
        "starts_at": deadline.starts_at,
        "due_on": deadline.due_on,
        "due_at": deadline.due_at,
        "provisional": deadline.provisional,
        "outcome": deadline.outcome.value,
        "closed_on": deadline.closed_on,
        "closed_by": deadline.closed_by,
        "passing": deadline.passing.value,
    }


def is_failing(outcome: str, due_at: datetime, now: datetime, passing: str = Passing.BREACH) -> bool:
    """Whether the promise is broken: closed after its date, or past it and still open."""
    return outcome in CLOSED_LATE or (outcome == Outcome.OPEN and due_at <= now and passing == Passing.BREACH)


def alarms(deadline: Deadline, now: datetime) -> list[datetime]:
    """When the sweep has something to say of a deadline just learnt of, or just changed."""
    if _is_past(deadline, now):
        return [deadline.due_at]
    if deadline.outcome != Outcome.OPEN:
        return []
    warnings = deadline.warnings
    ahead = [at for at in warnings if at > now]
    missed = [now] if len(ahead) < len(warnings) else []  # it is already near: say so once
    return [*missed, *ahead, deadline.due_at]


def opening(authority: str, history: UUID, child: UUID | None, new: Deadline, occasion: Occasion) -> Change:
    """A promise that was not known before."""
    now = occasion.now
    ahead = alarms(new, now)
    values = computed(new) | {
        "authority_id": authority,
        "id": deadline_id(authority, new.timescale, new.anchor, history if _is_shared(new, child) else None),
        "history_id": history,
        "child_id": child,
        "timescale": new.timescale,
        "anchor_id": new.anchor,
        "version": 1,
        "revision": 1,
        "historic": occasion.historic and _is_past(new, now),
        "reason": list(new.explanation),
        "law": new.law,
        "changed_at": now,
        "alarms": ahead,
        "next_alarm_at": min(ahead, default=None),
    }
    return Change(values, [_outcome_event(values)], historic=occasion.historic)


def _is_shared(new: Deadline, child: UUID | None) -> bool:
    """Whether the record that starts the clock may start it in other histories too."""
    return new.anchor == child or KINDS[new.opened.start.kind].about == "conference"


def changing(
    old: Stored, new: Deadline, breached: bool, grounds: Callable[[], Grounds], occasion: Occasion
) -> Change | None:
    """A known promise against what the facts say now; None where nothing changed. `grounds` are those facts, asked
    for only where it was decided under another wording of the law."""
    values, now = computed(new), occasion.now
    failing = is_failing(new.outcome, new.due_at, now, new.passing)
    same = all(getattr(old, name) == value for name, value in values.items())
    # The wording alone may change with a release; a date that stands keeps the reason it was given with.
    if same and (failing or not breached):
        return None
    if _decided_before(old, new.law) and (_untold(occasion) or grounds().bear(old, new)):
        return None
    moved = old.due_at != new.due_at
    withdraws = breached and (moved or not failing)
    told_again = moved or withdraws or (old.outcome, old.passing) != (new.outcome.value, new.passing.value)
    ahead = _remaining_alarms(old, new, breached and not withdraws, told_again, now)
    values |= {
        "version": old.version + (moved or withdraws),
        "revision": old.revision + 1,
        "historic": occasion.historic and _is_past(new, now) if moved or withdraws else old.historic,
        "reason": list(new.explanation),
        "law": new.law,
        "changed_at": now,
        "alarms": ahead,
        "next_alarm_at": min(ahead, default=None),
    }
    return _told(old, values, moved, withdraws, occasion)


def rewarning(old: Stored, new: Deadline, occasion: Occasion) -> list[datetime] | None:
    """The alarms (UTC) of a promise whose date stands, where its rule warns otherwise than it did; None where none of
    them moves. Nothing is said of it, and a warning whose day has gone by is not given any more."""
    now = occasion.now
    if occasion.because is not Because.LAW or old.outcome != Outcome.OPEN or new.due_at <= now:
        return None
    waiting = [at for at in old.alarms if at <= now]
    ahead = [*waiting, *(at for at in new.warnings if at > now), new.due_at]
    return None if ahead == sorted(old.alarms) else ahead


def vanishing(
    old: Stored, breached: bool, law: str | None, grounds: Callable[[], Grounds], occasion: Occasion
) -> Change | None:
    """A promise whose starting fact no longer stands, or whose rule asks for it no longer. `law` is the rule's
    wording now, None where there is no such rule; `grounds` as above."""
    if old.outcome == WITHDRAWN:
        return None
    if _decided_before(old, law) and (_untold(occasion) or grounds().bear(old, None)):
        return None
    values: dict[str, Any] = {
        "outcome": WITHDRAWN,
        "closed_on": None,
        "closed_by": None,
        "version": old.version + breached,
        "revision": old.revision + 1,
        "changed_at": occasion.now,
        "alarms": [],
        "next_alarm_at": None,
    }
    return _told(old, values, moved=False, withdraws=breached, occasion=occasion)


def _decided_before(old: Stored, law: str | None) -> bool:
    """Whether the deadline was closed under another wording of its rule: the law of its time decided, and as long as
    the facts stand nothing of it is rewritten."""
    return old.outcome not in STILL and old.law != law


def _untold(occasion: Occasion) -> bool:
    """Whether no fact can have changed since the deadlines were last worked out."""
    return occasion.because is not Because.FACTS


def _is_past(deadline: Deadline, now: datetime) -> bool:
    return deadline.outcome in CLOSED_LATE or (deadline.outcome == Outcome.OPEN and deadline.due_at <= now)


def _remaining_alarms(
    old: Stored, new: Deadline, breach_stands: bool, told_again: bool, now: datetime
) -> list[datetime]:
    if breach_stands:
        return []
    return alarms(new, now) if told_again else list(old.alarms)


def _told(old: Stored, values: dict[str, Any], moved: bool, withdraws: bool, occasion: Occasion) -> Change:
    whole = {name: getattr(old, name) for name in READ} | values
    events: list[DeadlineEvent] = []
    because = "moved" if moved else str(whole["outcome"])
    if withdraws:
        events.append(BreachWithdrawn(**_named(whole | {"version": old.version}), because=because))
    if moved:
        events.append(
            DeadlineMoved(**_named(whole), previous_due_on=old.due_on, because=occasion.because.value)
        )
    elif old.provisional and not whole["provisional"]:
        events.append(DeadlineConfirmed(**_named(whole)))
    if _is_news(old, whole):
        events.append(_outcome_event(whole, occasion.because))
    return Change(whole, events, old, old.version if withdraws else None, because)


def _is_news(old: Stored, whole: dict[str, Any]) -> bool:
    """Whether what became of the deadline is other than whoever heard everything knows."""
    told_as_passed = old.outcome == Outcome.OPEN and old.passing != Passing.BREACH and not old.alarms
    if told_as_passed and (whole["outcome"], whole["due_at"]) == (Outcome.PASSED, old.due_at):
        return False
    closed_otherwise = any(
        getattr(old, name) != whole[name] for name in ("outcome", "closed_on", "closed_by")
    )
    return closed_otherwise or (told_as_passed and old.passing != whole["passing"])


def _outcome_event(values: dict[str, Any], because: Because = Because.FACTS) -> DeadlineEvent:
    named, outcome = _named(values), values["outcome"]
    match outcome:
        case Outcome.OPEN:
            return DeadlineOpened(**named)
        case Outcome.MET | Outcome.MET_LATE:
            return DeadlineMet(**named, met_on=values["closed_on"], in_time=outcome == Outcome.MET)
        case Outcome.PASSED:
            return DeadlinePassed(**named, meaning=values["passing"])
        case Outcome.WAIVED:
            return DeadlineCancelled(**named, because="waived")
        case _:
            withdrawn = "law_changed" if because is Because.LAW else "start_withdrawn"
            return DeadlineCancelled(**named, because=values["closed_by"] or withdrawn)


def _named(values: dict[str, Any]) -> dict[str, Any]:
    kept = ("child_id", "history_id", "timescale", "version", "revision", "due_on", "due_at")
    return {"subject_id": values["id"]} | {name: values[name] for name in kept}
