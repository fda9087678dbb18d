"""Counting children in care."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.care_figures.schemas import LONGEST, Allocated, Became, CareFigures, LookedAfter
from shared.http.percentages import percent
from shared.refusals import Contradiction
from shared.timescales.periods import corresponding_date

LOOKED_AFTER = text("""
    SELECT day, count(DISTINCT p.child_id) AS children
    FROM unnest(CAST(:days AS date[])) AS day
    LEFT JOIN care_period p
        ON p.authority_id = :authority AND p.withdrawn_at IS NULL
        AND p.started_on <= day AND (p.ended_on IS NULL OR p.ended_on > day)
    GROUP BY day ORDER BY day
""")

# A child born on 29 February is one year old on 1 March, as the law counts ages.
BECAME = text("""
    SELECT count(*) AS n, count(*) FILTER (WHERE c.date_of_birth IS NULL) AS not_known,
           count(*) FILTER (WHERE p.started_on - INTERVAL '1 year' < c.date_of_birth) AS under_one
    FROM care_period p JOIN child c ON c.authority_id = p.authority_id AND c.id = p.child_id
    WHERE p.authority_id = :authority AND p.withdrawn_at IS NULL AND p.started_on BETWEEN :first AND :last
""")

CEASED = text("""
    SELECT count(*) FROM care_period
    WHERE authority_id = :authority AND withdrawn_at IS NULL AND ended_on BETWEEN :first AND :last
""")

ALLOCATED = text("""
    SELECT d.timescale, d.outcome, count(*) AS n
    FROM deadline d JOIN care_period p ON p.authority_id = d.authority_id AND p.id = d.history_id
    WHERE d.authority_id = :authority AND d.timescale LIKE 'iro-allocation-%'
      AND d.outcome IN ('open', 'met', 'met_late')
      AND p.withdrawn_at IS NULL AND p.started_on BETWEEN :first AND :last
    GROUP BY d.timescale, d.outcome ORDER BY d.timescale
""")


async def figures(session: AsyncSession, authority: str, first: date, last: date, today: date) -> CareFigures:
    """The figures between two London dates, both included. Raises Contradiction where they are the wrong way round,
    or more than 36 months apart."""
    if last < first:
        raise Contradiction("The last day comes before the first.", code="out_of_order", pointer="query/to")
    if last > corresponding_date(first, LONGEST):
        raise Contradiction(f"Ask for {LONGEST} months at most.", pointer="query/to")
    span = {"authority": authority, "first": first, "last": last}
    days = {"authority": authority, "days": list(_days(first, min(last, today)))}
    return CareFigures(
        from_on=first,
        to_on=last,
        looked_after=[
            LookedAfter(on=row.day, children=row.children)
            for row in await session.execute(LOOKED_AFTER, days)
        ],
        became=_became((await session.execute(BECAME, span)).one()),
        ceased=await session.scalar(CEASED, span) or 0,
        allocated=list(_allocated((await session.execute(ALLOCATED, span)).all())),
    )


def _days(first: date, last: date) -> Iterator[date]:
    """The first day, the first of each month after it, and the last; none where that has not come."""
    day = first
    while day < last:
        yield day
        day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    if first <= last:
        yield last


def _became(row: Row[Any]) -> Became:
    return Became(
        count=row.n,
        under_one=row.under_one,
        age_not_known=row.not_known,
        under_one_percent=percent(row.under_one, row.n - row.not_known),
    )


def _allocated(rows: Sequence[Row[Any]]) -> Iterator[Allocated]:
    for timescale in dict.fromkeys(row.timescale for row in rows):
        of = [row for row in rows if row.timescale == timescale]
        in_time, late = _count(of, "met"), _count(of, "met_late")
        yield Allocated(
            timescale=timescale,
            in_time=in_time,
            late=late,
            waiting=_count(of, "open"),
            in_time_percent=percent(in_time, in_time + late),
        )


def _count(rows: Iterable[Row[Any]], outcome: str) -> int:
    return sum(row.n for row in rows if row.outcome == outcome)
