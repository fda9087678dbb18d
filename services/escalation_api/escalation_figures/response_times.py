"""Counting how soon managers answer."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.escalation_clocks.kinds import Clock, codes_of
from services.escalation_api.escalation_figures.asking import Asked
from services.escalation_api.escalation_figures.counts import ITS_OWN, SEEN, by
from services.escalation_api.escalation_figures.response_views import ResponseTimes, StageTimes
from services.escalation_api.escalation_figures.stages import by_stage
from services.escalation_api.escalation_figures.working_days import Lengths, working_days
from shared.http.percentages import percent

IN_TIME, LATE, SILENT, WAITING = "in_time", "late", "silent", "waiting"
# What the visit's own deadline says of the first answer; without one (its ladder is lost) nothing is said of time.
ASKED = text(f"""
    SELECT e.team, s.ladder, s.stage, CAST(s.opened_at AT TIME ZONE 'Europe/London' AS date) AS opened_on,
           CAST(s.answered_at AT TIME ZONE 'Europe/London' AS date) AS answered_on,
           CASE WHEN s.answered_at IS NOT NULL THEN
                    CASE clock.outcome WHEN 'met' THEN 'in_time' WHEN 'met_late' THEN 'late' ELSE 'answered' END
                WHEN clock.due_at <= coalesce(s.closed_at, :now) THEN 'silent'
                WHEN s.closed_at IS NULL THEN 'waiting' ELSE 'ended' END AS became, count(*) AS n
    FROM escalation_stage s {ITS_OWN.format(of="s")}
    LEFT JOIN LATERAL (
        SELECT d.outcome, d.due_at FROM deadline d
        WHERE d.authority_id = :authority AND d.history_id = s.escalation_id AND d.anchor_id = s.id
          AND d.timescale = ANY (CAST(:answering AS text[]))
        LIMIT 1) clock ON true
    WHERE s.authority_id = :authority AND s.opened_at >= :since AND s.opened_at < :until AND {SEEN}
    GROUP BY 1, 2, 3, 4, 5, 6
""")  # noqa: S608 - nothing of it is anybody else's


async def response_times(session: AsyncSession, asked: Asked) -> ResponseTimes:
    """How soon managers answered what was asked of them in the period."""
    more = {"answering": codes_of(asked.catalogue, Clock.ANSWER), "now": asked.now}
    rows = (await session.execute(ASKED, {**asked.values, **more})).all()
    return ResponseTimes(
        from_on=asked.period.first,
        to_on=asked.period.last,
        as_at=asked.now,
        stages=list(_stages(asked, rows)),
        by_team={team: list(_stages(asked, of)) for team, of in by(rows, lambda row: row.team).items()},
    )


def _stages(asked: Asked, rows: Sequence[Row[Any]]) -> Iterator[StageTimes]:
    for name, of in by_stage(asked.catalogue, rows):
        became = {each: sum(row.n for row in of if row.became == each) for each in {row.became for row in of}}
        total, answered = sum(became.values()), sum(row.n for row in of if row.answered_on)
        in_time, late, silent = (became.get(each, 0) for each in (IN_TIME, LATE, SILENT))
        yield StageTimes(
            **name,
            asked=total,
            answered=answered,
            in_time=in_time,
            late=late,
            unanswered=total - answered,
            silent=silent,
            waiting=became.get(WAITING, 0),
            in_time_percent=percent(in_time, in_time + late + silent),
            to_answer=_to_answer(asked, of),
        )


def _to_answer(asked: Asked, rows: Sequence[Row[Any]]) -> Lengths:
    answered = [row for row in rows if row.answered_on]
    each = working_days(asked.calendar, [(row.opened_on, row.answered_on) for row in answered])
    return Lengths.of([days for days, row in zip(each, answered, strict=True) for _ in range(row.n)])
