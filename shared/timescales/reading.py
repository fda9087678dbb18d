"""From one table of a catalogue file to one timescale, or a refusal that names the line of each mistake."""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from itertools import pairwise
from typing import Any, TypeVar

from shared.timescales.codes import CODES, may_say, values_of
from shared.timescales.conditions import Codes, Elapsed, Reckoned
from shared.timescales.entry import Entry, read_values
from shared.timescales.kinds import HISTORIES, KINDS
from shared.timescales.period_reading import day_period, period, warning
from shared.timescales.periods import CalendarDays, CalendarMonths, WorkingDays
from shared.timescales.timescale import (
    Basis,
    Cancels,
    DecidedOn,
    InForce,
    Nth,
    OnBreach,
    OrEarlier,
    Passing,
    Relief,
    Starts,
    Stops,
    Timescale,
)

REQUIRED = (
    "code",
    "title",
    "history",
    "starts",
    "limit",
    "stops",
    "basis",
    "source",
    "in_force",
    "on_breach",
)
OPTIONAL = (
    "cancels", "when", "unless", "elapsed", "or_earlier", "warn", "confirmed", "replaces", "value_on", "passing",
    "pause", "extension", "waiver", "choose", "note",
)  # fmt: skip
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_Word = TypeVar("_Word", bound=StrEnum)


def read_timescale(entry: Entry, chosen: Mapping[str, str]) -> Timescale:
    """One timescale from its table, each value checked by itself; `chosen` are the settings that shaped it.

    Raises CatalogueError with every mistake.
    """
    return Timescale(**read_values(entry, REQUIRED + OPTIONAL, _READERS), chosen=dict(chosen))


def code_of(entry: Entry) -> str:
    """The code of a row, as such codes are written."""
    code = entry.text("code")
    if not _CODE.fullmatch(code):
        raise entry.refusal("code", "a code is lower-case words and figures joined by hyphens")
    return code


def _histories(entry: Entry) -> tuple[str, ...]:
    several = isinstance(entry.table.get("history"), list)
    found = entry.texts("history") if several else (entry.text("history"),)
    for history in found or ("",):
        if history not in HISTORIES:
            known = ", ".join(HISTORIES)
            raise entry.refusal("history", f"unknown history '{history}'; the known ones are {known}")
    return found


def _starts(entry: Entry) -> tuple[Starts, ...]:
    return tuple(_start(each) for each in entry.one_or_each_inside("starts"))


def _start(entry: Entry) -> Starts:
    entry.only({"fact", "nth", "since", "until", "when"})
    nth = word(entry, "nth", Nth) if "nth" in entry.table else Nth.EACH
    since, until = (kind(entry, key, entry.optional_text(key)) for key in ("since", "until"))
    return Starts(_needed_kind(entry), nth, since, until, _conditions(entry, "when"))


def _stops(entry: Entry) -> Stops:
    inner = entry.inside("stops").only({"fact", "already", "same_record", "when"})
    already, same = (inner.flag(key, default=False) for key in ("already", "same_record"))
    return Stops(_needed_kind(inner), already, same, _conditions(inner, "when"))


def _cancels(entry: Entry) -> tuple[Cancels, ...]:
    found = entry.table.get("cancels", [])
    if not isinstance(found, list):
        raise entry.refusal("cancels", "'cancels' must be a list of facts")
    return tuple(_cancel(entry, each) for each in found)


def _cancel(entry: Entry, found: object) -> Cancels:
    line = entry.lines.get("cancels", entry.line)
    table = {"fact": found} if isinstance(found, str) else found
    if not isinstance(table, dict):
        raise entry.refusal("cancels", "'cancels' must be a list of facts")
    inner = Entry(entry.file, line, table, {}, entry.row).only({"fact", "same_record", "when"})
    same = inner.flag("same_record", default=False)
    return Cancels(_needed_kind(inner), same, _conditions(inner, "when"))


def _or_earlier(entry: Entry) -> OrEarlier | None:
    if "or_earlier" not in entry.table:
        return None
    inner = entry.inside("or_earlier").only({"fact", "limit"})
    limit = day_period(inner, "limit") if "limit" in inner.table else None
    return OrEarlier(_needed_kind(inner), limit)


def _elapsed(entry: Entry) -> tuple[Elapsed, ...]:
    if "elapsed" not in entry.table:
        return ()
    return tuple(_one_elapsed(each) for each in entry.one_or_each_inside("elapsed"))


def _one_elapsed(entry: Entry) -> Elapsed:
    entry.only({"since", "from", "under", "at", "unknown"})
    since = kind(entry, "since", entry.text("since"))
    from_, under = (_length(entry, key) for key in ("from", "under"))
    if from_ is None and under is None:
        raise entry.refusal(None, "'elapsed' needs 'from' or 'under'")
    at = word(entry, "at", Reckoned) if "at" in entry.table else Reckoned.START
    return Elapsed(str(since), from_, under, at, entry.flag("unknown", default=False))


def _length(entry: Entry, key: str) -> CalendarDays | CalendarMonths | None:
    found = day_period(entry, key) if key in entry.table else None
    if isinstance(found, WorkingDays):
        raise entry.refusal(key, f"'{key}' is counted in calendar days, months or years")
    return found


def _in_force(entry: Entry) -> tuple[InForce, ...]:
    stretches = [_stretch(each.only({"from", "to", "limit"})) for each in entry.each_inside("in_force")]
    for earlier, later in pairwise(stretches):
        if earlier.last_day is None or later.first_day <= earlier.last_day:
            raise entry.refusal("in_force", "the dates in force overlap, or are not in order")
    return tuple(stretches)


def _stretch(entry: Entry) -> InForce:
    limit = period(entry, "limit", entry.text("limit")) if "limit" in entry.table else None
    stretch = InForce(entry.day("from"), entry.optional_day("to"), limit)
    if stretch.last_day is not None and stretch.last_day < stretch.first_day:
        raise entry.refusal("to", "the last day in force lies before the first")
    return stretch


def _relief(entry: Entry) -> Relief:
    extension = day_period(entry, "extension") if "extension" in entry.table else None
    pause, waiver = (entry.flag(key, default=False) for key in ("pause", "waiver"))
    return Relief(pause, extension, waiver)


def _conditions(entry: Entry, key: str) -> Codes:
    if key not in entry.table:
        return {}
    inner = entry.inside(key).only(CODES)
    found = {code: inner.texts(code) for code in inner.table}
    for code, values in found.items():
        if not values:
            raise inner.refusal(None, f"a condition in '{key}' names no value")
        if unknown := [value for value in values if not may_say(code, value)]:
            raise inner.refusal(None, f"'{unknown[0]}' is no value of {code}; these are: {values_of(code)}")
    return found


def _needed_kind(entry: Entry) -> str:
    return str(kind(entry, "fact", entry.text("fact")))


def kind(entry: Entry, key: str, found: str | None) -> str | None:
    """A kind of fact that there is, or None where none is named."""
    if found is not None and found not in KINDS:
        raise entry.refusal(key, f"unknown kind of fact '{found}'; see kinds.py for the known ones")
    return found


def word(entry: Entry, key: str, words: type[_Word]) -> _Word:
    """One of a few words."""
    text = entry.text(key)
    if text not in list(words):
        raise entry.refusal(key, f"unknown {key} '{text}'; it is one of {', '.join(words)}")
    return words(text)


def _or_default(key: str, words: type[_Word], default: _Word) -> Callable[[Entry], _Word]:
    return lambda entry: word(entry, key, words) if key in entry.table else default


_READERS: Mapping[str, Callable[[Entry], Any]] = {
    "code": code_of,
    "title": lambda entry: entry.text("title"),
    "histories": _histories,
    "starts": _starts,
    "limit": lambda entry: period(entry, "limit", entry.text("limit")),
    "or_earlier": _or_earlier,
    "stops": _stops,
    "cancels": _cancels,
    "when": lambda entry: _conditions(entry, "when"),
    "unless": lambda entry: _conditions(entry, "unless"),
    "elapsed": _elapsed,
    "warn": lambda entry: tuple(warning(entry, text) for text in entry.texts("warn")),
    "basis": lambda entry: word(entry, "basis", Basis),
    "source": lambda entry: entry.text("source"),
    "in_force": _in_force,
    "value_on": _or_default("value_on", DecidedOn, DecidedOn.START),
    "confirmed": lambda entry: entry.flag("confirmed", default=True),
    "on_breach": lambda entry: word(entry, "on_breach", OnBreach),
    "passing": _or_default("passing", Passing, Passing.BREACH),
    "relief": _relief,
    "note": lambda entry: entry.optional_text("note"),
}
