"""Children whose first review is promised, made the way the record makes them: facts, then deadlines."""

from datetime import date, datetime, timedelta
from uuid import UUID

from shared.db.base import new_id
from shared.db.engine import connect
from shared.db.session import authority_session
from shared.deadlines.facts import NewFact, open_histories, record_facts, withdraw_facts
from shared.deadlines.law import law
from shared.deadlines.reconcile import reconcile
from shared.timescales.london import london_date

SOURCE = {
    "source": "ssda903"
}  # a return never says who the officer was, so one deadline each: the first review
LONG_AGO = timedelta(days=60)


async def look_after(
    database_url: str,
    authority: str,
    now: datetime,
    *,
    children: int = 1,
    started_on: date | None = None,
    historic: bool = False,
) -> list[UUID]:
    """Begin a care period for each child, by default so long ago that the first review is overdue."""
    started = started_on or london_date(now - LONG_AGO)
    pairs = [(new_id(), new_id()) for _ in range(children)]
    facts = [
        NewFact(history, child, "care_period.started", history, started, codes=SOURCE)
        for history, child in pairs
    ]
    histories = [history for history, _ in pairs]
    engine = connect(database_url, "duecare_reviews", name="tests", pool_size=1)
    async with authority_session(engine, authority) as session:
        await open_histories(session, authority, "care_period", pairs)
        await record_facts(session, authority, facts, now)
        await reconcile(session, authority, histories, law(), now, historic=historic)
    await engine.dispose()
    return histories


async def move_start(
    database_url: str, authority: str, history: UUID, started_on: date, now: datetime
) -> None:
    """Correct the day on which a care period began."""
    engine = connect(database_url, "duecare_reviews", name="tests", pool_size=1)
    async with authority_session(engine, authority) as session:
        await withdraw_facts(session, authority, [history], "care_period.started", "corrected", now)
        fact = NewFact(history, history, "care_period.started", history, started_on, codes=SOURCE)
        await record_facts(session, authority, [fact], now)
        await reconcile(session, authority, [history], law(), now)
    await engine.dispose()
