"""Counting what came of alerts."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.escalation_figures.asking import Asked
from services.escalation_api.escalation_figures.counts import (
    CHILDREN,
    COUNTED,
    ITS_OWN,
    SEEN,
    Alerts,
    alerts,
    seen,
)
from services.escalation_api.escalation_figures.outcome_views import (
    Ended,
    OutcomeFigures,
    PlanChanges,
    Promises,
    Times,
)
from services.escalation_api.escalation_figures.working_days import Lengths, working_days
from services.escalation_api.escalations.concern import Kind
from services.escalation_api.escalations.transitions import State

CHALLENGES = (Kind.INFORMAL_RESOLUTION, Kind.PRACTICE_ALERT)
RESOLVED = (State.RESOLVED, State.PARTLY_RESOLVED)
RAISED_ON = "CAST(e.raised_at AT TIME ZONE 'Europe/London' AS date) AS raised_on"
ENDED = text(f"""
    SELECT e.state, e.kind, coalesce(e.plan_changed, 'not_said') AS plan_changed, {RAISED_ON},
           CAST(e.closed_at AT TIME ZONE 'Europe/London' AS date) AS until, {COUNTED}
    FROM escalation e {CHILDREN}
    WHERE e.authority_id = :authority AND e.closed_at >= :since AND e.closed_at < :until AND {SEEN}
    GROUP BY 1, 2, 3, 4, 5
""")  # noqa: S608 - nothing of it is anybody else's
REOPENED = text(f"""
    SELECT count(*) FROM escalation_stage s
    WHERE s.authority_id = :authority AND s.opened_at >= :since AND s.opened_at < :until AND s.why = 'reopened'
      AND {seen("s.escalation_id")}
""")  # noqa: S608
FIRST_KEPT = text(f"""
    SELECT e.kind, e.raised_on, p.done_on AS until, 1 AS alerts
    FROM (
        SELECT k.escalation_id, min(k.done_on) AS done_on FROM escalation_promise k
        WHERE k.authority_id = :authority AND k.done_on BETWEEN :first AND :last GROUP BY 1
    ) p {ITS_OWN.format(of="p")}
    WHERE {SEEN} AND (
        SELECT min(k.done_on) FROM escalation_promise k
        WHERE k.authority_id = :authority AND k.escalation_id = p.escalation_id) >= :first
""")  # noqa: S608
PROMISED = text(f"""
    SELECT CASE WHEN p.state = 'done' AND p.done_on <= p.due_on THEN 'kept_in_time'
                WHEN p.state = 'done' THEN 'kept_late'
                WHEN p.state = 'dropped' THEN 'dropped' ELSE 'outstanding' END AS became, count(*) AS n,
           count(*) FILTER (WHERE p.state = 'promised' AND p.due_on < :today) AS overdue,
           count(*) FILTER (WHERE (
               SELECT count(*) FROM escalation_step m WHERE m.authority_id = :authority
               AND m.escalation_id = p.escalation_id AND m.about_id = p.id AND m.verb = 'move') > 0) AS moved
    FROM escalation_promise p
    WHERE p.authority_id = :authority AND p.promised_at >= :since AND p.promised_at < :until
      AND {seen("p.escalation_id")}
    GROUP BY 1
""")  # noqa: S608


async def outcome_figures(session: AsyncSession, asked: Asked) -> OutcomeFigures:
    """What came of alerts in the period."""
    ended = (await session.execute(ENDED, asked.values)).all()
    days = {"first": asked.period.first, "last": asked.period.last}
    kept = (await session.execute(FIRST_KEPT, {**asked.values, **days})).all()
    resolved = [row for row in ended if row.state in RESOLVED]

    def times(*kinds: Kind) -> Times:
        mine = [[row for row in rows if row.kind in kinds] for rows in (kept, resolved)]
        return Times(to_first_promise_kept=_lengths(asked, mine[0]), to_resolved=_lengths(asked, mine[1]))

    return OutcomeFigures(
        from_on=asked.period.first,
        to_on=asked.period.last,
        as_at=asked.now,
        ended=Ended(**_by(ended, "state", Ended.model_fields)),
        reopened=await session.scalar(REOPENED, asked.values) or 0,
        plan_changed=PlanChanges(**_by(resolved, "plan_changed", PlanChanges.model_fields)),
        times=times(*CHALLENGES),
        times_of={kind: times(kind) for kind in CHALLENGES},
        promises=await _promises(session, asked),
    )


def _by(rows: Sequence[Row[Any]], column: str, codes: Iterable[str]) -> dict[str, Alerts]:
    return {code: alerts(row for row in rows if getattr(row, column) == code) for code in codes}


def _lengths(asked: Asked, rows: Sequence[Row[Any]]) -> Lengths:
    each = working_days(asked.calendar, [(row.raised_on, row.until) for row in rows])
    return Lengths.of([days for days, row in zip(each, rows, strict=True) for _ in range(row.alerts)])


async def _promises(session: AsyncSession, asked: Asked) -> Promises:
    rows = (await session.execute(PROMISED, {**asked.values, "today": asked.today})).all()
    became = {row.became: row.n for row in rows}
    return Promises(
        made=sum(became.values()),
        kept_in_time=became.get("kept_in_time", 0),
        kept_late=became.get("kept_late", 0),
        dropped=became.get("dropped", 0),
        outstanding=became.get("outstanding", 0),
        overdue=sum(row.overdue for row in rows),
        moved=sum(row.moved for row in rows),
    )
