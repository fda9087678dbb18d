"""What a manager wants to see first: what is overdue, and what is due in the next seven days."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from rich.console import Console
from rich.table import Table

from services.cli.demo.api import Api
from services.cli.demo.council import CASELOADS
from shared.auth.principal import Role
from shared.timescales.london import london_date

SHOWN = 10  # lines of each kind


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """One open promise: `due_on` is a London date."""

    due_on: date
    officer: str
    child: str
    title: str
    standing: str


async def show_board(api: Api, console: Console, now: datetime) -> None:
    """Ask for every officer's caseload, and print the counts and the most urgent lines. References, no names."""
    paths = [f"/v1/caseloads/{officer}" for officer in CASELOADS]
    caseloads = await asyncio.gather(
        *(api.ask(Role.IRO_MANAGER, "GET", "reviews_api", path) for path in paths)
    )
    console.print(_by_officer(caseloads))
    lines = sorted(line for caseload in caseloads for line in _lines(caseload))
    today = london_date(now)
    _show(console, "Overdue", [each for each in lines if each.standing == "overdue"], today)
    _show(
        console, "Due in the next seven days", [each for each in lines if each.standing == "due_soon"], today
    )


def _by_officer(caseloads: Iterable[dict[str, Any]]) -> Table:
    table = Table(title="The reviewing officers", title_justify="left", title_style="bold")
    table.add_column("Officer")
    for heading in ("Children", "Overdue", "Due in 7 days"):
        table.add_column(heading, justify="right")
    for each in caseloads:
        counts = (each["children_count"], each["overdue"], each["due_soon"])
        table.add_row(each["officer"], *(str(count) for count in counts))
    return table


def _lines(caseload: dict[str, Any]) -> Iterable[Line]:
    for child in caseload["children"]:
        for deadline in child["deadlines"]:
            due_on = date.fromisoformat(deadline["due_on"])
            yield Line(due_on, caseload["officer"], child["child"], deadline["title"], deadline["standing"])


def _show(console: Console, heading: str, lines: list[Line], today: date) -> None:
    console.print(f"\n{heading} ({len(lines)})", style="bold")
    for each in lines[:SHOWN]:
        days = _days(each.due_on, today)
        text = f"  {each.due_on:%a %d %b}  {days:<14} {each.officer:<6} {each.child:<8} {each.title}"
        console.print(text)
    if len(lines) > SHOWN:
        console.print(f"  ... and {len(lines) - SHOWN} more")


def _days(due_on: date, today: date) -> str:
    days = (due_on - today).days
    if days == 0:
        return "today"
    if days < 0:
        return f"{-days} day{'s' if days < -1 else ''} ago"
    return f"in {days} day{'s' if days > 1 else ''}"
