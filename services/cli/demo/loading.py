"""Loads the made-up council, whole or not at all."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import insert, inspect, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.cli.demo.council import Council, build_council
from services.reviews_api.children.births import birth_of
from services.reviews_api.children.models import Child
from shared.db.engine import connect
from shared.db.session import authority_session
from shared.deadlines.facts import NewFact, open_histories, record_facts
from shared.deadlines.law import Law
from shared.deadlines.reconcile import reconcile
from shared.timescales.london import london_date

ROLE = "duecare_reviews"
WAITS = {"statement_timeout": "60s", "lock_timeout": "60s", "idle_in_transaction_session_timeout": "60s"}
LOCK = 7_201_991  # two demonstrations starting at once load one council
BATCH = 40  # care periods worked out at a time

T = TypeVar("T")
Progress = Callable[[int, int], None]


async def load_council(
    database_url: str, authority: str, law: Law, now: datetime, progress: Progress
) -> Council | None:
    """Load the council as of `now` (UTC), in one transaction, unless the authority has children already.

    Returns what was loaded, or None. `progress` is told how many care periods are done, and of how many.
    """
    engine = connect(database_url, ROLE, name="duecare-demo", pool_size=1, waits=WAITS)
    try:
        async with authority_session(engine, authority) as session:
            await session.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": LOCK})
            if await session.scalar(select(Child.id).where(Child.authority_id == authority).limit(1)):
                return None
            council = build_council(authority, london_date(now), law.calendar)
            await _store(session, council, now)
            await _work_out(session, council, law, now, progress)
            return council
    finally:
        await engine.dispose()


async def _store(session: AsyncSession, council: Council, now: datetime) -> None:
    periods = [(period.id, period.child_id) for period in council.care_periods]
    await open_histories(session, council.authority, "care_period", periods)
    for rows in _records(council):
        await session.execute(insert(type(rows[0]).__table__), [_columns(row) for row in rows])
    await record_facts(session, council.authority, _facts(council), now)


async def _work_out(
    session: AsyncSession, council: Council, law: Law, now: datetime, progress: Progress
) -> None:
    whole = [period.id for period in council.care_periods]
    for start in range(0, len(whole), BATCH):
        batch = whole[start : start + BATCH]
        await reconcile(session, council.authority, batch, law, now, historic=True)
        progress(start + len(batch), len(whole))


def _records(council: Council) -> Iterator[Sequence[Any]]:
    yield council.children
    yield council.care_periods
    yield council.allocations
    yield council.reviews
    yield council.midpoint_checks
    yield council.milestones


def _facts(council: Council) -> Iterator[NewFact]:
    for child in council.children:
        histories = [period.id for period in council.care_periods if period.child_id == child.id]
        yield from birth_of(child, histories).facts()
    whole = (council.care_periods, council.allocations, council.reviews, council.midpoint_checks)
    for told in (*whole, council.milestones):
        for record in told:
            yield from record.facts()


def _columns(row: Any) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in inspect(type(row)).column_attrs}
