"""England's working days: the `holidays` library, and the days proclaimed later."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path

import holidays
from holidays.version import __version__ as LIBRARY_VERSION

from shared.timescales.entry import Entry
from shared.timescales.toml_file import TomlFile

SATURDAY = 5
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ProclaimedDay:
    """A bank holiday proclaimed by itself: when, its name, its announcement, and the day it stands for.

    `known_from` is the London date on which Duecare was told, and `withdrawn_on` the one on which that was taken
    back: the day counts for every clock that was still running then, and for none that had closed before.
    Without `known_from` it has always been known.
    """

    on: date
    name: str
    announced_on: date
    source: str
    instead_of: date | None = None
    known_from: date | None = None
    withdrawn_on: date | None = None

    def stood_on(self, day: date | None) -> bool:
        """Whether the day was proclaimed for a clock that closed on `day`; for None, one that still runs."""
        if day is None:
            return self.withdrawn_on is None
        known = self.known_from is None or self.known_from <= day
        return known and (self.withdrawn_on is None or day < self.withdrawn_on)


class Calendar:
    """Working days: all but weekends, Good Friday, Christmas Day and bank holidays (SI 2010/959 reg 2(1)).

    Days on which a council closes are working days. `published_through` is the last day of the published
    list; `version` is short and stays the same for the same library and the same added days; `edition` is the
    version without the days that an installation was told of.
    """

    def __init__(self, published_through: date, added: Iterable[ProclaimedDay] = ()) -> None:
        self.published_through = published_through
        self._known = tuple(sorted(set(added), key=repr))
        self._added = tuple(day for day in self._known if day.stood_on(None))
        self._told = tuple(day for day in self._known if day.known_from is not None)
        self._years: dict[int, Mapping[date, str]] = {}
        self._steps: dict[tuple[date, int], date] = {}
        self._earlier: dict[tuple[ProclaimedDay, ...], Calendar] = {}
        always = tuple(day for day in self._known if day.known_from is None)
        self.edition = f"{LIBRARY_VERSION}-{_digest(published_through, always)}"
        self.version = f"{LIBRARY_VERSION}-{_digest(published_through, self._added)}"

    def is_working_day(self, day: date) -> bool:
        """Whether work is counted on this day in England."""
        return day.weekday() < SATURDAY and day not in self._holidays_in(day.year)

    def holiday_name(self, day: date) -> str | None:
        """The bank holiday's name, or None. A holiday that falls at a weekend keeps its name."""
        return self._holidays_in(day.year).get(day)

    def weekdays_off_between(self, one: date, other: date) -> list[tuple[date, str]]:
        """The bank holidays on weekdays between two days, neither of them included: each with its name, in order."""
        first, last = min(one, other), max(one, other)
        return [
            (day, name)
            for year in range(first.year, last.year + 1)
            for day, name in self._holidays_in(year).items()
            if first < day < last and day.weekday() < SATURDAY
        ]

    def working_day(self, start: date, steps: int) -> date:
        """The working day that many steps after the start (before it, if negative). The start is day 0."""
        found = self._steps.get((start, steps))
        if found is None:
            found = self._steps[start, steps] = self._walk(start, steps)
        return found

    def as_known_on(self, day: date | None) -> "Calendar":
        """The calendar for a clock that closed on `day`: without the days proclaimed since. None: today's."""
        if day is None or not self._told:
            return self
        stood = tuple(each for each in self._told if each.stood_on(day))
        if stood not in self._earlier:
            always = [each for each in self._known if each.known_from is None]
            still = [_as_always(each) for each in stood]
            self._earlier[stood] = earlier = Calendar(self.published_through, [*always, *still])
            earlier.edition = self.edition
        return self._earlier[stood]

    def with_days(self, extra: Iterable[ProclaimedDay]) -> "Calendar":
        """A new calendar with these days proclaimed as well; this one stays as it is."""
        return Calendar(self.published_through, (*self._known, *extra))

    def _walk(self, start: date, steps: int) -> date:
        step, left, day = (_ONE_DAY if steps > 0 else -_ONE_DAY), abs(steps), start
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def _holidays_in(self, year: int) -> Mapping[date, str]:
        if year not in self._years:
            moved = {day.instead_of for day in self._added}
            known = {day: name for day, name in library_days(year).items() if day not in moved}
            added = {day.on: day.name for day in self._added if day.on.year == year}
            self._years[year] = dict(sorted((known | added).items()))
        return self._years[year]


@cache
def england() -> Calendar:
    """England's calendar, built once. Raises CatalogueError where calendar.toml is wrong."""
    return read_calendar(Path(__file__).with_name("calendar.toml"))


def read_calendar(path: Path) -> Calendar:
    """A calendar from its file. Raises CatalogueError with the line and the reason."""
    file = TomlFile.at(path)
    top = file.top.only({"day", "published_through"})
    seen: set[date] = set()
    return Calendar(top.day("published_through"), [_proclaimed(entry, seen) for entry in file.entries("day")])


def _proclaimed(entry: Entry, seen: set[date]) -> ProclaimedDay:
    entry.only({"date", "name", "announced_on", "source", "instead_of"})
    day, moved = entry.day("date"), entry.optional_day("instead_of")
    if day.weekday() >= SATURDAY:
        raise entry.refusal("date", "the day falls at a weekend, which is no working day already")
    if day in seen:
        raise entry.refusal("date", "the same day is proclaimed twice")
    if moved and moved not in library_days(moved.year):
        raise entry.refusal("instead_of", "the day it stands instead of is no bank holiday")
    seen.add(day)
    return ProclaimedDay(day, entry.text("name"), entry.day("announced_on"), entry.text("source"), moved)


@lru_cache(maxsize=512)
def library_days(year: int) -> Mapping[date, str]:
    """The library's list for England; it knows none after 2100, far beyond what is published."""
    found = holidays.country_holidays("GB", subdiv="ENG", years=year, language="en_GB")
    return {day: name.replace("(observed)", "(substitute day)") for day, name in found.items()}


def _as_always(day: ProclaimedDay) -> ProclaimedDay:
    return ProclaimedDay(day.on, day.name, day.announced_on, day.source, day.instead_of)


def _digest(published_through: date, added: tuple[ProclaimedDay, ...]) -> str:
    plain = tuple(_as_always(day) for day in added)
    return hashlib.sha256(repr((published_through, plain)).encode()).hexdigest()[:8]
