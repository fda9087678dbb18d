"""The running clocks of escalations, in the order of their dates."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.escalation_clocks.kinds import Clock, clocks, codes_of
from services.escalation_api.escalation_clocks.schemas import ClockLine
from services.escalation_api.escalation_clocks.statement import list_statement
from services.escalation_api.escalations.ladders import stage_of
from shared.auth.restricted import hidden_in
from shared.db.reading import read
from shared.deadlines.standing import open_standing
from shared.http.door import Door
from shared.http.places import EPOCH, to_instant, to_number
from shared.timescales.catalogue import Catalogue

BEGINNING = EPOCH.replace(year=1), UUID(int=0)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for: what runs out within so many days, of whom, and which kind of clock."""

    running_out: int | None
    team: str | None
    officer: str | None
    only: Clock | None
    after: str | None
    limit: int

    def place(self) -> tuple[datetime, UUID]:
        """The place after which the list goes on."""
        if self.after is None:
            return BEGINNING
        number, _, deadline = self.after.partition(".")
        return to_instant(number), UUID(deadline)

    def filters(self, catalogue: Catalogue, now: datetime, hidden: Collection[UUID]) -> dict[str, Any]:
        """The filters asked for, each with its value."""
        others = [code for code, clock in clocks(catalogue).items() if clock is not Clock.OTHER]
        given = {
            "until": None if self.running_out is None else now + timedelta(days=self.running_out),
            "team": self.team,
            "officer": self.officer,
            "only": codes_of(catalogue, self.only) if self.only not in (None, Clock.OTHER) else None,
            "none_of": others if self.only is Clock.OTHER else None,
            "hidden": list(hidden) or None,
        }
        return {name: value for name, value in given.items() if value is not None}


async def stretch(
    session: AsyncSession, door: Door, authority: str, asked: Question, now: datetime
) -> tuple[list[ClockLine], str | None]:
    """The lines at `now` (UTC) from where the question goes on, and the place after which more follow, if any."""
    filters = asked.filters(door.law.catalogue, now, hidden_in(session))
    sql = list_statement(tuple(filters), asked.limit + 1)
    rows = await read(session, sql, authority, now, *asked.place(), *filters.values())
    shown = rows[: asked.limit]
    return _lines(shown, door.law.catalogue, now), _place(shown[-1]) if len(rows) > asked.limit else None


def _lines(rows: Sequence[Any], catalogue: Catalogue, now: datetime) -> list[ClockLine]:
    waits_for = clocks(catalogue)
    return [_line(row, waits_for.get(row["timescale"], Clock.OTHER), catalogue, now) for row in rows]


def _line(row: Any, clock: Clock, catalogue: Catalogue, now: datetime) -> ClockLine:
    timescale, stage = catalogue.find(row["timescale"]), stage_of(catalogue, row["ladder"], row["stage"])
    more = {
        "officer": row["raised_by"],
        "clock": clock,
        "title": timescale.title if timescale else row["timescale"],
        "stage_title": stage.title if stage else None,
        "responder": stage.responder if stage else None,
        "standing": open_standing(row["due_at"], row["passing"], now),
    }
    return ClockLine(**{name: row[name] for name in ClockLine.model_fields.keys() - more.keys()}, **more)


def _place(row: Any) -> str:
    return f"{to_number(row['due_at'])}.{row['id']}"
