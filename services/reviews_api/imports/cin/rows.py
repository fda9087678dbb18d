"""The rows of a CIN census: each part of the file that is one record, in typed form."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from services.reviews_api.imports.findings import Refused
from shared.codes.lists import code_list

EARLIEST, LATEST = 1900, 2200
CATEGORIES = frozenset(each.code for each in code_list("abuse_category").codes)
DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)
NUMBER = re.compile(r"[0-9]{1,2}", re.ASCII)
TRUE = ("true", "1")
# Room is left for the date that completes a record's reference: CHILD-yyyy-mm-dd is 64 characters at most.
CHILD = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,52}", re.ASCII)


@dataclass(frozen=True, slots=True)
class ChildRow:
    """A child, born or expected on a London date, or neither is known. `row` is the line of the file, as in every
    row here; line 1 is the first."""

    row: int
    child: str
    born_on: date | None
    expected_on: date | None


class Dated(Protocol):
    """A row that tells of a record."""

    @property
    def row(self) -> int: ...
    @property
    def day(self) -> date: ...
    def content(self) -> tuple[Any, ...]: ...


@dataclass(frozen=True, slots=True)
class EnquiryRow:
    """Section 47 enquiries. `needless`: no initial conference was required."""

    row: int
    started_on: date
    target_on: date | None
    needless: bool

    @property
    def day(self) -> date:
        """The London date by which it is known."""
        return self.started_on

    def content(self) -> tuple[Any, ...]:
        """What else it says, to be put in order."""
        return (self.needless,)


@dataclass(frozen=True, slots=True)
class ConferenceRow:
    """An initial conference, `of_enquiry` where it is recorded with section 47 enquiries."""

    row: int
    held_on: date
    of_enquiry: bool

    @property
    def day(self) -> date:
        """The London date by which it is known."""
        return self.held_on

    def content(self) -> tuple[Any, ...]:
        """What else it says, to be put in order."""
        return ()


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A protection plan; `conferences` are the days of the initial conferences recorded beside it."""

    row: int
    started_on: date
    ended_on: date | None
    initial_category: str
    latest_category: str | None
    previous_plans: int
    conferences: frozenset[date]

    @property
    def day(self) -> date:
        """The London date by which it is known."""
        return self.started_on

    def content(self) -> tuple[Any, ...]:
        """What else it says, to be put in order."""
        return (
            self.ended_on or date.max,
            self.initial_category,
            self.latest_category or "",
            self.previous_plans,
        )


@dataclass(frozen=True, slots=True)
class PlanReviewRow:
    """A review of a plan."""

    row: int
    held_on: date
    plan_started_on: date

    @property
    def day(self) -> date:
        """The London date by which it is known."""
        return self.held_on

    def content(self) -> tuple[Any, ...]:
        """What else it says, to be put in order."""
        return ()


@dataclass(slots=True)
class ChildReturn:
    """The rows about one child that are sound in themselves; `complete` where there were no others."""

    reference: str
    children: list[ChildRow] = field(default_factory=list)
    enquiries: list[EnquiryRow] = field(default_factory=list)
    conferences: list[ConferenceRow] = field(default_factory=list)
    plans: list[PlanRow] = field(default_factory=list)
    plan_reviews: list[PlanReviewRow] = field(default_factory=list)
    complete: bool = True

    def by_kind(self) -> dict[str, Sequence[Dated]]:
        """The rows that tell of records, by their kind."""
        return {
            "section47": self.enquiries,
            "conferences": self.conferences,
            "plans": self.plans,
            "plan_reviews": self.plan_reviews,
        }


@dataclass(frozen=True, slots=True)
class Cells:
    """The fields of one part of the file, on a day (London) after which nothing can have happened."""

    element: Any
    today: date

    @property
    def row(self) -> int:
        return int(self.element.sourceline)

    def text(self, name: str) -> str:
        """What it says, or "". Raises Refused where it says so twice."""
        found = self.element.findall(name)
        if len(found) > 1:
            raise Refused(name, "said_twice")
        return (found[0].text or "").strip() if found else ""

    def filled(self, name: str) -> str:
        if not (text := self.text(name)):
            raise Refused(name, "missing_value")
        return text

    def day(self, name: str, *, ahead: bool = False) -> date | None:
        """A date, or None; `ahead` of one that may still come."""
        text = self.text(name)
        return self._day(name, text, ahead) if text else None

    def filled_day(self, name: str) -> date:
        return self._day(name, self.filled(name), ahead=False)

    def code(self, name: str, known: Iterable[str]) -> str:
        if (text := self.filled(name)) not in known:
            raise Refused(name, "not_in_the_list")
        return text

    def number(self, name: str) -> int:
        text = self.text(name) or "0"
        if not NUMBER.fullmatch(text):
            raise Refused(name, "not_a_number")
        return int(text)

    def _day(self, name: str, text: str, ahead: bool) -> date:
        parts = DATE.fullmatch(text)
        if parts is None:
            raise Refused(name, "ill_dated")
        try:
            found = date(*map(int, parts.groups()))
        except ValueError:
            raise Refused(name, "ill_dated") from None
        if not EARLIEST <= found.year <= LATEST:
            raise Refused(name, "ill_dated")
        if found > self.today and not ahead:
            raise Refused(name, "in_the_future")
        return found


def in_iso(day: date | None) -> Any:
    """A date as a request would write it."""
    return None if day is None else day.isoformat()


def read_child(cells: Cells) -> ChildRow:
    """Who the child is. Raises Refused."""
    reference = cells.filled("LAchildID")
    if not CHILD.fullmatch(reference):
        raise Refused("LAchildID", "bad_reference")
    born_on = cells.day("PersonBirthDate")
    expected_on = cells.day("ExpectedPersonBirthDate", ahead=True)
    if born_on and expected_on:
        raise Refused("ExpectedPersonBirthDate", "born_and_expected")
    return ChildRow(cells.row, reference, born_on, expected_on)


def read_enquiry(cells: Cells) -> EnquiryRow:
    """Section 47 enquiries. Raises Refused."""
    target_on = cells.day("InitialCPCtarget", ahead=True)
    needless = cells.text("ICPCnotRequired").lower() in TRUE
    return EnquiryRow(cells.row, cells.filled_day("S47ActualStartDate"), target_on, needless)


def read_plan(cells: Cells, conferences: frozenset[date]) -> PlanRow:
    """A protection plan. Raises Refused."""
    started_on, ended_on = cells.filled_day("CPPstartDate"), cells.day("CPPendDate")
    if ended_on is not None and ended_on <= started_on:
        same = ended_on == started_on
        raise Refused("CPPendDate", "ends_on_its_first_day" if same else "plan_ends_before_it_starts")
    latest = cells.code("LatestCategoryOfAbuse", CATEGORIES) if cells.text("LatestCategoryOfAbuse") else None
    return PlanRow(
        cells.row,
        started_on,
        ended_on,
        cells.code("InitialCategoryOfAbuse", CATEGORIES),
        latest,
        cells.number("NumberOfPreviousCPP"),
        conferences,
    )
