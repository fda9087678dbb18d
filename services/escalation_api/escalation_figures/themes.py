"""Counting what alerts are about, month by month."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.escalation_figures.asking import Asked
from services.escalation_api.escalation_figures.counts import CHILDREN, COUNTED, SEEN, alerts
from services.escalation_api.escalation_figures.recurring import months_between, months_looked_at, recurs
from services.escalation_api.escalation_figures.theme_views import Recurring, ThemeFigures, ThemeInTeam
from services.escalation_api.themes.queries import all_themes
from shared.timescales.london import day_starts_at
from shared.timescales.periods import corresponding_date

# Two spans may be apart: what is asked for, and the months that are looked at.
THEMES = text(f"""
    SELECT e.theme, e.team, e.month, e.within, e.looked_at, {COUNTED}
    FROM (
        SELECT e.id, e.theme, e.team,
               CAST(date_trunc('month', e.raised_at AT TIME ZONE 'Europe/London') AS date) AS month,
               e.raised_at >= :since AND e.raised_at < :until AS within,
               e.raised_at >= :looked_since AND e.raised_at < :looked_until AS looked_at
        FROM escalation e
        WHERE e.authority_id = :authority AND e.kind <> 'good_practice' AND {SEEN}
          AND e.raised_at >= least(CAST(:since AS timestamptz), CAST(:looked_since AS timestamptz))
          AND e.raised_at < greatest(CAST(:until AS timestamptz), CAST(:looked_until AS timestamptz))
          AND (CAST(:team AS text) IS NULL OR e.team = :team)
    ) e {CHILDREN}
    GROUP BY 1, 2, 3, 4, 5
""")  # noqa: S608 - nothing of it is anybody else's


async def theme_figures(
    session: AsyncSession, asked: Asked, authority: str, team: str | None
) -> ThemeFigures:
    """What was raised in the period, and what recurs, in one team or in each."""
    looked_at = months_looked_at(asked.period.last, asked.today)
    span = {
        "looked_since": day_starts_at(looked_at[0]),
        "looked_until": day_starts_at(corresponding_date(looked_at[-1], 1)),
    }
    rows = (await session.execute(THEMES, {**asked.values, **span, "team": team})).all()
    titles = {each.code: each.title for each in await all_themes(session, authority)}
    within, recent = ([row for row in rows if getattr(row, name)] for name in ("within", "looked_at"))
    return ThemeFigures(
        from_on=asked.period.first,
        to_on=asked.period.last,
        months=[_said(each) for each in months_between(asked.period.first, asked.period.last)],
        themes=[_theme(of, titles) for of in _in_teams(within)],
        looked_at=[_said(each) for each in looked_at],
        recurring=[
            _recurring(of, titles) for of in _in_teams(recent) if recurs({row.month for row in of}, looked_at)
        ],
    )


def _in_teams(rows: Sequence[Row[Any]]) -> Iterator[list[Row[Any]]]:
    """The rows of each theme in each team, the most frequent first."""
    found: dict[tuple[str, str], list[Row[Any]]] = {}
    for row in rows:
        found.setdefault((row.theme, row.team or ""), []).append(row)
    for _, of in sorted(found.items(), key=lambda each: (-alerts(each[1]).alerts, each[0])):
        yield of


def _theme(rows: Sequence[Row[Any]], titles: Mapping[str, str]) -> ThemeInTeam:
    by_month = {month: alerts(row for row in rows if row.month == month) for month in _months(rows)}
    return ThemeInTeam(
        **_named(rows[0], titles),
        **alerts(rows).model_dump(),
        by_month={_said(month): counted for month, counted in by_month.items()},
    )


def _recurring(rows: Sequence[Row[Any]], titles: Mapping[str, str]) -> Recurring:
    months = [_said(month) for month in _months(rows)]
    return Recurring(**_named(rows[0], titles), **alerts(rows).model_dump(), months=months)


def _named(row: Row[Any], titles: Mapping[str, str]) -> dict[str, str | None]:
    return {"theme": row.theme, "title": titles.get(row.theme, row.theme), "team": row.team}


def _months(rows: Sequence[Row[Any]]) -> list[date]:
    return sorted({row.month for row in rows})


def _said(month: date) -> str:
    return f"{month:%Y-%m}"
