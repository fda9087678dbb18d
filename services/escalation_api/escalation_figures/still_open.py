"""Counting what is open now."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.escalation_clocks.kinds import Clock, codes_of
from services.escalation_api.escalation_clocks.statement import IS_OPEN
from services.escalation_api.escalation_figures.ages import BANDS, band
from services.escalation_api.escalation_figures.asking import AskedNow
from services.escalation_api.escalation_figures.counts import CHILDREN, COUNTED, SEEN, alerts, by
from services.escalation_api.escalation_figures.open_views import Open, OpenAtStage, OpenFigures, OpenWith
from services.escalation_api.escalation_figures.stages import by_stage
from services.escalation_api.escalation_figures.working_days import working_days
from services.escalation_api.escalations.ladders import stage_of
from services.escalation_api.escalations.transitions import State
from shared.timescales.catalogue import Catalogue

# The clock of a stage that was left has ended with it: one that is open is of the stage at which the alert stands.
OPEN = text(f"""
    SELECT e.ladder, e.stage, e.team, e.theme, e.state, e.raised_on, {COUNTED},
           count(*) FILTER (WHERE late.answering) AS overdue, count(*) FILTER (WHERE late.whole) AS past_whole
    FROM (
        SELECT e.id, e.ladder, e.stage, e.team, e.theme, e.state,
               CAST(e.raised_at AT TIME ZONE 'Europe/London' AS date) AS raised_on
        FROM escalation e WHERE e.authority_id = :authority AND {IS_OPEN} AND {SEEN}
    ) e {CHILDREN} CROSS JOIN LATERAL (
        SELECT bool_or(d.timescale = ANY (CAST(:answering AS text[]))) AS answering,
               bool_or(d.timescale = ANY (CAST(:whole AS text[]))) AS whole
        FROM deadline d
        WHERE d.authority_id = :authority AND d.history_id = e.id AND d.outcome = 'open' AND d.due_at <= :now
    ) late
    GROUP BY 1, 2, 3, 4, 5, 6
""")  # noqa: S608 - nothing of it is anybody else's


async def open_figures(session: AsyncSession, asked: AskedNow) -> OpenFigures:
    """What is open now."""
    catalogue = asked.catalogue
    codes = {"answering": codes_of(catalogue, Clock.ANSWER), "whole": codes_of(catalogue, Clock.WHOLE)}
    rows = (await session.execute(OPEN, {**asked.values, **codes, "now": asked.now})).all()
    return OpenFigures(
        as_at=asked.now,
        all=_open(rows),
        by_stage=[OpenAtStage(**name, **_open(of).model_dump()) for name, of in by_stage(catalogue, rows)],
        by_team=_each(rows, lambda row: row.team),
        by_theme=_each(rows, lambda row: row.theme),
        by_age=_by_age(rows, asked),
        by_responder=list(_by_responder(catalogue, rows)),
        by_state=_each(rows, lambda row: row.state),
    )


def _open(rows: Sequence[Row[Any]]) -> Open:
    return Open(
        **alerts(rows).model_dump(),
        overdue=sum(row.overdue for row in rows),
        past_whole=sum(row.past_whole for row in rows),
    )


def _each(rows: Sequence[Row[Any]], key: Callable[[Row[Any]], str | None]) -> dict[str, Open]:
    return {code: _open(of) for code, of in by(rows, key).items()}


def _by_age(rows: Sequence[Row[Any]], asked: AskedNow) -> dict[str, Open]:
    ages = working_days(asked.calendar, [(row.raised_on, asked.today) for row in rows])
    of_age = list(zip(map(band, ages), rows, strict=True))
    return {name: _open([row for its, row in of_age if its == name]) for name, _ in BANDS}


def _by_responder(catalogue: Catalogue, rows: Sequence[Row[Any]]) -> Iterator[OpenWith]:
    def responder(row: Row[Any]) -> tuple[str | None, tuple[str, ...]]:
        stage = stage_of(catalogue, row.ladder, row.stage)
        return (stage.responder, stage.roles) if stage else (None, ())

    found: dict[tuple[str | None, tuple[str, ...]], list[Row[Any]]] = {}
    for row in rows:
        found.setdefault(responder(row), []).append(row)
    for (words, roles), of in sorted(found.items(), key=lambda each: each[0][0] or ""):
        waiting = sum(row.alerts for row in of if row.state == State.OPEN)
        yield OpenWith(**_open(of).model_dump(), responder=words, roles=list(roles), to_answer=waiting)
