"""The tables, as far as deadlines, the feed and deliveries need them, kept in memory under the same rules.

What is decided is decided by the code that ships: the engine, the difference between what is stored and what is due,
the events and their ids, the sweep's judgement, the planner of retries. What SQL does is said here again, and
test_agreement plays the same story on PostgreSQL.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from heapq import heappop, heappush
from types import SimpleNamespace
from typing import Any, NamedTuple
from uuid import UUID

from services.scheduler.sweep import _event, _is_breach
from shared.deadlines.difference import Change, Occasion, changing, opening, vanishing
from shared.deadlines.grounds import grounds
from shared.deadlines.law import Law
from shared.events.deadline_events import DeadlineEvent
from shared.events.envelope import event_id
from shared.timescales.engine import Deadline, deadlines
from shared.timescales.facts import Fact


class Ringing(NamedTuple):
    """What the sweep's claim returns of a deadline."""

    subject_id: UUID
    child_id: UUID | None
    history_id: UUID
    timescale: str
    version: int
    revision: int
    due_on: Any
    due_at: datetime
    historic: bool
    passing: str
    rang_at: datetime


class Terse(Deadline):
    """A deadline whose reasons nobody reads: to word them takes longer than all else."""

    explanation = ()  # type: ignore[assignment]


@dataclass(slots=True)
class Breach:
    due_at: datetime
    recorded_at: datetime
    withdrawn: bool = False


@dataclass(slots=True)
class Placed:
    """An event in the outbox; `position` is 0 until it has its place."""

    id: UUID
    event: DeadlineEvent
    position: int = 0


@dataclass
class Tables:
    authority: str
    law: Law
    only: frozenset[str] | None = None
    facts: dict[UUID, list[Fact]] = field(default_factory=lambda: defaultdict(list))
    children: dict[UUID, UUID] = field(default_factory=dict)
    rows: dict[UUID, SimpleNamespace] = field(default_factory=dict)
    of_history: dict[UUID, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    alarms: list[tuple[datetime, UUID]] = field(default_factory=list)
    breaches: dict[tuple[UUID, int], Breach] = field(default_factory=dict)
    outbox: dict[UUID, Placed] = field(default_factory=dict)
    waiting: deque[Placed] = field(default_factory=deque)
    feed: list[Placed] = field(default_factory=list)
    told_twice: int = 0

    def reconcile(self, history: UUID, now: datetime) -> None:
        """One writer's transaction, after it changed the facts."""
        found, occasion = self.facts[history], Occasion(now)
        old = {(row.timescale, row.anchor_id): row for row in self._rows_of(history)}
        changes: list[Change | None] = []
        for each in deadlines(found, self.law.catalogue, self.law.calendar, self.only):
            new = Terse(**{name: getattr(each, name) for name in _FIELDS})
            row = old.pop((new.timescale, new.anchor), None)
            if row is None:
                changes.append(opening(self.authority, history, self.children[history], new, occasion))
            else:
                changes.append(
                    changing(row, new, self._stands(row), lambda: self._grounds(history), occasion)
                )
        for row in old.values():
            wording = self.law.wording(row.timescale)
            changes.append(
                vanishing(row, self._stands(row), wording, lambda: self._grounds(history), occasion)
            )
        self._store([change for change in changes if change], history)

    def sweep(self, now: datetime, batch: int) -> int:
        """One transaction of the sweep; returns how many alarms rang."""
        ringing = self._claim(now, batch)
        for row in ringing:
            if _is_breach(row, now):  # type: ignore[arg-type]
                self.breaches.setdefault((row.subject_id, row.version), Breach(row.due_at, now))
        self.publish(_event(row, now) for row in ringing)  # type: ignore[arg-type]
        return len(ringing)

    def relay(self, batch: int) -> list[Placed]:
        """One transaction of the relay: the events that got their places."""
        placed = [self.waiting.popleft() for _ in range(min(batch, len(self.waiting)))]
        for each in placed:
            each.position = len(self.feed) + 1
            self.feed.append(each)
        return placed

    def publish(self, events: Iterable[DeadlineEvent]) -> None:
        for event in events:
            name = event_id(self.authority, event)
            if name in self.outbox:
                self.told_twice += 1
                continue
            self.outbox[name] = Placed(name, event)
            self.waiting.append(self.outbox[name])

    def next_alarm(self) -> datetime | None:
        while self.alarms:
            at, deadline = self.alarms[0]
            if self.rows[deadline].next_alarm_at == at:
                return at
            heappop(self.alarms)
        return None

    def _claim(self, now: datetime, batch: int) -> list[Ringing]:
        ringing: list[Ringing] = []
        while len(ringing) < batch and (at := self.next_alarm()) is not None and at <= now:
            row = self.rows[heappop(self.alarms)[1]]
            row.alarms = [] if row.due_at <= now else sorted(each for each in row.alarms if each > now)
            row.next_alarm_at = min(row.alarms, default=None)
            self._set_alarm(row)
            known = {name: getattr(row, name) for name in Ringing._fields[1:-1]}
            ringing.append(Ringing(subject_id=row.id, rang_at=at, **known))
        return ringing

    def _store(self, changes: Sequence[Change], history: UUID) -> None:
        for change in changes:
            row = SimpleNamespace(**change.values)
            if change.withdraws:
                self.breaches[row.id, change.withdraws].withdrawn = True
            self.rows[row.id] = row
            self.of_history[history].add(row.id)
            self._set_alarm(row)
            self.publish(change.events)

    def _set_alarm(self, row: SimpleNamespace) -> None:
        if row.next_alarm_at is not None:
            heappush(self.alarms, (row.next_alarm_at, row.id))

    def _rows_of(self, history: UUID) -> list[SimpleNamespace]:
        return sorted((self.rows[each] for each in self.of_history[history]), key=lambda row: row.id)

    def _stands(self, row: SimpleNamespace) -> bool:
        breach = self.breaches.get((row.id, row.version))
        return breach is not None and not breach.withdrawn

    def _grounds(self, history: UUID) -> Any:
        return grounds(self.facts[history], self.law.catalogue.counted)


_FIELDS = [each.name for each in fields(Deadline)]
