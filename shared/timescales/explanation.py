"""Why a deadline falls when it does, line by line, for the person who has to answer for it."""

from shared.timescales.counting import counting
from shared.timescales.kind import Precision
from shared.timescales.kinds import KINDS
from shared.timescales.opening import Opened
from shared.timescales.periods import CalendarDays, ElapsedHours, Midpoint, RollingDays
from shared.timescales.relief import Granted
from shared.timescales.timescale import Passing
from shared.timescales.wording import counted, day_in_words, instant_in_words, listed

_PASSING = {
    Passing.AGREEMENT: "Silence until then means agreement.",
    Passing.MARK: "This is a mark to notice, and no duty is broken when it is reached.",
}


def explain(opened: Opened) -> tuple[str, ...]:
    """The start, the rule and its source, what brought it forward, how it was counted, what was granted, the due
    time, any doubt, and the calendar last."""
    return (
        _start(opened),
        _rule(opened),
        *_choices(opened),
        *_sooner(opened),
        *counting(opened),
        *(_granted(each, opened) for each in opened.relief),
        _due(opened),
        *_doubts(opened),
        f"Calendar of England: version {opened.calendar.version}.",
    )


def occasion(opened: Opened) -> str:
    """What the starting fact was, such as "when a review was held"."""
    return KINDS[opened.start.kind].occasion


def _start(opened: Opened) -> str:
    start = opened.start
    if opened.timescale.precision is Precision.INSTANT and start.at is not None:
        return f"The clock starts at {instant_in_words(start.at)}, {occasion(opened)}."
    return f"Day 0 is {day_in_words(start.on)}, {occasion(opened)}."


def _rule(opened: Opened) -> str:
    row, limit = opened.timescale, opened.limit
    return f"{row.title}: {_how_long(limit, opened)} ({row.basis}: {row.source})."


def _how_long(limit: object, opened: Opened) -> str:
    match limit:
        case Midpoint():
            following = opened.towards.timescale.title.lower() if opened.towards else "the next date"
            return f"halfway to the due date of the {following}"
        case RollingDays() | ElapsedHours():
            return f"within {limit}"
        case _:
            as_it_is = getattr(limit, "before", False) or limit == CalendarDays(0)
            return str(limit) if as_it_is else f"within {limit}"


def _choices(opened: Opened) -> list[str]:
    chosen = opened.timescale.chosen
    if not chosen:
        return []
    return [f"The council's setting: {listed([f'{name} = {value}' for name, value in chosen.items()])}."]


def _sooner(opened: Opened) -> list[str]:
    sooner, other = opened.sooner, opened.timescale.or_earlier
    if sooner is None or other is None:
        return []
    fact = f"{day_in_words(sooner.on)}, {KINDS[sooner.kind].occasion}"
    return [f"It is due earlier because of {fact}" + (f": {other.limit} from then." if other.limit else ".")]


def _granted(relief: Granted, opened: Opened) -> str:
    assert relief.until is not None
    until, on = day_in_words(relief.until), day_in_words(relief.on)
    if relief.first is None:
        most = opened.timescale.relief.extension if relief.until > opened.due.on else None
        capped = f"; it may be at most {most} after the first" if most else ""
        return f"A later date, {until}, was granted on {on}{capped}."
    days = counted((relief.until - relief.first).days + 1, "day")
    return f"The clock stood still from {day_in_words(relief.first)} to {until} ({days}), as granted on {on}."


def _due(opened: Opened) -> str:
    if opened.timescale.precision is Precision.INSTANT:
        return f"Due at {instant_in_words(opened.due.at)}, London time."
    return f"Due by the end of {day_in_words(opened.due.on)}, London time."


def _doubts(opened: Opened) -> list[str]:
    lines = []
    if said := _PASSING.get(opened.timescale.passing):
        lines.append(said)
    if opened.waived is not None:
        lines.append(f"Let go: a waiver was granted on {day_in_words(opened.waived.on)}.")
    if opened.due.provisional:
        through = day_in_words(opened.calendar.published_through)
        lines.append(f"Provisional: bank holidays are published only through {through}.")
    if not opened.timescale.confirmed:
        lines.append("Not confirmed: nobody has yet read this figure in its source.")
    return lines
