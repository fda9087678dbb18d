"""Loading a batch of children from a return: what each needs is settled first, then written all at once."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from sqlalchemy import bindparam, insert, inspect, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.children.births import birth_of
from services.reviews_api.children.models import Child
from services.reviews_api.imports.findings import Verdicts
from services.reviews_api.imports.ssda903.by_child import ChildReturn
from services.reviews_api.imports.ssda903.episodes import settle_episodes
from services.reviews_api.imports.ssda903.header import settle_header
from services.reviews_api.imports.ssda903.held import Held, held
from services.reviews_api.imports.ssda903.periods import Periods, period_reference, settle_periods
from services.reviews_api.imports.ssda903.residents import resettle
from services.reviews_api.imports.ssda903.reviews import ReviewBook, settle_reviews
from services.reviews_api.imports.ssda903.spells import chains
from services.reviews_api.imports.ssda903.writing import Writing
from shared.db.base import Base
from shared.deadlines.facts import open_histories, record_facts, withdraw_facts
from shared.deadlines.law import Law
from shared.deadlines.models import DeadlineRow
from shared.deadlines.reconcile import reconcile
from shared.events.outbox import publish


async def load(
    session: AsyncSession,
    authority: str,
    batch: Sequence[ChildReturn],
    law: Law,
    now: datetime,
    verdicts: Verdicts,
) -> None:
    """Bring these children's records, facts and deadlines up to date with the return; `verdicts` says how
    each row ended. The same rows again change nothing and publish nothing."""
    names = [name for said in batch for name in _names(said)]
    known = await held(session, authority, [said.reference for said in batch], names)
    writings = [settle(authority, said, known[said.reference], verdicts) for said in batch]
    await _store(session, authority, writings)
    await _tell(session, authority, writings, law, now)


def _names(said: ChildReturn) -> Iterator[str]:
    """What the records of a child would be called."""
    days = {*(row.started_on for row in said.episodes), *(row.held_on for row in said.reviews)}
    return (period_reference(said.reference, day) for day in days)


def settle(authority: str, said: ChildReturn, known: Held, verdicts: Verdicts) -> Writing:
    """What the return changes for one child."""
    writing = Writing(standing=known.facts)
    child = settle_header(authority, said, known, verdicts, writing)
    spells = settle_episodes(child, said, known, verdicts, writing)
    book = None
    if child is not None:
        periods = settle_periods(child, chains(spells), known.periods, known.withdrawn_periods, writing)
        resettle(known, periods, writing)
        book = ReviewBook(child, known, periods, spells)
        _tell_birth(child, known, periods, writing)
    settle_reviews(child, said, known, book, verdicts, writing)
    return writing


def _tell_birth(child: Child, known: Held, periods: Periods, writing: Writing) -> None:
    asking = {history.id for history in known.histories}
    histories = asking | {period.id for period in [*periods.standing, *periods.gone]}
    writing.govern(child.id, birth_of(child, histories).facts())


async def _store(session: AsyncSession, authority: str, writings: Sequence[Writing]) -> None:
    """What others refer to is stored first: the models name no foreign keys for the session to see."""
    await session.flush()
    await _insert(session, [row for writing in writings for row in writing.children])
    periods = [period for writing in writings for period in writing.periods]
    await _insert(session, periods)
    histories = [(period.id, period.child_id) for period in periods]
    await open_histories(session, authority, "care_period", histories)
    for writing in writings:
        for move in writing.moves:
            move.make()
    await session.flush()
    await _insert(session, [row for writing in writings for row in writing.episodes])
    await _insert(session, [row for writing in writings for row in writing.reviews])


async def _insert(session: AsyncSession, rows: Sequence[Base]) -> None:
    """Rows of one kind in one statement; a flush would make one for each run of rows with the same empty cells."""
    if rows:
        columns = inspect(type(rows[0])).column_attrs.keys()
        values = [{column: getattr(row, column) for column in columns} for row in rows]
        await session.execute(insert(type(rows[0])).execution_options(render_nulls=True), values)


async def _tell(
    session: AsyncSession, authority: str, writings: Sequence[Writing], law: Law, now: datetime
) -> None:
    obsolete = [fact.history_id for writing in writings for fact in writing.obsolete()]
    fresh = [fact for writing in writings for fact in writing.fresh()]
    await _withdraw(session, authority, writings, now)
    await record_facts(session, authority, fresh, now)
    await _move_deadlines(session, authority, writings)
    events = [event for writing in writings for event in writing.events]
    await publish(session, authority, events, now, historic=True)
    touched = sorted({*obsolete, *(fact.history_id for fact in fresh)})
    if touched:
        await reconcile(session, authority, touched, law, now, historic=True)


async def _withdraw(
    session: AsyncSession, authority: str, writings: Sequence[Writing], now: datetime
) -> None:
    reasons = sorted(
        (
            fact.kind,
            "corrected" if (fact.record_id, fact.kind) in told else "not_in_return",
            fact.record_id,
        )
        for writing in writings
        for told in [{key[:2] for key in writing.wanted}]
        for fact in writing.obsolete()
    )
    for (kind, because), facts in groupby(reasons, key=lambda reason: reason[:2]):
        records = [record for _, _, record in facts]
        await withdraw_facts(session, authority, records, kind, because, now)


async def _move_deadlines(session: AsyncSession, authority: str, writings: Sequence[Writing]) -> None:
    """A deadline that a record starts goes with it: it stays the same promise in another history."""
    moves = [
        {"record": move.record.id, "old": move.from_history, "new": move.to_history}
        for writing in writings
        for move in writing.moves
    ]
    if moves:
        statement = (
            update(DeadlineRow)
            .where(DeadlineRow.authority_id == authority, DeadlineRow.anchor_id == bindparam("record"))
            .where(DeadlineRow.history_id == bindparam("old"))
            .values(history_id=bindparam("new"))
            .execution_options(synchronize_session=False)
        )
        connection = await session.connection()
        await connection.execute(statement, moves)
