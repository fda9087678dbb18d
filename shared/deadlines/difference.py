"""What changes in one stored deadline when its facts do, and what is said of it. No I/O."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from shared.deadlines.models import DeadlineRow
from shared.events.deadline_events import (
    BreachWithdrawn,
    DeadlineCancelled,
    DeadlineEvent,
    DeadlineMet,
    DeadlineMoved,
    DeadlineOpened,
)
from shared.timescales.engine import Deadline, Outcome

NAMESPACE = UUID("0f0a9f5e-83f4-5b8e-8f1c-7c5b3f6c2a10")
WITHDRAWN = "withdrawn"
CLOSED_LATE = {Outcome.MET_LATE, Outcome.ENDED_UNMET}


def deadline_id(authority: str, timescale: str, anchor: UUID) -> UUID:
    """The same for the same promise, however often it is worked out."""
    return uuid5(NAMESPACE, f"{authority}:{timescale}:{anchor}")


@dataclass(slots=True)
class Change:
    """What to store of one deadline and what to say. `withdraws` is the version whose breach falls away, and
    `because` why; `historic` keeps its events to the feed."""

    values: dict[str, Any]
    events: list[DeadlineEvent] = field(default_factory=list)
    withdraws: int | None = None
    because: str | None = None
    historic: bool = False


def computed(deadline: Deadline) -> dict[str, Any]:
    """The part of a stored deadline that the engine decides."""
    return {
        "starts_on": deadline.starts_on,
        "starts_at": deadline.starts_at,
        "due_on": deadline.due_on,
        "due_at": deadline.due_at,
        "provisional": deadline.provisional,
        "outcome": deadline.outcome.value,
        "closed_on": deadline.closed_on,
        "closed_by": deadline.closed_by,
        "reason": list(deadline.explanation),
    }


def is_failing(outcome: str, due_at: datetime, now: datetime) -> bool:
    """Whether the promise is broken: closed after its date, or past it and still open."""
    return outcome in CLOSED_LATE or (outcome == Outcome.OPEN and due_at <= now)


def alarms(deadline: Deadline, now: datetime) -> list[datetime]:
    """When the sweep has something to say of a deadline just learnt of, or just changed."""
    if is_failing(deadline.outcome, deadline.due_at, now):
        return [deadline.due_at]
    if deadline.outcome != Outcome.OPEN:
        return []
    ahead = [at for at in deadline.warnings if at > now]
    missed = [now] if len(ahead) < len(deadline.warnings) else []  # it is already near: say so once
    return [*missed, *ahead, deadline.due_at]


def opening(
    authority: str, history: UUID, child: UUID | None, new: Deadline, now: datetime, historic: bool
) -> Change:
    """A promise that was not known before."""
    ahead = alarms(new, now)
    values = computed(new) | {
        "authority_id": authority,
        "id": deadline_id(authority, new.timescale, new.anchor),
        "history_id": history,
        "child_id": child,
        "timescale": new.timescale,
        "anchor_id": new.anchor,
        "version": 1,
        "revision": 1,
        "historic": historic and is_failing(new.outcome, new.due_at, now),
        "changed_at": now,
        "alarms": ahead,
        "next_alarm_at": min(ahead, default=None),
    }
    return Change(values, [_outcome_event(values)], historic=historic)


def changing(old: DeadlineRow, new: Deadline, breached: bool, now: datetime, historic: bool) -> Change | None:
    """A known promise against what the facts say now; None where nothing changed."""
    values = computed(new)
    # The wording alone may change with a release; a date that stands keeps the reason it was given with.
    failing = is_failing(new.outcome, new.due_at, now)
    same = all(getattr(old, name) == value for name, value in values.items() if name != "reason")
    if same and (failing or not breached):
        return None
    moved = old.due_at != new.due_at
    withdraws = breached and (moved or not failing)
    told_again = moved or withdraws or old.outcome != new.outcome.value
    ahead = _remaining_alarms(old, new, breached and not withdraws, told_again, now)
    values |= {
        "version": old.version + (moved or withdraws),
        "revision": old.revision + 1,
        "historic": historic and failing if moved or withdraws else old.historic,
        "changed_at": now,
        "alarms": ahead,
        "next_alarm_at": min(ahead, default=None),
    }
    return _told(old, values, moved, withdraws)


def vanishing(old: DeadlineRow, breached: bool, now: datetime) -> Change | None:
    """A promise whose starting fact no longer stands."""
    if old.outcome == WITHDRAWN:
        return None
    values: dict[str, Any] = {
        "due_on": old.due_on,
        "due_at": old.due_at,
        "outcome": WITHDRAWN,
        "closed_on": None,
        "closed_by": None,
        "version": old.version + breached,
        "revision": old.revision + 1,
        "changed_at": now,
        "alarms": [],
        "next_alarm_at": None,
    }
    return _told(old, values, moved=False, withdraws=breached)


def _remaining_alarms(
    old: DeadlineRow, new: Deadline, breach_stands: bool, told_again: bool, now: datetime
) -> list[datetime]:
    if breach_stands:
        return []
    return alarms(new, now) if told_again else list(old.alarms)


def _told(old: DeadlineRow, values: dict[str, Any], moved: bool, withdraws: bool) -> Change:
    known = {name: getattr(old, name) for name in ("id", "history_id", "child_id", "timescale")}
    whole = known | values
    events: list[DeadlineEvent] = []
    because = "moved" if moved else str(values["outcome"])
    if withdraws:
        events.append(BreachWithdrawn(**_named(whole | {"version": old.version}), because=because))
    if moved:
        events.append(DeadlineMoved(**_named(whole), previous_due_on=old.due_on))
    if old.outcome != values["outcome"] or old.closed_on != values["closed_on"]:
        events.append(_outcome_event(whole))
    return Change(whole, events, old.version if withdraws else None, because)


def _outcome_event(values: dict[str, Any]) -> DeadlineEvent:
    named, outcome = _named(values), values["outcome"]
    if outcome == Outcome.OPEN:
        return DeadlineOpened(**named)
    if outcome in (Outcome.MET, Outcome.MET_LATE):
        return DeadlineMet(**named, met_on=values["closed_on"], in_time=outcome == Outcome.MET)
    return DeadlineCancelled(**named, because=values["closed_by"] or "start_withdrawn")


def _named(values: dict[str, Any]) -> dict[str, Any]:
    kept = ("child_id", "history_id", "timescale", "version", "revision", "due_on", "due_at")
    return {"subject_id": values["id"]} | {name: values[name] for name in kept}
