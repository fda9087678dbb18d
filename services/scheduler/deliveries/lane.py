"""One subscription's lane: a few deliveries under way, and no other lane waits for them."""

import asyncio
import random
import time
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from services.scheduler.crashpoints import Crashpoint, pass_by
from services.scheduler.deliveries.claims import Claimed, Result, are_of_today, claim, release
from services.scheduler.deliveries.failing import PATIENCE
from services.scheduler.deliveries.models import Outcome
from services.scheduler.deliveries.room import Kind
from services.scheduler.deliveries.sending import Sender
from services.scheduler.deliveries.settling import Settling
from services.scheduler.deliveries.slots import AT_ONCE, STUCK, Slots, Width
from services.scheduler.figures import ATTEMPTS
from shared.clock import Clock, ClockSuspect
from shared.db.session import authority_session
from shared.loops import waited_out

IN_HAND = 96  # claimed and not yet sent, where the lane is at its widest
RECORD_WITHIN = 0.1  # seconds; results that come together are recorded together
LEASE = timedelta(seconds=30)
CLAIM_LIGHTLY = text("SET LOCAL synchronous_commit = off")


@dataclass(slots=True)
class Lane:
    """Sends what is due for one subscription, and ends when nothing is."""

    engine: AsyncEngine
    clock: Clock
    sender: Sender
    authority: str
    subscription: UUID
    lease: timedelta = LEASE
    patience: timedelta = PATIENCE
    slots: Slots = field(default_factory=Slots)
    width: Width = field(default_factory=Width)
    chance: random.Random = field(default_factory=random.SystemRandom)
    closing: bool = False
    news: asyncio.Event = field(default_factory=asyncio.Event)
    in_hand: deque[Claimed] = field(default_factory=deque)
    under_way: set[asyncio.Task[Result | None]] = field(default_factory=set)
    finished: list[Result] = field(default_factory=list)
    asking: int = 0
    """Sends that have their place and no answer yet."""
    answered: float = field(default_factory=time.monotonic)
    """When something came of a send, or nobody was being asked, in seconds of a clock that never goes back."""

    async def run(self) -> None:
        """Record, claim and send until nothing is left to do. Waits out a database that is away."""
        try:
            while True:
                self.news.clear()
                self.in_hand.extend(await self._sending_on())
                self._begin()
                if not (self.under_way or self.finished or self.in_hand):
                    return
                await self._send_on()
        finally:
            for task in self.under_way:
                task.cancel()

    @property
    def kind(self) -> Kind:
        """How its receiver is, as far as this lane has seen."""
        if self.width.troubled:
            return Kind.TROUBLED
        silent = self.asking > 0 and time.monotonic() - self.answered > STUCK
        return Kind.SILENT if silent else Kind.ANSWERING

    def close(self) -> None:
        """Begin nothing more, give back what was not begun, and end with what is under way."""
        self.closing = True
        self.news.set()

    async def turn(self) -> list[Claimed]:
        """One transaction: what has finished is recorded, and as much is claimed as there is room for."""
        async with self.slots.turns, authority_session(self.engine, self.authority) as session:
            now, results = self.clock.now(), list(self.finished)
            if not results:
                # A claim alone may be lost with the server: all that follows is the same event again.
                await session.execute(CLAIM_LIGHTLY)
            mine = (self.authority, self.subscription)
            await Settling(session, *mine, now, self.chance, self.patience).settle(results)
            claimed = await self._claim(session, now)
        for result in results:
            ATTEMPTS.labels(result.outcome.value).inc()
        del self.finished[: len(results)]
        if claimed:
            pass_by(Crashpoint.AFTER_DELIVERY_CLAIM)
        return claimed

    async def _sending_on(self) -> list[Claimed]:
        """What a turn claims; what is in hand is sent on while the database works."""
        turn = asyncio.create_task(waited_out("delivery", self.turn), name="turn")
        try:
            while not turn.done():
                await asyncio.wait({turn, *self.under_way}, return_when=asyncio.FIRST_COMPLETED)
                self._collect()
                self._begin()
            return turn.result()
        finally:
            if not turn.done():
                turn.cancel()
                await asyncio.gather(turn, return_exceptions=True)

    async def _claim(self, session: AsyncSession, now: datetime) -> list[Claimed]:
        if self.in_hand and (
            self.closing or not await are_of_today(session, self.subscription, self.in_hand)
        ):
            await release(session, self.authority, self.subscription, self.in_hand)
            self.in_hand.clear()
        if self.closing:
            return []
        room = self._room - len(self.in_hand)
        if room <= 0:
            return []
        return await claim(session, self.authority, self.subscription, room, now, now + self.lease)

    @property
    def _room(self) -> int:
        return IN_HAND * self.width.now // AT_ONCE

    def _begin(self) -> None:
        while not self.closing and self.in_hand and len(self.under_way) < self.width.now:
            each = self.in_hand.popleft()
            if self._lasts(each):
                self.under_way.add(asyncio.create_task(self._send(each), name="send"))

    def _lasts(self, claim: Claimed) -> bool:
        # A claim is begun in the first third of its lease or left to run out: it must outlast the attempt. So it is
        # while nobody knows the time; what is under way then is not disturbed.
        try:
            return self.clock.now() < claim.until - self.lease * 2 / 3
        except ClockSuspect:
            return False

    async def _send(self, claim: Claimed) -> Result | None:
        async with self.slots.one(troubled=self.width.troubled):
            if not self._lasts(claim):
                return None
            self.answered = self.answered if self.asking else time.monotonic()
            self.asking += 1
            try:
                return await self.sender.send(claim)
            finally:
                self.asking -= 1

    async def _send_on(self) -> None:
        """Send from what is in hand until it is time for a turn: half of it is gone, or something is to be recorded."""
        news, record_by = asyncio.create_task(self.news.wait(), name="news"), None
        try:
            while self.under_way and not news.done():
                if self.finished:
                    record_by = record_by or time.monotonic() + RECORD_WITHIN
                    if len(self.in_hand) <= self._room // 2 or time.monotonic() >= record_by:
                        return
                wait = None if record_by is None else max(record_by - time.monotonic(), 0)
                await asyncio.wait({news, *self.under_way}, timeout=wait, return_when=asyncio.FIRST_COMPLETED)
                self._collect()
                self._begin()
        finally:
            news.cancel()

    def _collect(self) -> None:
        for task in {each for each in self.under_way if each.done()}:
            self.under_way.remove(task)
            self.answered = time.monotonic()
            if result := task.result():
                self.finished.append(result)
                if result.outcome is not Outcome.FAULT:  # which says nothing of the receiver
                    self.width.learn(result.outcome is Outcome.DELIVERED, result.milliseconds)
            pass_by(Crashpoint.AFTER_SEND)
