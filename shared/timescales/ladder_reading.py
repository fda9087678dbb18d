"""From [[ladder]] and [[stage]] tables to ladders, or a refusal that names the line of each mistake."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from shared.timescales.entry import Entry, Findings, read_values
from shared.timescales.ladder import Ladder, Repeated, Silence, Stage
from shared.timescales.period_reading import period, warning
from shared.timescales.periods import CalendarDays, ElapsedHours, Period, WorkingDays
from shared.timescales.reading import code_of, word
from shared.timescales.timescale import Basis
from shared.timescales.toml_file import TomlFile

ROLES = ("social_worker", "team_manager", "senior_manager")
LADDER_KEYS = (
    "code", "title", "from", "chairs", "decide", "follow_up", "suggestions_lapse", "repeated", "second_approver",
    "ends", "basis", "source", "confirmed", "note",
)  # fmt: skip
STAGE_KEYS = (
    "ladder", "code", "title", "formal", "responder", "roles", "limit", "warn", "silence", "copied",
)  # fmt: skip
MOST = 40  # characters of a code, so that the code of a clock made of two stays readable
_STAGE_CODE = re.compile(r"[a-z][a-z0-9_]*")

Rung = tuple[Entry, Stage | None]
"""The table of a stage, and the stage itself, or None where it has mistakes."""


def read_ladder(entry: Entry, stages: Sequence[Stage]) -> Ladder:
    """One ladder from its table, with its stages. Raises CatalogueError with every mistake."""
    return Ladder(**read_values(entry, LADDER_KEYS, _LADDER), stages=tuple(stages))


def read_stages(file: TomlFile, findings: Findings) -> dict[str, list[Rung]]:
    """The stages of a file by the ladder that each names, in order."""
    found: dict[str, list[Rung]] = {}
    for entry in findings.take(lambda: file.entries("stage")) or ():
        name = findings.take(lambda entry=entry: entry.text("ladder"))  # type: ignore[misc]
        stage = findings.take(lambda entry=entry: _stage(entry))  # type: ignore[misc]
        if name is not None:
            found.setdefault(name, []).append((entry, stage))
    return found


def _stage(entry: Entry) -> Stage:
    return Stage(**read_values(entry, STAGE_KEYS, _STAGE))


def _ladder_code(entry: Entry) -> str:
    return _short(entry, code_of(entry))


def _stage_code(entry: Entry) -> str:
    code = entry.text("code")
    if not _STAGE_CODE.fullmatch(code):
        raise entry.refusal("code", "a stage's code is lower-case words and figures joined by underscores")
    return _short(entry, code)


def _short(entry: Entry, code: str) -> str:
    if len(code) > MOST:
        raise entry.refusal("code", f"the code is longer than {MOST} characters")
    return code


def _formal(entry: Entry) -> bool:
    if "formal" not in entry.table:
        raise entry.refusal(None, "'formal' is missing")
    return entry.flag("formal", default=True)


def _roles(entry: Entry) -> tuple[str, ...]:
    roles = entry.texts("roles")
    if not roles:
        raise entry.refusal("roles", "'roles' names nobody who may answer")
    if unknown := [role for role in roles if role not in ROLES]:
        raise entry.refusal("roles", f"unknown role '{unknown[0]}'; those who answer are {', '.join(ROLES)}")
    return roles


def _limit(entry: Entry, key: str) -> Period:
    text = entry.text(key)
    found = period(entry, key, text)
    plain = isinstance(found, WorkingDays | CalendarDays) and not found.before and found.days > 0
    if not plain and not isinstance(found, ElapsedHours):
        raise entry.refusal(key, f"'{text}': '{key}' is counted in working days, days or hours")
    return found


def _lapses(entry: Entry) -> WorkingDays:
    text = entry.text("suggestions_lapse")
    found = period(entry, "suggestions_lapse", text)
    if not isinstance(found, WorkingDays) or found.before:
        raise entry.refusal("suggestions_lapse", f"'{text}': suggestions lapse after working days")
    return found


def _repeated(entry: Entry) -> Repeated | None:
    if "repeated" not in entry.table:
        return None
    inner = entry.inside("repeated").only({"times", "months"})
    return Repeated(inner.number("times", 2, 99), inner.number("months", 1, 120))


_LADDER: dict[str, Callable[[Entry], Any]] = {
    "code": _ladder_code,
    "title": lambda entry: entry.text("title"),
    "first_day": lambda entry: entry.day("from"),
    "chairs": lambda entry: entry.flag("chairs", default=False),
    "decide": lambda entry: _limit(entry, "decide"),
    "follow_up": lambda entry: _limit(entry, "follow_up"),
    "lapses": _lapses,
    "repeated": _repeated,
    "second_approver": lambda entry: entry.flag("second_approver", default=False),
    "ends": lambda entry: entry.text("ends"),
    "basis": lambda entry: word(entry, "basis", Basis),
    "source": lambda entry: entry.text("source"),
    "confirmed": lambda entry: entry.flag("confirmed", default=True),
    "note": lambda entry: entry.optional_text("note"),
}
_STAGE: dict[str, Callable[[Entry], Any]] = {
    "code": _stage_code,
    "title": lambda entry: entry.text("title"),
    "formal": _formal,
    "responder": lambda entry: entry.text("responder"),
    "roles": _roles,
    "limit": lambda entry: _limit(entry, "limit"),
    "warn": lambda entry: tuple(warning(entry, text) for text in entry.texts("warn")),
    "silence": lambda entry: word(entry, "silence", Silence),
    "copied": lambda entry: entry.texts("copied"),
}
