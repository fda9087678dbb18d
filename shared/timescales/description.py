"""A timescale as a person reads it: what it promises in one sentence, what ends it, and what its passing means."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shared.timescales.codes import OPEN
from shared.timescales.conditions import Codes, Elapsed, Reckoned
from shared.timescales.kinds import KINDS
from shared.timescales.periods import CalendarDays, CalendarMonths, Midpoint, Period
from shared.timescales.timescale import (
    Cancels,
    DecidedOn,
    InForce,
    Nth,
    OnBreach,
    OrEarlier,
    Passing,
    Relief,
    Starts,
    Timescale,
)
from shared.timescales.wording import counted, listed, month_in_words

_NTH = {Nth.FIRST: "the first time", Nth.AFTER_FIRST: "each time but the first"}
_ELAPSED_ON = {Reckoned.START: "", Reckoned.DUE: " on the day it is due"}

REACTIONS = {
    OnBreach.SUGGEST: "an escalation is suggested",
    OnBreach.OPEN: "an escalation is opened at once",
    OnBreach.NONE: "nothing is suggested",
}


@dataclass(frozen=True, slots=True)
class Description:
    """What is said of one timescale. `promise` is a whole sentence; `ends` the facts after which nothing is owed,
    `in_force` the stretches of days that its starts may lie in, and `granted` what may be granted."""

    promise: str
    ends: tuple[str, ...]
    in_force: tuple[str, ...]
    warnings: tuple[str, ...]
    passing: str
    granted: tuple[str, ...]


def describe(row: Timescale) -> Description:
    """Everything about a timescale that is not said by its own words for it."""
    return Description(
        promise=promise(row),
        ends=tuple(_cancel(each, row) for each in row.cancels),
        in_force=tuple(_stretch(each, row) for each in row.in_force) + _decided(row),
        warnings=tuple(f"{each} before" for each in row.warn),
        passing=_passing(row),
        granted=tuple(_granted(row.relief)),
    )


def promise(row: Timescale) -> str:
    """From what to what, how long it may take, and where only, such as "From when the child became looked after
    (the first time) to when a review was held: at most 20 working days."."""
    first, last = " or ".join(_start(each) for each in row.starts), _stop(row)
    if _is_backward(row.limit):
        first, last = last, first
    if row.limit == CalendarDays(0):
        return f"At the latest on the day {first.removeprefix('the day ')}: {last}{_conditions(row)}."
    return f"From {first} to {last}: {_how_long(row)}{_conditions(row)}."


def day_plainly(day: date) -> str:
    """A date such as '17 April 2025'."""
    return f"{day.day} {month_in_words(day)}"


def _start(starts: Starts) -> str:
    said = [_NTH.get(starts.nth, "")]
    if starts.since:
        said[0] += f" since {_happening(starts.since)}"
    if starts.until:
        said.append(f"until {_happening(starts.until)}")
    return _occasion(starts.fact) + _aside(*said, _codes(starts.when))


def _stop(row: Timescale) -> str:
    stops = row.stops
    again = all(each.fact == stops.fact and each.when == stops.when for each in row.starts)
    said = [
        f"of the same {_record(stops.fact, row)}" if stops.same_record else "",
        "an earlier one will do" if stops.already and not _is_backward(row.limit) else "",
        "" if again else _codes(stops.when),
    ]
    return ("the next" if again else _occasion(stops.fact)) + _aside(*said)


def _how_long(row: Timescale) -> str:
    if isinstance(row.limit, Midpoint):
        length = f"no later than halfway to the due day of {_either(row.limit.to)}"
    elif row.passing is Passing.MARK:
        length = f"a mark at {row.limit}"
    elif _is_backward(row.limit):
        length = f"at least {str(row.limit).removesuffix(' before')}"
    else:
        length = f"at most {row.limit}"
    return length + (_sooner(row.or_earlier) if row.or_earlier else "")


def _sooner(other: OrEarlier) -> str:
    occasion = _occasion(other.fact)
    return f", or {f'{other.limit} from' if other.limit else 'to'} {occasion} if that is sooner"


def _conditions(row: Timescale) -> str:
    wanted = " and ".join(filter(None, [_codes(row.when), *(_elapsed(each) for each in row.elapsed)]))
    barred = "; nor where ".join(_code(*each) for each in row.unless.items())
    return (f"; only where {wanted}" if wanted else "") + (f"; not where {barred}" if barred else "")


def _codes(codes: Codes) -> str:
    return " and ".join(_code(*each) for each in codes.items())


def _code(code: str, values: Iterable[str]) -> str:
    return f"{_plain(code)} is {_either(values if code in OPEN else map(_plain, values))}"


def _elapsed(elapsed: Elapsed) -> str:
    least = [f"at least {_age(elapsed.from_)}"] if elapsed.from_ else []
    length = " and ".join(least + ([f"less than {_age(elapsed.under)}"] if elapsed.under else []))
    unknown = ", or that is not known" if elapsed.unknown else ""
    return f"it is {length} since {_happening(elapsed.since)}{_ELAPSED_ON[elapsed.at]}{unknown}"


def _age(period: CalendarDays | CalendarMonths) -> str:
    if isinstance(period, CalendarMonths) and period.months % 12 == 0:
        return counted(period.months // 12, "year")
    return str(period)


def _cancel(cancels: Cancels, row: Timescale) -> str:
    same = f"of the same {_record(cancels.fact, row)}" if cancels.same_record else ""
    return _occasion(cancels.fact) + _aside(same, _codes(cancels.when))


def _stretch(stretch: InForce, row: Timescale) -> str:
    end = f" to {day_plainly(stretch.last_day)}" if stretch.last_day else ""
    other = "" if stretch.limit in (None, row.limit) else f": {stretch.limit}"
    return f"from {day_plainly(stretch.first_day)}{end}{other}"


def _decided(row: Timescale) -> tuple[str, ...]:
    return ("the day it is due decides",) if row.value_on is DecidedOn.DUE else ()


def _passing(row: Timescale) -> str:
    match row.passing:
        case Passing.AGREEMENT:
            return "Silence until then means agreement."
        case Passing.MARK:
            return "A mark is reached, and no duty is broken."
        case _:
            return f"A breach, and {REACTIONS[row.on_breach]}."


def _granted(relief: Relief) -> Iterable[str]:
    if relief.pause:
        yield "days during which the clock stands still"
    if relief.extension:
        yield f"a later date, at most {relief.extension} after the first"
    if relief.waiver:
        yield "a waiver, before it is due"


def _record(kind: str, row: Timescale) -> str:
    """What a fact and the start have in common, such as a review or a placement."""
    kinds = [kind, *(each.fact for each in row.starts)]
    about = next((found for each in kinds if (found := KINDS[each].about)), kinds[-1])
    return _plain(about.partition(".")[0])


def _is_backward(limit: Period) -> bool:
    return bool(getattr(limit, "before", False))


def _occasion(kind: str) -> str:
    return KINDS[kind].occasion


def _happening(kind: str) -> str:
    return KINDS[kind].occasion.removeprefix("when ")


def _plain(code: str) -> str:
    return code.replace("_", " ")


def _either(values: Iterable[str]) -> str:
    return listed(list(values)).replace(" and ", " or ")


def _aside(*said: str) -> str:
    inside = ", ".join(each.strip() for each in said if each)
    return f" ({inside})" if inside else ""
