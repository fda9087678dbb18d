"""The tables that the simulation keeps in memory are PostgreSQL's: one story, told to both, leaves the same in both."""

import asyncio
import random
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby
from uuid import UUID

import pytest

from services.scheduler.deliveries.lane import IN_HAND, LEASE
from services.scheduler.deliveries.lanes import Lanes
from services.scheduler.deliveries.models import Outcome
from shared.deadlines.law import law
from shared.timescales.facts import Fact
from shared.timescales.london import london_date
from tests.faults.chance import Chance, size
from tests.scheduler.bureau import Bureau
from tests.scheduler.promises import SOURCE
from tests.scheduler.receiver import Hook, Receiver
from tests.simulation.post import Post
from tests.simulation.tables import Tables

STEPS = size(45, 400)
PAUSES = [
    timedelta(seconds=6),
    timedelta(minutes=6),
    timedelta(minutes=40),
    timedelta(days=3),
    timedelta(days=25),
]

FOR_EVER = timedelta(days=10_000)
"""A subscription that fails is not ended here: that is no part of the simulation."""


class Always(random.Random):
    """Dice that fall on one side: both must wait as long between two attempts, for the same story."""

    def __init__(self, side: float) -> None:
        super().__init__()
        self.side = side

    def random(self) -> float:
        return self.side


def refuses(event: str) -> bool:
    """Whether an event is refused: some are, as often as they come."""
    return UUID(event).int % 3 == 0


@dataclass
class Choosy(Receiver):
    """Refuses some events for good."""

    async def reply(self, writer: asyncio.StreamWriter, hook: Hook) -> None:
        self.answers = ["500 Oh No"] if refuses(hook.id) else []
        await super().reply(writer, hook)


@dataclass
class Both:
    """Every step is taken on PostgreSQL and in memory."""

    bureau: Bureau
    tables: Tables
    chance: Chance
    post: Post = field(default_factory=Post)
    histories: list[UUID] = field(default_factory=list)

    async def child(self) -> None:
        started = london_date(self.bureau.now) - timedelta(days=self.chance.randrange(45))
        [history] = await self.bureau.look_after(started_on=started)
        [[child]] = await self.bureau.town.rows("SELECT child_id FROM history WHERE id = :h", h=history)
        self.histories.append(history)
        self.tables.children[history] = child
        self._tell(history, started)

    async def correction(self) -> None:
        if self.histories:
            history = self.chance.choice(self.histories)
            started = london_date(self.bureau.now) - timedelta(days=self.chance.randrange(60))
            await self.bureau.move_start(history, started)
            self._tell(history, started)

    async def sweep(self) -> None:
        assert await self.bureau.sweep(100) == self.tables.sweep(self.bureau.now, 1000)

    async def relay(self) -> None:
        await self.bureau.relay()
        for placed in self.tables.relay(1000):
            self.post.hand_out(placed, self.bureau.now)

    async def deliver(self) -> None:
        now = self.bureau.now
        async with self.bureau.sender() as sender:
            lanes = Lanes(
                self.bureau.engine, self.bureau.clock, sender, patience=FOR_EVER, chance=Always(0.5)
            )
            await lanes.look(self.bureau.town.authority)
            await lanes.drain()
        while taken := self.post.claim(IN_HAND, now, now + LEASE):
            for each in taken:
                refused = refuses(str(each[0].placed.id))
                self.post.settle(each, Outcome.REFUSED if refused else Outcome.DELIVERED, now, Always(0.5))

    async def wait(self) -> None:
        self.bureau.clock.set(self.bureau.now + self.chance.choice(PAUSES))

    async def assert_alike(self) -> None:
        rows = await self._read("SELECT id, version, revision, due_at, outcome, alarms FROM deadline", 1)
        alike = ("version", "revision", "due_at", "outcome", "alarms")
        assert rows == {
            each: tuple(getattr(row, name) for name in alike) for each, row in self.tables.rows.items()
        }
        rows = await self._read(
            "SELECT deadline_id, version, due_at, recorded_at, withdrawn_at FROM breach", 2
        )
        assert {key: (due, told, gone is not None) for key, (due, told, gone) in rows.items()} == {
            key: (each.due_at, each.recorded_at, each.withdrawn) for key, each in self.tables.breaches.items()
        }
        rows = await self._read("SELECT event_id, state, attempts FROM delivery", 1)
        assert rows == {event: (each.state, each.attempts) for event, each in self.post.deliveries.items()}
        assert await self._stories() == _by_subject(
            [(each.event.subject_id, each.id) for each in self.tables.feed]
        )

    async def _read(self, sql: str, keys: int):
        rows = await self.bureau.town.rows(sql, "duecare_scheduler")
        return {row[0] if keys == 1 else tuple(row[:keys]): tuple(row[keys:]) for row in rows}

    async def _stories(self):
        """Events of one deadline in their order; between two of one sweep, the order is nobody's. What is told of
        subscriptions has no part in it."""
        events = await self.bureau.town.rows(
            "SELECT subject_id, id, position, envelope ->> 'subject' AS subject FROM outbox_event "
            "WHERE position IS NOT NULL ORDER BY position"
        )
        assert [row.position for row in events] == list(range(1, len(events) + 1))
        told = [row for row in events if row.subject.startswith("deadline/")]
        return _by_subject([(row.subject_id, row.id) for row in told])

    def _tell(self, history: UUID, started) -> None:
        self.tables.facts[history] = [Fact("care_period.started", history, started, codes=SOURCE)]
        self.tables.reconcile(history, self.bureau.now)


def _by_subject(events):
    ordered = sorted(events, key=lambda event: event[0])
    return {
        subject: [event for _, event in story]
        for subject, story in groupby(ordered, key=lambda event: event[0])
    }


@pytest.fixture
async def bureau(town) -> Bureau:
    return Bureau(town)


async def test_the_same_story_leaves_the_same_in_memory_and_in_postgresql(bureau):
    chance = Chance("agreement")
    async with Choosy.listening() as receiver:
        await bureau.subscribe(receiver)
        both = Both(bureau, Tables(bureau.town.authority, law()), chance)
        steps = [both.child, both.correction, both.sweep, both.relay, both.deliver, both.wait]
        for step in chance.choices(steps, weights=[3, 2, 3, 2, 2, 3], k=STEPS):
            await step()
            await both.assert_alike()
        assert len(both.tables.breaches) > 0
