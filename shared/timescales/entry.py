"""One table of a file of the law, read value by value, that knows the line of each."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, Self, TypeVar

_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with a file of the law: which file, which line, which row where it has a code, and why."""

    file: str
    line: int
    reason: str
    row: str | None = None

    def __str__(self) -> str:
        row = f" ({self.row})" if self.row else ""
        return f"{self.file}, line {self.line}{row}: {self.reason}"


class CatalogueError(Exception):
    """Files of the law that cannot be used, with every mistake in them; `file`, `line` and `reason` are the first's."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(str(each) for each in self.mistakes))
        self.file, self.line, self.reason = (
            self.mistakes[0].file,
            self.mistakes[0].line,
            self.mistakes[0].reason,
        )


class Findings:
    """Gathers mistakes, so that all of them are told at once."""

    def __init__(self) -> None:
        self.mistakes: list[Mistake] = []

    def take(self, read: Callable[[], _Read]) -> _Read | None:
        """What `read` gives, or None with its mistakes noted."""
        try:
            return read()
        except CatalogueError as error:
            self.mistakes += error.mistakes
            return None

    def tell(self) -> None:
        """Raise CatalogueError with the mistakes found so far, if there are any."""
        if self.mistakes:
            raise CatalogueError(dict.fromkeys(self.mistakes))


@dataclass(frozen=True, slots=True)
class Entry:
    """One TOML table, the line it begins on, the line of each of its keys, and its code where it is a row."""

    file: str
    line: int
    table: Mapping[str, object]
    lines: Mapping[str, int]
    row: str | None = None

    def refusal(self, key: str | None, reason: str) -> CatalogueError:
        """The error that names the line of a key, or of the whole entry."""
        line = self.lines.get(key or "", self.line)
        return CatalogueError([Mistake(self.file, line, reason, self.row)])

    def only(self, allowed: Iterable[str]) -> Self:
        """The entry itself, if it holds no key but the allowed ones."""
        known, findings = sorted(allowed), Findings()
        for key in self.table:
            if key not in known:
                unknown = self.refusal(key, f"unknown key '{key}'; the known ones are {', '.join(known)}")
                findings.mistakes += unknown.mistakes
        findings.tell()
        return self

    def text(self, key: str) -> str:
        """A text that is there and not empty."""
        if key not in self.table:
            raise self.refusal(None, f"'{key}' is missing")
        return self._text(key, self.table[key])

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; none where the key is absent."""
        found = self.table.get(key, [])
        if not isinstance(found, list):
            raise self.refusal(key, f"'{key}' must be a list of texts")
        return tuple(self._text(key, each) for each in found)

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        found = self.table.get(key, default)
        if not isinstance(found, bool):
            raise self.refusal(key, f"'{key}' must be true or false")
        return found

    def number(self, key: str, least: int, most: int) -> int:
        """A whole number that is there, and lies within these two."""
        found = self.table.get(key)
        if not isinstance(found, int) or isinstance(found, bool) or not least <= found <= most:
            raise self.refusal(key, f"'{key}' must be a whole number from {least} to {most}")
        return found

    def day(self, key: str) -> date:
        """A date without a time; it must be there."""
        found = self.table.get(key)
        if not isinstance(found, date) or isinstance(found, datetime):
            raise self.refusal(key, f"'{key}' must be a date such as 2025-04-17")
        return found

    def optional_text(self, key: str) -> str | None:
        """A text, or None where the key is absent."""
        return self.text(key) if key in self.table else None

    def optional_day(self, key: str) -> date | None:
        """A date without a time, or None where the key is absent."""
        return self.day(key) if key in self.table else None

    def inside(self, key: str) -> "Entry":
        """The table under a key; its keys are reported on the line of that key."""
        if key not in self.table:
            raise self.refusal(None, f"'{key}' is missing")
        return self._inner(key, self.table.get(key))

    def one_or_each_inside(self, key: str) -> list["Entry"]:
        """The table under a key, or the tables in the list there."""
        return self.each_inside(key) if isinstance(self.table.get(key), list) else [self.inside(key)]

    def each_inside(self, key: str) -> list["Entry"]:
        """The tables in the list under a key; at least one."""
        found = self.table.get(key)
        if not isinstance(found, list) or not found:
            raise self.refusal(key, f"'{key}' must be a list with at least one table")
        return [self._inner(key, each) for each in found]

    def _inner(self, key: str, found: object) -> "Entry":
        if not isinstance(found, dict):
            raise self.refusal(key, f"'{key}' must be a table such as {{ name = \"value\" }}")
        return Entry(self.file, self.lines.get(key, self.line), found, {}, self.row)

    def _text(self, key: str, found: object) -> str:
        if not isinstance(found, str):
            raise self.refusal(key, f"'{key}' must be text")
        if not found.strip():
            raise self.refusal(key, f"'{key}' is empty")
        return found


def read_values(
    entry: Entry, keys: Iterable[str], readers: Mapping[str, Callable[[Entry], Any]]
) -> dict[str, Any]:
    """What each reader finds in a table that may hold these keys. Raises CatalogueError with every mistake."""
    findings = Findings()
    findings.take(lambda: entry.only(keys))
    values = {name: findings.take(partial(read, entry)) for name, read in readers.items()}
    findings.tell()
    return values
