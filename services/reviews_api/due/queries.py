"""What is due to children and what is overdue, in the order of the dates."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.due.statement import list_statement
from shared.auth.restricted import hidden_in
from shared.db.reading import read
from shared.http.door import Door
from shared.http.places import EPOCH, to_instant
from shared.timescales.catalogue import Catalogue
from shared.timescales.escalation_kinds import ESCALATION
from shared.timescales.london import london_date
from shared.timescales.timescale import Basis

BEGINNING = EPOCH.replace(year=1), UUID(int=0)
LAST = UUID(int=2**128 - 1)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for: due within so many days, or only what is overdue, or only what is not; of whom; and whether
    the clocks of escalations belong to it."""

    days: int
    overdue: bool | None
    officer: str | None
    team: str | None
    timescale: str | None
    basis: Basis | None
    alerts: bool
    after: str | None
    limit: int

    def until(self, now: datetime) -> datetime:
        """The instant (UTC) up to which what is due belongs to the list."""
        return now if self.overdue else now + timedelta(days=self.days)

    def place(self, now: datetime) -> tuple[datetime, UUID]:
        """The place after which the list goes on."""
        begins = (now, LAST) if self.overdue is False else BEGINNING
        if self.after is None:
            return begins
        number, _, deadline = self.after.partition(".")
        return max(begins, (to_instant(number), UUID(deadline)))

    def filters(self, catalogue: Catalogue) -> dict[str, Any]:
        """The filters asked for, each with its value."""
        of_alerts = [row.code for row in catalogue.timescales if row.belongs_to([ESCALATION])]
        of_basis = [row.code for row in catalogue.timescales if row.basis == self.basis]
        given = {
            "timescale": self.timescale,
            "basis": None if self.basis is None else of_basis,
            "officer": self.officer,
            "team": self.team,
            "not_of": None if self.alerts else of_alerts,
        }
        return {name: value for name, value in given.items() if value is not None}


async def stretch(
    session: AsyncSession, door: Door, authority: str, asked: Question, now: datetime
) -> Sequence[Any]:
    """The rows of what is due at `now` (UTC) from where the question goes on, and one more where there are more."""
    sql, values = statement_for(asked, authority, door.law.catalogue, now, hidden_in(session))
    return await read(session, sql, *values)


def statement_for(
    asked: Question, authority: str, catalogue: Catalogue, now: datetime, hidden: Collection[UUID] = ()
) -> tuple[str, tuple[Any, ...]]:
    """The statement for a question, and its values; without the children who are hidden from whoever asks."""
    filters = asked.filters(catalogue) | ({"hidden": list(hidden)} if hidden else {})
    values = (authority, asked.until(now), now, *asked.place(now), london_date(now), *filters.values())
    return list_statement(tuple(filters), asked.limit + 1), values
