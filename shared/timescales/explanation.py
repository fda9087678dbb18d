"""Why a deadline falls when it does, line by line, for the person who has to answer for it."""

from shared.timescales.calendar import Calendar
from shared.timescales.facts import Precision
from shared.timescales.opening import Opened
from shared.timescales.periods import Midpoint, WorkingDaysBefore
from shared.timescales.wording import day_in_words, instant_in_words

OCCASIONS = {
    "care_period.started": "when the child became looked after",
    "care_period.ended": "when the child ceased to be looked after",
    "iro_service.notified": "when the reviewing service was told of the child",
    "iro.allocated": "when a reviewing officer was allocated",
    "review.held": "when a review was held",
    "midpoint_check.completed": "when a midpoint check was completed",
}


def explain(opened: Opened, calendar: Calendar) -> tuple[str, ...]:
    """The start, the rule and its source, how it was counted, the due time, any doubt, the calendar last."""
    return (
        _start(opened),
        _rule(opened),
        *opened.due.lines,
        _due(opened),
        *_doubts(opened, calendar),
        f"Calendar of England: version {calendar.version}.",
    )


def _start(opened: Opened) -> str:
    start = opened.start
    if opened.timescale.precision is Precision.INSTANT and start.at is not None:
        return f"The clock starts at {instant_in_words(start.at)}, {OCCASIONS[start.kind]}."
    return f"Day 0 is {day_in_words(start.on)}, {OCCASIONS[start.kind]}."


def _rule(opened: Opened) -> str:
    row, limit = opened.timescale, opened.limit
    if isinstance(limit, Midpoint):
        long = "halfway to the next review's due date" if row.starts.fact == "review.held" else str(limit)
    else:
        long = str(limit) if isinstance(limit, WorkingDaysBefore) else f"within {limit}"
    return f"{row.title}: {long} ({row.basis}: {row.source})."


def _due(opened: Opened) -> str:
    if opened.timescale.precision is Precision.INSTANT:
        return f"Due at {instant_in_words(opened.due.at)}, London time."
    return f"Due by the end of {day_in_words(opened.due.on)}, London time."


def _doubts(opened: Opened, calendar: Calendar) -> list[str]:
    lines = []
    if opened.due.provisional:
        through = day_in_words(calendar.published_through)
        lines.append(f"Provisional: bank holidays are published only through {through}.")
    if not opened.timescale.confirmed:
        lines.append("Not confirmed: nobody has yet read this figure in its source.")
    return lines
