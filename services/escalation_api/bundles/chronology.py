"""The chronology in a bundle: the child's facts, the deadlines that follow from them, and the breaches noticed."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.bundles.record_views import LegalStatusPart
from services.escalation_api.bundles.views import Entry
from shared.codes.lists import code_list
from shared.deadlines.models import FactRow, History
from shared.deadlines.standing import standing
from shared.http.door import Door
from shared.timescales.catalogue import Catalogue
from shared.timescales.escalation_kinds import ESCALATION
from shared.timescales.london import day_starts_at, london_date
from shared.timescales.telling import ENDED, due_by, happened
from shared.timescales.wording import day_in_words, instant_in_words

# An alert's clocks are of all its children, and stored with the first: they are found by the alert.
DEADLINES = text("""
    SELECT d.id, d.timescale, d.due_on, d.due_at, d.outcome, d.closed_on, d.passing
    FROM deadline d JOIN history h ON h.authority_id = :authority AND h.id = d.history_id
    WHERE d.authority_id = :authority AND d.outcome <> 'withdrawn'
      AND (d.child_id = :child AND h.kind <> 'escalation' OR h.id = ANY(:alerts))
    ORDER BY d.due_at, d.timescale, d.id
""")
BREACHES = text("""
    SELECT deadline_id, version, due_at, recorded_at FROM breach
    WHERE authority_id = :authority AND deadline_id = ANY(:deadlines) AND withdrawn_at IS NULL
    ORDER BY due_at, deadline_id, version
""")
STANDS = {
    **ENDED,
    "overdue": "not done, and overdue",
    "due_soon": "still to be done",
    "in_time": "still to be done",
}
ORDER = ("fact", "deadline", "breach")
MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Chronology:
    """What was so of one child, and what was due, in order of the dates; and the legal statuses it tells of."""

    entries: list[Entry]
    legal_statuses: list[LegalStatusPart]


async def chronology_of(
    session: AsyncSession, door: Door, authority: str, child: UUID, alerts: Collection[UUID], now: datetime
) -> Chronology:
    """The child's chronology at `now` (UTC): what stands, and nothing that was taken back. The clocks of these alerts
    are in it; what else there is of escalations is told with them."""
    facts = await _facts(session, authority, child)
    asked = {"authority": authority, "child": child, "alerts": list(alerts)}
    deadlines = (await session.execute(DEADLINES, asked)).all()
    ids = {"authority": authority, "deadlines": [row.id for row in deadlines]}
    breaches = (await session.execute(BREACHES, ids)).all()
    telling = _Telling(door.law.catalogue, now)
    entries = [*map(_fact, facts), *map(telling.deadline, deadlines), *telling.breaches(breaches, deadlines)]
    entries.sort(
        key=lambda each: (each.on, each.at or day_starts_at(each.on), ORDER.index(each.what), each.code)
    )
    statuses = [*_legal_statuses(facts)]
    return Chronology(entries, statuses)


async def _facts(session: AsyncSession, authority: str, child: UUID) -> Sequence[FactRow]:
    query = (
        select(FactRow)
        .join(History, (History.authority_id == authority) & (History.id == FactRow.history_id))
        .where(
            FactRow.authority_id == authority,
            FactRow.child_id == child,
            FactRow.withdrawn_at.is_(None),
            History.kind != ESCALATION,
        )
        .order_by(FactRow.happened_on, FactRow.recorded_at, FactRow.id)
    )
    return (await session.scalars(query)).all()


def _fact(fact: FactRow) -> Entry:
    words = happened(fact.kind)
    if "legal_status" in fact.codes:
        words = f"{words[:-1]}: {_meaning(fact.codes['legal_status'])}"
    return Entry(on=fact.happened_on, at=fact.happened_at, what="fact", code=fact.kind, words=words)


def _legal_statuses(facts: Sequence[FactRow]) -> Iterator[LegalStatusPart]:
    for fact in facts:
        if code := fact.codes.get("legal_status"):
            yield LegalStatusPart(code=code, meaning=_meaning(code), from_on=fact.happened_on)


def _meaning(code: str) -> str:
    known = code_list("legal_status").find(code)
    return known.meaning if known else code


@dataclass(frozen=True, slots=True)
class _Telling:
    catalogue: Catalogue
    now: datetime

    def deadline(self, row: Any) -> Entry:
        title, source, due = self._rule(row)
        stands = standing(row, self.now)
        return Entry(
            on=row.due_on,
            at=None,
            what="deadline",
            code=row.timescale,
            words=f"{title}: due {due}; {STANDS.get(stands, stands)}{_when(row.closed_on)}.",
            standing=stands,
            closed_on=row.closed_on,
            source=source,
        )

    def breaches(self, breaches: Sequence[Any], deadlines: Sequence[Any]) -> Iterator[Entry]:
        """A breach stands at the date that was missed, also where its deadline has moved since."""
        about = {row.id: row for row in deadlines}
        for breach in breaches:
            row = about[breach.deadline_id]
            title, source, _ = self._rule(row)
            yield Entry(
                on=_day_missed(breach.due_at),
                at=None,
                what="breach",
                code=row.timescale,
                words=f"{title}: not done by its date; noticed at {instant_in_words(breach.recorded_at)}.",
                source=source,
            )

    def _rule(self, row: Any) -> tuple[str, str | None, str]:
        known = self.catalogue.find(row.timescale)
        due = due_by(known, row.due_on, row.due_at)
        return (known.title, known.source, due) if known else (row.timescale, None, due)


def _when(closed_on: date | None) -> str:
    return f" (on {day_in_words(closed_on)})" if closed_on else ""


def _day_missed(due_at: datetime) -> date:
    """The London date that went by: a day's deadline is over at the next midnight."""
    day = london_date(due_at)
    return london_date(due_at - MOMENT) if day_starts_at(day) == due_at else day
