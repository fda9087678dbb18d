"""Counting what was raised in a period."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.escalation_figures.asking import Asked
from services.escalation_api.escalation_figures.counts import CHILDREN, COUNTED, SEEN, alerts, shares
from services.escalation_api.escalation_figures.raised_views import (
    Broken,
    Raised,
    RaisedFigures,
    StageReached,
    Suggestions,
)
from services.escalation_api.escalation_figures.stages import by_stage
from shared.timescales.catalogue import Catalogue

COLUMNS = "e.id, e.team, e.theme, e.severity, e.raised_as, e.ladder, e.stage"
# How a challenge began is what its first stage was; one without any was closed before there was a ladder.
RAISED = text(f"""
    SELECT e.which, e.team, e.theme, e.severity, e.raised_as, e.ladder, e.stage, {COUNTED},
           count(*) FILTER (WHERE about.children = 0) AS thematic,
           count(*) FILTER (WHERE about.children > 1) AS about_siblings
    FROM (
        SELECT CASE WHEN e.kind = 'good_practice' THEN 'good_practice'
                    WHEN (SELECT s.formal FROM escalation_stage s
                          WHERE s.authority_id = :authority AND s.escalation_id = e.id AND s.number = 1)
                    THEN 'began_formally' ELSE 'informal' END AS which, {COLUMNS}
        FROM escalation e
        WHERE e.authority_id = :authority AND e.raised_at >= :since AND e.raised_at < :until
          AND e.state <> 'retracted' AND {SEEN}
        UNION ALL
        SELECT 'formal', {COLUMNS} FROM escalation e
        WHERE e.authority_id = :authority AND e.formal_at >= :since AND e.formal_at < :until AND {SEEN}
    ) e {CHILDREN}
    GROUP BY 1, 2, 3, 4, 5, 6, 7
""")  # noqa: S608 - nothing of it is anybody else's
SUGGESTED = text(f"""
    SELECT CASE WHEN e.raised_at IS NOT NULL THEN 'accepted' ELSE e.state END AS became, count(*) AS n
    FROM escalation e
    WHERE e.authority_id = :authority AND e.suggested_at >= :since AND e.suggested_at < :until AND {SEEN}
    GROUP BY 1
""")  # noqa: S608


async def raised_figures(session: AsyncSession, asked: Asked) -> RaisedFigures:
    """What was raised in the period that is asked for."""
    rows = (await session.execute(RAISED, asked.values)).all()
    of = {which: [row for row in rows if row.which == which] for which in {row.which for row in rows}}
    informal, at_once = of.get("informal", []), of.get("began_formally", [])
    return RaisedFigures(
        from_on=asked.period.first,
        to_on=asked.period.last,
        raised=alerts([*informal, *at_once]),
        informal=_raised(asked.catalogue, informal),
        began_formally=alerts(at_once),
        formal=_raised(asked.catalogue, of.get("formal", [])),
        good_practice=Broken(**_broken(of.get("good_practice", []))),
        suggestions=await _suggestions(session, asked),
    )


def _raised(catalogue: Catalogue, rows: Sequence[Row[Any]]) -> Raised:
    reached = [
        StageReached(**name, **alerts(found).model_dump()) for name, found in by_stage(catalogue, rows)
    ]
    return Raised(**_broken(rows), by_stage=reached)


def _broken(rows: Sequence[Row[Any]]) -> dict[str, Any]:
    return alerts(rows).model_dump() | {
        "thematic": sum(row.thematic for row in rows),
        "about_siblings": sum(row.about_siblings for row in rows),
        "by_team": shares(rows, lambda row: row.team),
        "by_theme": shares(rows, lambda row: row.theme),
        "by_severity": shares(rows, lambda row: row.severity),
        "by_raised_as": shares(rows, lambda row: row.raised_as),
    }


async def _suggestions(session: AsyncSession, asked: Asked) -> Suggestions:
    became = {row.became: row.n for row in await session.execute(SUGGESTED, asked.values)}
    return Suggestions(
        suggested=sum(became.values()),
        accepted=became.get("accepted", 0),
        dismissed=became.get("dismissed", 0),
        lapsed=became.get("lapsed", 0),
        waiting=became.get("suggested", 0),
    )
