"""An officer's day as the JSON text of a CaseloadView, written from rows. No I/O."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from services.reviews_api.naming import Names
from shared.deadlines.standing import open_standing
from shared.http.json_text import TRUTH, codes, instant, said, texts
from shared.timescales.facts import LATEST
from shared.timescales.london import day_ends_at

NEVER = day_ends_at(LATEST)


@dataclass(slots=True)
class Owed:
    """The open deadlines of a caseload, written: by care period, the nearest first, and how many stand how."""

    lines: defaultdict[UUID, list[str]] = field(default_factory=lambda: defaultdict(list))
    nearest: dict[UUID, datetime] = field(default_factory=dict)
    standings: Counter[str] = field(default_factory=Counter)


def written(officer: str, held: Sequence[Any], rows: Iterable[Any], named: Names, now: datetime) -> str:
    """The whole: the rows of HELD and of OPEN, as they stand at `now` (UTC)."""
    owed = _owed(rows, named, now)
    by_urgency = sorted(held, key=lambda row: (owed.nearest.get(row["id"], NEVER), row["child"]))
    return (
        f'{{"officer":{said(officer)},"as_at":{instant(now)},"children_count":{len(held)},'
        f'"overdue":{owed.standings["overdue"]},"due_soon":{owed.standings["due_soon"]},'
        f'"children":[{",".join([_child(row, owed.lines[row["id"]]) for row in by_urgency])}]}}'
    )


def _owed(rows: Iterable[Any], named: Names, now: datetime) -> Owed:
    owed, standings = Owed(), []
    for period, deadline, code, due_on, due_at, provisional, passing, reason, breached, kinds in rows:
        standing = open_standing(due_at, passing, now)
        standings.append(standing)
        owed.nearest.setdefault(period, due_at)
        owed.lines[period].append(
            f'{{"id":"{deadline}",{named[code]},"due_on":"{due_on}","due_at":{instant(due_at)},'
            f'"provisional":{TRUTH[provisional]},"standing":"{standing}","closed_on":null,'
            f'"breached":{TRUTH[breached]},"exemptions":{codes(kinds)},"reason":{texts(reason)}}}'
        )
    owed.standings.update(standings)
    return owed


def _child(row: Any, lines: Iterable[str]) -> str:
    return (
        f'{{"child":{said(row["child"])},"child_id":"{row["child_id"]}",'
        f'"display_name":{said(row["display_name"])},"care_period":{said(row["care_period"])},'
        f'"allocated_at":{instant(row["allocated_at"])},"deadlines":[{",".join(lines)}]}}'
    )
