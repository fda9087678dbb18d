"""Counting the meetings to come, by officer and month."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.allocations.models import AllocationRole
from services.reviews_api.allocations.queries import standing
from services.reviews_api.forecasts.schemas import ForecastRole, ForecastView, MonthDue, OfficerForecast
from shared.clock import today
from shared.deadlines.models import DeadlineRow
from shared.http.door import Door
from shared.timescales.engine import Outcome

MEETINGS = {
    ForecastRole.IRO: (
        "lac-review-first",
        "lac-review-second",
        "lac-review-subsequent",
        "aar-review-authorised-first",
        "aar-review-authorised-subsequent",
        "aar-review-placed-first",
        "aar-review-placed-second",
        "aar-review-placed-subsequent",
        "aar-review-placement-ended",
        "shortbreak-review-first",
        "shortbreak-review-subsequent",
    ),
    ForecastRole.CP_CHAIR: (
        "icpc-15wd",
        "cp-transfer-in",
        "rcpc-first",
        "rcpc-first-prebirth",
        "rcpc-subsequent",
    ),
}
"""The timescales of the meetings that each chairs."""

OVERDUE = ""
Counts = Counter[tuple[str | None, str]]


async def forecast(
    session: AsyncSession, door: Door, authority: str, role: ForecastRole, months: int
) -> ForecastView:
    """The meetings overdue, and due in each of the months from the present one on, by officer."""
    day = today(door.clock)
    names = _months(day, months)
    counts = await _counts(session, authority, role, door.clock.now(), names)
    officers = sorted({officer for officer, _ in counts}, key=lambda each: (each is None, each or ""))
    return ForecastView(
        on=day,
        role=role,
        timescales=list(MEETINGS[role]),
        overdue=sum(counts[each, OVERDUE] for each in officers),
        months=_line(counts, officers, names),
        officers=[
            OfficerForecast(officer=each, overdue=counts[each, OVERDUE], months=_line(counts, [each], names))
            for each in officers
        ],
    )


async def _counts(
    session: AsyncSession, authority: str, role: ForecastRole, now: datetime, names: list[str]
) -> Counts:
    """The open meetings of each officer by month, those whose instant has gone by under OVERDUE."""
    held = standing(authority, AllocationRole(role), now).subquery()
    month = func.to_char(DeadlineRow.due_on, "YYYY-MM")
    rows = await session.execute(
        select(held.c.officer, (DeadlineRow.due_at <= now).label("late"), month.label("month"), func.count())
        .outerjoin(held, held.c.child_id == DeadlineRow.child_id)
        .where(DeadlineRow.authority_id == authority, DeadlineRow.outcome == Outcome.OPEN)
        .where(DeadlineRow.timescale.in_(MEETINGS[role]))
        .group_by(held.c.officer, "late", "month")
    )
    counts: Counts = Counter()
    for officer, late, due_in, count in rows:
        if late or due_in in names:
            counts[officer, OVERDUE if late else due_in] += count
    return counts


def _months(day: date, count: int) -> list[str]:
    start = day.year * 12 + day.month - 1
    return [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(start, start + count)]


def _line(counts: Counts, officers: Iterable[str | None], names: list[str]) -> list[MonthDue]:
    whose = list(officers)
    return [MonthDue(month=name, due=sum(counts[each, name] for each in whose)) for name in names]
