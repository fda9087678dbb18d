"""Counting caseloads, now and as they were."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.allocations.models import AllocationRole
from services.reviews_api.allocations.queries import standing
from services.reviews_api.caseload_figures.handbook import Band, band, per_fte
from services.reviews_api.caseload_figures.schemas import (
    LONGEST,
    CaseloadFigures,
    MonthlyFigures,
    OfficerFigures,
    TeamFigures,
)
from services.reviews_api.timeline import day_not_in_the_future
from services.reviews_api.workers.models import Worker
from shared.http.door import Door
from shared.refusals import Contradiction
from shared.timescales.london import day_ends_at, london_date

NONE = Decimal(0)
INSTANT = timedelta(microseconds=1)  # the last of a day is just before the next begins


async def figures(
    session: AsyncSession,
    door: Door,
    authority: str,
    role: AllocationRole,
    team: str | None,
    as_at: date | None,
) -> CaseloadFigures:
    """The caseloads now, or at the end of a London date. Raises Contradiction for a day to come."""
    day_not_in_the_future(door, "as_at", as_at)
    workers = await _workers(session, authority)
    return await _figures(session, authority, role, team, workers, _instant(door.clock.now(), as_at))


async def monthly(
    session: AsyncSession,
    door: Door,
    authority: str,
    role: AllocationRole,
    team: str | None,
    ends: list[date],
) -> MonthlyFigures:
    """The caseloads at each of these London dates. Raises Contradiction for a month to come."""
    now = door.clock.now()
    workers = await _workers(session, authority)
    return MonthlyFigures(
        months=[await _figures(session, authority, role, team, workers, _instant(now, end)) for end in ends]
    )


def month_ends(door: Door, first: str, last: str) -> list[date]:
    """The last London date of each month from one to another, both as 2026-04. Raises Contradiction where they are
    in the wrong order, too many, or still to come."""
    start, stop = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    if not 0 <= stop - start < LONGEST:
        raise Contradiction(f"Ask for 1 to {LONGEST} months, the earliest first.", pointer="query/to")
    ends = [date((n + 1) // 12, (n + 1) % 12 + 1, 1) - timedelta(days=1) for n in range(start, stop + 1)]
    day_not_in_the_future(door, "to", ends[-1].replace(day=1))
    return ends


def _instant(now: datetime, day: date | None) -> datetime:
    return now if day is None else min(now, day_ends_at(day) - INSTANT)


async def _workers(session: AsyncSession, authority: str) -> dict[str, Worker]:
    found = await session.scalars(
        select(Worker).where(Worker.authority_id == authority, Worker.withdrawn_at.is_(None))
    )
    return {worker.reference: worker for worker in found}


async def _figures(
    session: AsyncSession,
    authority: str,
    role: AllocationRole,
    team: str | None,
    workers: dict[str, Worker],
    at: datetime,
) -> CaseloadFigures:
    held = standing(authority, role, at).subquery()
    counted = await session.execute(
        select(held.c.officer, func.count().label("children")).group_by(held.c.officer)
    )
    counts: dict[str, int] = {row.officer: row.children for row in counted}
    day = london_date(at)
    idle = {name for name, each in workers.items() if each.role == role and each.worked_on(day)}
    officers = [
        _officer(name, counts.get(name, 0), workers.get(name), role, day)
        for name in sorted(counts.keys() | idle)
    ]
    mine = [each for each in officers if team is None or each.team == team]
    return CaseloadFigures(as_at=at, on=day, role=role, officers=mine, teams=list(_teams(mine, role)))


def _officer(
    name: str, children: int, worker: Worker | None, role: AllocationRole, day: date
) -> OfficerFigures:
    in_post = worker.worked_on(day) if worker else None
    team, share = worker.post_on(day) if worker else (None, NONE)
    fte = share if in_post else NONE
    return OfficerFigures(
        officer=name,
        worker_id=worker.id if worker else None,
        team=team,
        in_post=in_post,
        fte=_number(fte) or None,
        children=children,
        per_fte=_number(per_fte(children, fte)),
        band=_band(role, children, fte),
    )


def _teams(officers: Sequence[OfficerFigures], role: AllocationRole) -> Iterable[TeamFigures]:
    by_team = sorted(officers, key=lambda each: (each.team is None, each.team or ""))
    for team, found in groupby(by_team, key=lambda each: each.team):
        members = list(found)
        fte = sum((Decimal(str(each.fte or 0)) for each in members), NONE)
        children = sum(each.children for each in members)
        known = fte if all(each.fte or not each.children for each in members) else NONE
        yield TeamFigures(
            team=team,
            officers=len(members),
            fte=float(fte),
            children=children,
            per_fte=_number(per_fte(children, known)),
            band=_band(role, children, known),
        )


def _band(role: AllocationRole, children: int, fte: Decimal) -> Band | None:
    return band(children, fte) if role == AllocationRole.IRO else None


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
