"""One thread that owns the clock, the queue, the network and the crashes. One seed, one history."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from typing import Any
from uuid import UUID

from services.scheduler.deliveries.lane import IN_HAND, LEASE
from services.scheduler.deliveries.models import Outcome
from shared.deadlines.law import law
from shared.events.deadline_events import DeadlineBreached, DeadlineEvent
from tests.simulation.post import Post, Taken
from tests.simulation.story import Told, year
from tests.simulation.tables import Placed, Tables

ONLY = frozenset({"lac-review-first", "lac-review-second", "lac-review-subsequent", "iro-allocation-sefton"})
BATCH = 50
DOWN = 3600 * 24  # seconds that a scheduler that died stays away at most
LATE = 300  # seconds that a clock may be behind
REST = timedelta(days=1)
HEARS: tuple[type[DeadlineEvent], ...] = (DeadlineEvent, DeadlineBreached)
"""What each subscription wants to hear of."""


@dataclass(frozen=True, slots=True)
class Rates:
    """How likely each fault is where it may happen; drawn anew for each seed, and some seeds know none of some."""

    crash: float
    refusal: float
    lost_answer: float
    late_result: float
    late_clock: float

    @classmethod
    def drawn(cls, chance: random.Random) -> "Rates":
        return cls(*(chance.choice([0.0, 0.01, 0.1, 0.4]) for _ in range(5)))


@dataclass
class Scheduler:
    """A process: all that it keeps is lost when it dies. `behind` is how late its clock is."""

    number: int
    behind: timedelta = timedelta(0)
    away_until: datetime | None = None


class Died(Exception):
    """The process was killed here."""


@dataclass
class World:
    seed: int
    children: int = 1000
    chance: random.Random = field(init=False)
    rates: Rates = field(init=False)
    tables: Tables = field(init=False)
    posts: list[Post] = field(default_factory=lambda: [Post() for _ in HEARS])
    received: list[list[UUID]] = field(default_factory=lambda: [[] for _ in HEARS])
    schedulers: list[Scheduler] = field(default_factory=lambda: [Scheduler(0), Scheduler(1)])
    queue: list[tuple[datetime, int, Any, tuple[Any, ...]]] = field(default_factory=list)
    happened: Counter[str] = field(default_factory=Counter)
    number: int = 0
    now: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.rates = Rates.drawn(self.chance)
        self.tables = Tables("SIM", law(), ONLY)

    def run(self) -> None:
        """The year, and then as long as it takes until nothing is left to do, without any further fault."""
        told = year(self.chance, self.children)
        for each in told:
            self._at(each.at, self._tell, each)
        for scheduler in self.schedulers:
            self._at(told[0].at, self._look, scheduler)
        self._play(until=told[-1].at + timedelta(days=200))
        self.rates = Rates(0, 0, 0, 0, 0)
        self._play(until=self.now + timedelta(days=10))

    def _play(self, until: datetime) -> None:
        while self.queue and self.queue[0][0] <= until:
            self.now, _, action, arguments = heappop(self.queue)
            action(*arguments)

    def _at(self, at: datetime, action: Any, *arguments: Any) -> None:
        self.number += 1
        heappush(self.queue, (at, self.number, action, arguments))

    def _tell(self, told: Told) -> None:
        self.tables.children[told.history] = told.history
        self.tables.facts[told.history] = list(told.facts)
        self.tables.reconcile(told.history, self.now)

    def _look(self, scheduler: Scheduler) -> None:
        """One round of a scheduler; afterwards it sleeps, or is dead for a while."""
        scheduler.behind = timedelta(0)
        if self._happens("late_clock"):
            scheduler.behind = timedelta(seconds=self.chance.randrange(LATE))
        try:
            self._round(self.now - scheduler.behind)
        except Died:
            self._at(self.now + timedelta(seconds=self.chance.randrange(1, DOWN)), self._look, scheduler)
            return
        self._at(self._next_look(), self._look, scheduler)

    def _round(self, clock: datetime) -> None:
        rang = BATCH
        while rang == BATCH:
            self._may_die()
            rang = self.tables.sweep(clock, BATCH)
            self._may_die()
        while placed := self.tables.relay(BATCH):
            for each in placed:
                self._hand_out(each, clock)
            self._may_die()
        for number in range(len(HEARS)):
            self._deliver(number, clock)

    def _hand_out(self, placed: Placed, clock: datetime) -> None:
        for post, kind in zip(self.posts, HEARS, strict=True):
            if isinstance(placed.event, kind):
                post.hand_out(placed, clock)

    def _deliver(self, number: int, clock: datetime) -> None:
        post = self.posts[number]
        while taken := post.claim(IN_HAND, clock, clock + LEASE):
            self._may_die()
            results = [(each, self._send(number, each)) for each in taken]
            if self._happens("late_result"):  # it hangs, and comes back when others have taken over
                self._at(self.now + LEASE * 3, self._settle, number, results)
                return
            self._may_die()
            self._settle(number, results)

    def _send(self, number: int, taken: Taken) -> Outcome:
        if self._happens("refusal"):
            return Outcome.REFUSED
        self.received[number].append(taken[0].placed.id)
        return Outcome.UNREACHABLE if self._happens("lost_answer") else Outcome.DELIVERED

    def _settle(self, number: int, results: list[tuple[Taken, Outcome]]) -> None:
        for taken, outcome in results:
            self.posts[number].settle(taken, outcome, self.now, self.chance)

    def _next_look(self) -> datetime:
        """At the next alarm or attempt, and now and then anyway: whatever is told is noticed then."""
        ahead = [self.tables.next_alarm(), *(post.next_at() for post in self.posts)]
        soonest = min((at for at in ahead if at), default=self.now + REST)
        lag = timedelta(seconds=self.chance.uniform(1, 60))
        return max(min(soonest, self.now + REST), self.now) + lag

    def _may_die(self) -> None:
        if self._happens("crash"):
            raise Died

    def _happens(self, what: str) -> bool:
        rate: float = getattr(self.rates, what)
        if not rate or self.chance.random() >= rate:
            return False
        self.happened[what] += 1
        return True
