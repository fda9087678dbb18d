"""A batch of rows, written and told together. One that fails is halved until the row at fault is found, which is then
done by itself."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from services.reviews_api.bulk.ahead import read_ahead, tombstones_of
from services.reviews_api.bulk.foreseeing import foresee
from services.reviews_api.bulk.kinds import KINDS
from services.reviews_api.bulk.order import group_of
from services.reviews_api.bulk.rows import Result, Row, refused, settle
from services.reviews_api.histories.opening import OPENED, Opened, open_all
from services.reviews_api.known import FORESEEN, KNOWN, WRITES, Known
from services.reviews_api.timeline import GATHERING, Told, tell_all
from services.reviews_api.tombstones import TOMBSTONES
from shared.auth.principal import Principal
from shared.db.faults import is_outage
from shared.db.session import enter
from shared.http.door import Door
from shared.refusals import Refusal


class PatientSession(AsyncSession):
    """A session that can wait with writing until all of a batch is there."""

    patient = False

    async def flush(self, objects: Sequence[Any] | None = None) -> None:
        """Write what is pending, unless told to wait."""
        if not self.patient:
            await super().flush(objects)


@asynccontextmanager
async def batch_session(engine: AsyncEngine, authority: str) -> AsyncIterator[PatientSession]:
    """One transaction within an authority, committed at the end unless an error leaves it."""
    async with PatientSession(engine, expire_on_commit=False, autoflush=False) as session, session.begin():
        await enter(session, authority)
        yield session


@dataclass(frozen=True, slots=True)
class Batch:
    """Does rows in the open transaction: puts of any kinds in the order in which they rest on each other, or
    withdrawals of one kind."""

    session: PatientSession
    door: Door
    who: Principal
    rehearsal: bool = False

    async def do(self, rows: Sequence[Row]) -> list[Result]:
        """What became of each row. Raises only where the database is away, or somebody is at the same records."""
        if len(rows) == 1:
            return [await self._alone(rows[0])]
        if any(KINDS[row.record].alone for row in rows):
            return [await self._alone(row) for row in rows]
        try:
            async with self.session.begin_nested():
                return await self._together(rows)
        except Exception as error:
            if is_outage(error):
                raise
        middle = len(rows) // 2
        return [*await self.do(rows[:middle]), *await self.do(rows[middle:])]

    async def _alone(self, row: Row) -> Result:
        try:
            async with self.session.begin_nested():
                return await settle(self.session, self.door, self.who, row)
        except Exception as error:
            return refused(error, row)

    async def _together(self, rows: Sequence[Row]) -> list[Result]:
        told, known = list[Told](), Known()
        results: list[Result] = []
        tombstones = await tombstones_of(self.session, self.who.authority, rows)
        with self._informed({KNOWN: known, TOMBSTONES: tombstones, GATHERING: told}):
            for _, alike in groupby(rows, key=group_of):
                results += await self._write(list(alike), told, known)
        if told:
            await tell_all(self.session, self.door, self.who.authority, told)
        return results

    async def _write(self, rows: Sequence[Row], told: list[Told], known: Known) -> list[Result]:
        """Write rows of one kind, and note what they tell."""
        session, authority, first = self.session, self.who.authority, rows[0]
        patient = KINDS[first.record].patient and not first.withdrawal and not group_of(first)[1]
        await read_ahead(session, authority, rows, known, turns=not self.rehearsal)
        if not patient:
            return [await self._in_savepoint(row, told) for row in rows]
        opened: Opened = []
        with self._informed({OPENED: opened, FORESEEN: await foresee(session, authority, rows, known)}):
            session.patient = True
            results = [await self._without_savepoint(row, told) for row in rows]
        await open_all(session, authority, opened)
        await session.flush()
        return results

    async def _without_savepoint(self, row: Row, told: list[Told]) -> Result:
        """A row whose refusal must have left nothing behind, or the batch cannot be done together."""
        session, before = self.session, self._written_so_far(told)
        try:
            return await settle(session, self.door, self.who, row)
        except (Refusal, ValidationError) as error:
            if self._written_so_far(told) != before:
                raise
            return refused(error, row)

    async def _in_savepoint(self, row: Row, told: list[Told]) -> Result:
        """A row whose refusal may leave something behind, which is taken back."""
        before = len(told)
        try:
            async with self.session.begin_nested():
                return await settle(self.session, self.door, self.who, row)
        except Exception as error:
            result = refused(error, row)
        del told[before:]
        self.session.info[KNOWN].clear()  # what was taken back must be read again
        return result

    def _written_so_far(self, told: list[Told]) -> tuple[int, ...]:
        # SQLAlchemy's own notes, which a new release may name otherwise: its `new` and `dirty` make a set of them all
        # each time that they are asked for.
        session = self.session.sync_session
        pending = len(session._new), len(session.identity_map._modified)
        return len(told), *pending, session.info.get(WRITES, 0)

    @contextmanager
    def _informed(self, what: Mapping[str, Any]) -> Iterator[None]:
        """Have whoever asks the session know this."""
        self.session.info.update(what)
        try:
            yield
        finally:
            self.session.patient = False
            for name in what:
                del self.session.info[name]
