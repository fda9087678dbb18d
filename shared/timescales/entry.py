"""One table of a file of the law, read value by value, that knows the line of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self


class CatalogueError(Exception):
    """A file of the law that cannot be used: which file, which line, and why."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}, line {line}: {reason}")
        self.file, self.line, self.reason = file, line, reason


@dataclass(frozen=True, slots=True)
class Entry:
    """One TOML table, the line it begins on and the line of each of its keys."""

    file: str
    line: int
    table: Mapping[str, object]
    lines: Mapping[str, int]

    def refusal(self, key: str | None, reason: str) -> CatalogueError:
        """The error that names the line of a key, or of the whole entry."""
        return CatalogueError(self.file, self.lines.get(key or "", self.line), reason)

    def only(self, allowed: Iterable[str]) -> Self:
        """The entry itself, if it holds no key but the allowed ones."""
        known = sorted(allowed)
        for key in self.table:
            if key not in known:
                raise self.refusal(key, f"unknown key '{key}'; the known ones are {', '.join(known)}")
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

    def day(self, key: str) -> date:
        """A date without a time; it must be there."""
        found = self.table.get(key)
        if not isinstance(found, date) or isinstance(found, datetime):
            raise self.refusal(key, f"'{key}' must be a date such as 2025-04-17")
        return found

    def optional_day(self, key: str) -> date | None:
        """A date without a time, or None where the key is absent."""
        return self.day(key) if key in self.table else None

    def inside(self, key: str) -> "Entry":
        """The table under a key; its keys are reported on the line of that key."""
        return self._inner(key, self.table.get(key))

    def each_inside(self, key: str) -> list["Entry"]:
        """The tables in the list under a key; at least one."""
        found = self.table.get(key)
        if not isinstance(found, list) or not found:
            raise self.refusal(key, f"'{key}' must be a list with at least one table")
        return [self._inner(key, each) for each in found]

    def _inner(self, key: str, found: object) -> "Entry":
        if not isinstance(found, dict):
            raise self.refusal(key, f"'{key}' must be a table such as {{ name = \"value\" }}")
        return Entry(self.file, self.lines.get(key, self.line), found, {})

    def _text(self, key: str, found: object) -> str:
        if not isinstance(found, str):
            raise self.refusal(key, f"'{key}' must be text")
        if not found.strip():
            raise self.refusal(key, f"'{key}' is empty")
        return found
