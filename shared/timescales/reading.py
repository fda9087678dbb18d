"""From one table of a catalogue file to one timescale, or a refusal that names the line."""

import re
from collections.abc import Mapping
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType
from typing import TypeVar

from shared.timescales.entry import Entry
from shared.timescales.facts import FACT_CODES, FACT_KINDS, HISTORIES
from shared.timescales.periods import Midpoint, Notice, Period, WorkingDaysBefore, parse_period
from shared.timescales.timescale import Basis, InForce, Nth, OnBreach, Starts, Stops, Timescale

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
OPTIONAL = ("cancels", "when", "unless", "warn", "confirmed", "replaces")
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_Word = TypeVar("_Word", bound=StrEnum)


def read_timescale(entry: Entry) -> Timescale:
    """One timescale from its table, each value checked by itself. Raises CatalogueError."""
    entry.only(REQUIRED + OPTIONAL)
    return Timescale(
        code=_code(entry),
        title=entry.text("title"),
        history=_history(entry),
        starts=_starts(entry.inside("starts")),
        limit=_period(entry, "limit", entry.text("limit")),
        stops=_stops(entry.inside("stops")),
        cancels=tuple(_kind(entry, "cancels", kind) for kind in entry.texts("cancels")),
        when=_conditions(entry, "when"),
        unless=_conditions(entry, "unless"),
        warn=tuple(_warning(entry, text) for text in entry.texts("warn")),
        basis=_word(entry, "basis", Basis),
        source=entry.text("source"),
        in_force=_in_force(entry),
        confirmed=entry.flag("confirmed", default=True),
        on_breach=_word(entry, "on_breach", OnBreach),
    )


def _code(entry: Entry) -> str:
    code = entry.text("code")
    if not _CODE.fullmatch(code):
        raise entry.refusal("code", "a code is lower-case words and figures joined by hyphens")
    return code


def _history(entry: Entry) -> str:
    history = entry.text("history")
    if history not in HISTORIES:
        known = ", ".join(HISTORIES)
        raise entry.refusal("history", f"unknown history '{history}'; the known ones are {known}")
    return history


def _starts(entry: Entry) -> Starts:
    entry.only({"fact", "nth"})
    nth = _word(entry, "nth", Nth) if "nth" in entry.table else Nth.EACH
    return Starts(_kind(entry, "fact", entry.text("fact")), nth)


def _stops(entry: Entry) -> Stops:
    entry.only({"fact", "already", "same_record"})
    kind = _kind(entry, "fact", entry.text("fact"))
    return Stops(kind, entry.flag("already", default=False), entry.flag("same_record", default=False))


def _in_force(entry: Entry) -> tuple[InForce, ...]:
    stretches = [_stretch(each.only({"from", "to", "limit"})) for each in entry.each_inside("in_force")]
    for earlier, later in pairwise(stretches):
        if earlier.last_day is None or later.first_day <= earlier.last_day:
            raise entry.refusal("in_force", "the dates in force overlap, or are not in order")
    return tuple(stretches)


def _stretch(entry: Entry) -> InForce:
    limit = _period(entry, "limit", entry.text("limit")) if "limit" in entry.table else None
    stretch = InForce(entry.day("from"), entry.optional_day("to"), limit)
    if stretch.last_day is not None and stretch.last_day < stretch.first_day:
        raise entry.refusal("to", "the last day in force lies before the first")
    return stretch


def _conditions(entry: Entry, key: str) -> Mapping[str, tuple[str, ...]]:
    if key not in entry.table:
        return MappingProxyType({})
    inner = entry.inside(key).only(FACT_CODES)
    conditions = {code: inner.texts(code) for code in inner.table}
    if not all(conditions.values()):
        raise inner.refusal(None, f"a condition in '{key}' names no value")
    return MappingProxyType(conditions)


def _kind(entry: Entry, key: str, kind: str) -> str:
    if kind not in FACT_KINDS:
        raise entry.refusal(key, f"unknown kind of fact '{kind}'; the known ones are {', '.join(FACT_KINDS)}")
    return kind


def _period(entry: Entry, key: str, text: str) -> Period:
    try:
        return parse_period(text)
    except ValueError as error:
        raise entry.refusal(key, f"'{text}' is {error}") from None


def _warning(entry: Entry, text: str) -> Notice:
    period = _period(entry, "warn", text)
    if isinstance(period, Midpoint | WorkingDaysBefore):
        raise entry.refusal("warn", f"'{text}': a warning is a plain period before the due time")
    return period


def _word(entry: Entry, key: str, words: type[_Word]) -> _Word:
    text = entry.text(key)
    if text not in list(words):
        raise entry.refusal(key, f"unknown {key} '{text}'; it is one of {', '.join(words)}")
    return words(text)
