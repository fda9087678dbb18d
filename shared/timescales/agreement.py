"""Whether the parts of a timescale agree with each other, and with the other timescales."""

from collections.abc import Sequence
from fnmatch import fnmatchcase

from shared.timescales.entry import Entry
from shared.timescales.facts import FACT_KINDS, HISTORIES, Precision
from shared.timescales.periods import ElapsedHours, Midpoint, Period
from shared.timescales.timescale import Timescale

Row = tuple[Entry, Timescale]


def check_agreement(rows: Sequence[Row]) -> None:
    """Raises CatalogueError for the first timescale that cannot be computed as it is written."""
    for entry, timescale in rows:
        _check_precision(entry, timescale)
        _check_stops(entry, timescale)
        _check_midpoint(entry, timescale, rows)


def matching(midpoint: Midpoint, start_kind: str, timescales: Sequence[Timescale]) -> list[Timescale]:
    """Those a midpoint may be halfway to: named by its pattern, with its start and a due day of their own."""
    return [
        each
        for each in timescales
        if fnmatchcase(each.code, midpoint.to)
        and each.starts.fact == start_kind
        and each.precision is Precision.DAY
        and not each.is_midpoint
    ]


def _check_precision(entry: Entry, timescale: Timescale) -> None:
    hours = isinstance(timescale.limit, ElapsedHours)
    for stretch in timescale.in_force:
        if stretch.limit is not None and _family(stretch.limit) != _family(timescale.limit):
            raise entry.refusal("in_force", "a limit by date must be of the same sort as the row's own")
    if any(isinstance(warning, ElapsedHours) is not hours for warning in timescale.warn):
        raise entry.refusal("warn", "hours warn of hours, and days of days")
    for key, kind in (("starts", timescale.starts.fact), ("stops", timescale.stops.fact)):
        if hours and FACT_KINDS[kind] is Precision.DAY:
            raise entry.refusal(key, f"hours cannot be counted with '{kind}', which is known only to the day")


def _check_stops(entry: Entry, timescale: Timescale) -> None:
    _, closes = HISTORIES[timescale.history]
    if timescale.stops.fact in timescale.cancels:
        raise entry.refusal("cancels", "the fact that stops the clock cannot cancel it as well")
    if timescale.starts.fact == closes:
        raise entry.refusal("starts", f"nothing starts with '{closes}', which ends the history")
    special = timescale.stops.already or timescale.stops.same_record
    if special and timescale.stops.fact == timescale.starts.fact:
        raise entry.refusal(
            "stops", "the next of the starting kind is not already there, nor the same record's"
        )


def _check_midpoint(entry: Entry, timescale: Timescale, rows: Sequence[Row]) -> None:
    others = [row for _, row in rows]
    for limit in (timescale.limit, *(stretch.limit for stretch in timescale.in_force)):
        if isinstance(limit, Midpoint) and not matching(limit, timescale.starts.fact, others):
            raise entry.refusal(
                "limit", f"'{limit}': unknown code, or one with another start or no day of its own"
            )


def _family(limit: Period) -> str:
    return type(limit).__name__ if isinstance(limit, ElapsedHours | Midpoint) else "days"
