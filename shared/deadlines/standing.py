"""Where a stored deadline stands: in time, due soon or overdue, worked out when somebody looks."""

from datetime import datetime, timedelta

from shared.deadlines.models import DeadlineRow
from shared.timescales.engine import Outcome
from shared.timescales.timescale import Passing

SOON = timedelta(days=7)


def standing(row: DeadlineRow, now: datetime) -> str:
    """How an open deadline stands at `now` (UTC); for a closed one, how it ended."""
    return open_standing(row.due_at, row.passing, now) if row.outcome == Outcome.OPEN else row.outcome


def open_standing(due_at: datetime, passing: str, now: datetime) -> str:
    """How a deadline that is open stands at `now` (UTC)."""
    if due_at <= now:
        return "overdue" if passing == Passing.BREACH else "passed"
    return "due_soon" if due_at <= now + SOON else "in_time"
