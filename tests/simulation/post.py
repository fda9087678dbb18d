"""The deliveries of one subscription, kept in memory under the rules of their table."""

import random
from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heappop, heappush
from uuid import UUID

from services.scheduler.deliveries.models import Outcome, State
from services.scheduler.deliveries.retry import after_attempt
from tests.simulation.tables import Placed


@dataclass(slots=True)
class Delivery:
    placed: Placed
    next_attempt_at: datetime
    state: State = State.WAITING
    attempts: int = 0
    claimed_until: datetime | None = None

    @property
    def free_at(self) -> datetime:
        """When somebody may take it."""
        claimed = self.claimed_until
        return self.next_attempt_at if claimed is None else max(self.next_attempt_at, claimed)


Taken = tuple[Delivery, int, datetime]
"""What a sender holds of a delivery: itself, the attempts before, and until when it is the sender's."""


@dataclass
class Post:
    """Claims and settles as the scheduler's SQL does: an event waits for the earlier ones about the same subject."""

    deliveries: dict[UUID, Delivery] = field(default_factory=dict)
    queues: dict[UUID, deque[Delivery]] = field(default_factory=lambda: defaultdict(deque))
    free: list[tuple[datetime, int, UUID]] = field(default_factory=list)

    def hand_out(self, placed: Placed, now: datetime) -> None:
        delivery = self.deliveries[placed.id] = Delivery(placed, now)
        queue = self.queues[placed.event.subject_id]
        queue.append(delivery)
        if len(queue) == 1:
            self._offer(delivery)

    def claim(self, limit: int, now: datetime, until: datetime) -> list[Taken]:
        taken: list[Taken] = []
        while len(taken) < limit and (at := self.next_at()) is not None and at <= now:
            delivery = self.deliveries[heappop(self.free)[2]]
            delivery.claimed_until = until
            self._offer(delivery)  # to whoever comes after the lease
            taken.append((delivery, delivery.attempts, until))
        return taken

    def settle(self, taken: Taken, outcome: Outcome, now: datetime, chance: random.Random) -> None:
        """Whoever's claim has run out may be late: only a success then still counts."""
        delivery, before, until = taken
        then = after_attempt(outcome, before + 1, now, chance)
        mine = delivery.claimed_until == until or then.state is State.DELIVERED
        if delivery.state is not State.WAITING or not mine:
            return
        delivery.state, delivery.next_attempt_at = then.state, then.at
        delivery.attempts, delivery.claimed_until = before + 1, None
        if then.state is State.WAITING:
            self._offer(delivery)
        else:
            self._next_of(delivery)

    def next_at(self) -> datetime | None:
        """When there is something to take next."""
        while self.free:
            at, _, event = self.free[0]
            delivery = self.deliveries[event]
            if delivery.state is State.WAITING and delivery.free_at == at:
                return at
            heappop(self.free)
        return None

    def _offer(self, delivery: Delivery) -> None:
        heappush(self.free, (delivery.free_at, delivery.placed.position, delivery.placed.id))

    def _next_of(self, delivery: Delivery) -> None:
        queue = self.queues[delivery.placed.event.subject_id]
        queue.remove(delivery)
        if queue:
            self._offer(queue[0])
