"""Code lists: what each code means, from whom it is, and in which years it may be used."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Code:
    """One code: its meaning, and the London dates from and to which it may be used, both included; None: always."""

    code: str
    meaning: str
    first_day: date | None = None
    last_day: date | None = None

    def is_valid_on(self, day: date) -> bool:
        """Whether it may be used for what happened on this day."""
        return (self.first_day is None or self.first_day <= day) and (
            self.last_day is None or day <= self.last_day
        )


@dataclass(frozen=True, slots=True)
class CodeList:
    """A list of codes in the order of its source; `confirmed` is whether somebody read it there."""

    name: str
    title: str
    source: str
    confirmed: bool
    codes: tuple[Code, ...]

    def find(self, code: str) -> Code | None:
        """The code, or None."""
        return next((each for each in self.codes if each.code == code), None)

    def valid_on(self, day: date) -> tuple[str, ...]:
        """The codes that may be used for what happened on this day."""
        return tuple(each.code for each in self.codes if each.is_valid_on(day))


@cache
def code_list(name: str) -> CodeList:
    """The list with this name. Raises KeyError for one that does not ship, ValueError for a broken file."""
    path = _HERE / f"{name}.toml"
    if not path.is_file():
        raise KeyError(name)
    with path.open("rb") as file:
        return _read(name, tomllib.load(file))


def code_lists() -> list[CodeList]:
    """Every list that ships, by name."""
    return [code_list(path.stem) for path in sorted(_HERE.glob("*.toml"))]


def _read(name: str, table: dict[str, Any]) -> CodeList:
    codes = tuple(Code(**each) for each in table["code"])
    if len({each.code for each in codes}) < len(codes):
        raise ValueError(f"{name}.toml has a code twice")
    return CodeList(name, table["title"], table["source"], table["confirmed"], codes)
