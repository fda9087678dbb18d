"""Histories whose deadlines were worked out under another law than the one in force, worked out again.

A history that is done carries the law's version, in the transaction that did it: wherever this ends, what is done
stays done, and the next run takes up what is left.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from services.cli.import_ import BOUNDS
from shared.clock import Clock, SystemClock
from shared.db.engine import connect
from shared.db.faults import sqlstate
from shared.db.session import authority_session
from shared.deadlines.difference import Because
from shared.deadlines.law import Law, law
from shared.deadlines.reconcile import reconcile

ROLE = "duecare_reviews"
BATCH = 100  # histories in one transaction, for which their writers wait: about a second at most
TRIES = 5
CONTENTION = ("40001", "40P01", "55P03")

BEHIND = "FROM history WHERE authority_id = :authority AND law IS DISTINCT FROM :version"
ONWARD = "AND (CAST(:after AS uuid) IS NULL OR id > :after) ORDER BY id LIMIT :batch FOR UPDATE"
COUNT = text(f"SELECT count(*) {BEHIND}")
ANY = text(f"SELECT EXISTS (SELECT {BEHIND})")
# What another worker has in hand, or the services are writing, is passed over at first, and waited for at last.
ROUNDS = (text(f"SELECT id {BEHIND} {ONWARD} SKIP LOCKED"), text(f"SELECT id {BEHIND} {ONWARD}"))
FORGET = text("""
    UPDATE history SET law = NULL WHERE authority_id = :authority AND id IN (
        SELECT id FROM history
        WHERE authority_id = :authority AND (CAST(:after AS uuid) IS NULL OR id > :after)
        ORDER BY id LIMIT :batch FOR UPDATE
    ) RETURNING id
""")


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be rebuilt: where, under which practice, and for which councils."""

    database_url: str
    practice: str | None
    councils: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """One batch: how many histories were looked at, how many deadlines opened or changed, and the last history."""

    histories: int
    deadlines: int
    last: UUID


@dataclass(frozen=True, slots=True)
class Rebuilding:
    """Works out again the deadlines of one council; `engine` acts as a role that may write them.

    Any number of these may work side by side: each batch is claimed by locking its histories.
    """

    engine: AsyncEngine
    authority: str
    law: Law
    clock: Clock
    batch: int = BATCH

    async def behind(self) -> int:
        """How many histories are not worked out under this law."""
        async with authority_session(self.engine, self.authority, read_only=True) as session:
            return int(await session.scalar(COUNT, self._council) or 0)

    async def any_behind(self) -> bool:
        """Whether there is one at all."""
        async with authority_session(self.engine, self.authority, read_only=True) as session:
            return bool(await session.scalar(ANY, self._council))

    async def forget(self) -> None:
        """Take the mark from every history, so that each counts as behind."""
        after: UUID | None = None
        while True:
            async with authority_session(self.engine, self.authority) as session:
                page = {"authority": self.authority, "after": after, "batch": self.batch}
                forgotten = list(await session.scalars(FORGET, page))
            if not forgotten:
                return
            after = max(forgotten)

    async def work_off(self) -> AsyncIterator[Done]:
        """Work out all that are behind, batch by batch, and tell of each batch once it is committed."""
        for number in range(len(ROUNDS)):
            after: UUID | None = None
            while done := await self._with_patience(number, after):
                yield done
                after = done.last

    async def _with_patience(self, number: int, after: UUID | None) -> Done | None:
        for tried in range(1, TRIES + 1):
            try:
                return await self._work(number, after)
            except DBAPIError as error:
                if tried == TRIES or sqlstate(error) not in CONTENTION:
                    raise
        raise AssertionError("unreachable")

    async def _work(self, number: int, after: UUID | None) -> Done | None:
        async with authority_session(self.engine, self.authority) as session:
            page = self._council | {"after": after, "batch": self.batch}
            histories = list(await session.scalars(ROUNDS[number], page))
            if not histories:
                return None
            now = self.clock.now()
            changed = await reconcile(
                session, self.authority, histories, self.law, now, historic=True, because=Because.LAW
            )
            return Done(len(histories), changed, histories[-1])

    @property
    def _council(self) -> dict[str, object]:
        return {"authority": self.authority, "version": self.law.version}


@asynccontextmanager
async def rebuildings(task: Task, role: str | None = ROLE) -> AsyncIterator[list[Rebuilding]]:
    """The work of each council of a task, by the machine's clock, over one connection."""
    engine = connect(task.database_url, role, name="duecare-rebuild", pool_size=1, waits=BOUNDS)
    try:
        rules, clock = law(task.practice), SystemClock()
        yield [Rebuilding(engine, council, rules, clock) for council in task.councils]
    finally:
        await engine.dispose()


async def count_behind(task: Task, *, every: bool = False) -> int:
    """How many histories are to be looked at; with `every`, all are made so."""
    async with rebuildings(task) as councils:
        if every:
            for each in councils:
                await each.forget()
        return sum([await each.behind() for each in councils])


async def any_behind(task: Task) -> bool:
    """Whether any history is to be looked at, asked as the user whom the address names."""
    async with rebuildings(task, role=None) as councils:
        for each in councils:
            if await each.any_behind():
                return True
        return False
