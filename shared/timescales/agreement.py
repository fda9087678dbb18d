"""Whether the parts of a timescale agree with each other, and with the other timescales."""

from collections.abc import Callable, Iterable, Sequence

from shared.timescales.entry import Entry, Findings
from shared.timescales.kind import Precision
from shared.timescales.kinds import HISTORIES, KINDS
from shared.timescales.periods import ElapsedHours, Midpoint, Period, RollingDays
from shared.timescales.timescale import OnBreach, Passing, Timescale

Row = tuple[Entry, Timescale]


def check_agreement(rows: Sequence[Row], others: Iterable[Row] = ()) -> None:
    """Raises CatalogueError for every timescale that cannot be computed as it is written; `others` are the
    timescales as settings that were not chosen would make them."""
    findings = Findings()
    for entry, row in (*rows, *others):
        for check in _CHECKS:
            findings.take(lambda check=check, entry=entry, row=row: check(entry, row, rows))  # type: ignore[misc]
    findings.tell()


def _check_precision(entry: Entry, row: Timescale, rows: Sequence[Row]) -> None:
    hours = isinstance(row.limit, ElapsedHours)
    for stretch in row.in_force:
        if stretch.limit is not None and _family(stretch.limit) != _family(row.limit):
            raise entry.refusal("in_force", "a limit by date must be of the same sort as the row's own")
    if any(isinstance(warning, ElapsedHours) is not hours for warning in row.warn):
        raise entry.refusal("warn", "hours warn of hours, and days of days")
    for start in row.starts:
        if hours and KINDS[start.fact].precision is not Precision.INSTANT:
            raise entry.refusal("starts", f"hours cannot be counted from '{start.fact}', {_ONLY_A_DAY}")
    if hours and KINDS[row.stops.fact].precision is Precision.DAY:
        raise entry.refusal("stops", f"hours cannot be counted to '{row.stops.fact}', {_ONLY_A_DAY}")


_ONLY_A_DAY = "which is known only to the day"


def _check_stops(entry: Entry, row: Timescale, rows: Sequence[Row]) -> None:
    closing = {HISTORIES[history].closes for history in row.histories}
    starting = {start.fact for start in row.starts}
    if any(each.fact == row.stops.fact and not each.when for each in row.cancels) and not row.stops.when:
        raise entry.refusal("cancels", "the fact that stops the clock cannot cancel it as well")
    if closed := sorted(starting & {each for each in closing if each}):
        raise entry.refusal("starts", f"nothing starts with '{closed[0]}', which ends the history")
    if (row.stops.already or row.stops.same_record) and starting == {row.stops.fact}:
        raise entry.refusal(
            "stops", "the next of the starting kind is not already there, nor the same record's"
        )


def _check_history(entry: Entry, row: Timescale, rows: Sequence[Row]) -> None:
    """Every fact that a row speaks of must be one of its histories'."""
    told = {"stops": [row.stops.fact], "cancels": [each.fact for each in row.cancels]}
    told["starts"] = [kind for each in row.starts for kind in (each.fact, each.since, each.until) if kind]
    told["elapsed"] = [each.since for each in row.elapsed]
    told["or_earlier"] = [row.or_earlier.fact] if row.or_earlier else []
    findings = Findings()
    for key, kinds in told.items():
        for kind in kinds:
            if not set(row.histories) & set(KINDS[kind].histories):
                reason = f"'{kind}' is no fact of the history {', '.join(row.histories)}"
                findings.mistakes += entry.refusal(key, reason).mistakes
    findings.tell()


def _check_relief(entry: Entry, row: Timescale, rows: Sequence[Row]) -> None:
    if isinstance(row.limit, ElapsedHours) and (row.relief.pause or row.relief.extension):
        key = "pause" if row.relief.pause else "extension"
        raise entry.refusal(key, "a clock in hours cannot be paused or extended")
    if row.or_earlier is not None and isinstance(row.limit, ElapsedHours):
        raise entry.refusal("or_earlier", "a clock in hours has no earlier day")
    if row.passing is not Passing.BREACH and row.on_breach is not OnBreach.NONE:
        raise entry.refusal("on_breach", "a row whose passing is no breach has nothing to suggest")


def _check_midpoint(entry: Entry, row: Timescale, rows: Sequence[Row]) -> None:
    if row.is_midpoint and not any(row.may_be_halfway_to(other) for _, other in rows):
        raise entry.refusal(
            "limit", f"'{row.limit}': unknown code, or one with another start or no day of its own"
        )


def _check_rolling(entry: Entry, row: Timescale, rows: Sequence[Row]) -> None:
    for start in row.starts:
        what, _, begun = start.fact.partition(".")
        if isinstance(row.limit, RollingDays) and (begun != "began" or f"{what}.ended" not in KINDS):
            raise entry.refusal("starts", f"'{row.limit}' needs stays that begin and end, not '{start.fact}'")


_CHECKS: tuple[Callable[[Entry, Timescale, Sequence[Row]], None], ...] = (
    _check_precision,
    _check_stops,
    _check_history,
    _check_relief,
    _check_midpoint,
    _check_rolling,
)


def _family(limit: Period) -> str:
    return type(limit).__name__ if isinstance(limit, ElapsedHours | Midpoint | RollingDays) else "days"
