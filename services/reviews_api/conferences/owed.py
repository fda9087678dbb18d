"""The day by which a conference was owed to each of its children, as their deadlines have it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.conferences.models import Conference, ConferenceType
from services.reviews_api.returned import said_by
from shared.deadlines.models import DeadlineRow
from shared.refusals import Contradiction
from shared.timescales.engine import Outcome
from shared.timescales.wording import day_in_words

TIMESCALES: Mapping[str, tuple[str, ...]] = {
    ConferenceType.INITIAL: ("icpc-15wd",),
    ConferenceType.REVIEW: ("rcpc-first", "rcpc-first-prebirth", "rcpc-subsequent"),
    ConferenceType.TRANSFER_IN: ("cp-transfer-in",),
}
"""What each type of conference answers."""
Key = tuple[UUID, UUID]


@dataclass(frozen=True, slots=True)
class Owed:
    """By which London date a conference was owed to a child, and whether it came after it; None while not held."""

    due_on: date
    late: bool | None


async def owed(session: AsyncSession, authority: str, conferences: Sequence[Conference]) -> dict[Key, Owed]:
    """By conference and history, where a clock ran for it: the earliest that it missed, or else the earliest."""
    rows = await _rows(session, authority, {history for each in conferences for history in each.histories})
    found: dict[Key, Owed] = {}
    for conference in conferences:
        for history in conference.histories:
            answered = [
                row
                for row in rows[history, conference.held_on]
                if row.timescale in TIMESCALES[conference.conference_type]
            ]
            missed = [row for row in answered if row.outcome == Outcome.MET_LATE]
            if answered:
                late = None if conference.held_on is None else bool(missed)
                found[conference.id, history] = Owed((missed or answered)[0].due_on, late)
    return found


async def _rows(
    session: AsyncSession, authority: str, histories: Collection[UUID]
) -> Mapping[tuple[UUID, date | None], list[Row[*tuple[Any, ...]]]]:
    """The deadlines that conferences answer, the earliest first, by history and the day on which they were met."""
    found = await session.execute(
        select(
            DeadlineRow.history_id,
            DeadlineRow.timescale,
            DeadlineRow.due_on,
            DeadlineRow.outcome,
            DeadlineRow.closed_on,
        )
        .where(DeadlineRow.authority_id == authority, DeadlineRow.history_id.in_(histories))
        .where(DeadlineRow.timescale.in_([code for codes in TIMESCALES.values() for code in codes]))
        .where(DeadlineRow.outcome.in_((Outcome.OPEN, Outcome.MET, Outcome.MET_LATE)))
        .order_by(DeadlineRow.due_on, DeadlineRow.timescale)
    )
    rows: defaultdict[tuple[UUID, date | None], list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    for row in found.all():
        rows[row.history_id, row.closed_on].append(row)
    return rows


async def check_late_reason(session: AsyncSession, conference: Conference) -> None:
    """Raise Contradiction for a conference held late for any of its children, without the reason. To be asked once
    the deadlines have followed. A return gives no reasons."""
    if said_by(session) is not None:
        return
    if conference.held_on is None or conference.late_reason is not None or not conference.stands:
        return
    found = await owed(session, conference.authority_id, [conference])
    missed = [each.due_on for each in found.values() if each.late]
    if missed:
        raise Contradiction(
            f"This conference was due on {day_in_words(min(missed))} and was held later: say in late_reason why.",
            code="late_reason_required",
            pointer="/late_reason",
        )
