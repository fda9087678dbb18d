"""Facts and deadlines in a line each, so that a test reads as a story."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from uuid import UUID

from shared.timescales.calendar import Calendar, england
from shared.timescales.catalogue import Catalogue, load_catalogue
from shared.timescales.engine import Deadline, deadlines
from shared.timescales.facts import Fact
from shared.timescales.london import london_date

CARE = UUID(int=1)


def started(on: str, **codes: str) -> Fact:
    """The child became looked after."""
    return Fact("care_period.started", CARE, date.fromisoformat(on), None, codes)


def ended(on: str) -> Fact:
    """The child ceased to be looked after."""
    return Fact("care_period.ended", CARE, date.fromisoformat(on))


def notified(at: str) -> Fact:
    """The reviewing service was told of the child."""
    return _instant("iro_service.notified", CARE, at)


def allocated(at: str, record: int = 2) -> Fact:
    """A reviewing officer was allocated."""
    return _instant("iro.allocated", UUID(int=record), at)


def held(on: str, record: int = 10, **codes: str) -> Fact:
    """A review was held."""
    return Fact("review.held", UUID(int=record), date.fromisoformat(on), None, codes)


def checked(on: str, record: int = 50) -> Fact:
    """The officer made a midpoint check."""
    return Fact("midpoint_check.completed", UUID(int=record), date.fromisoformat(on))


def all_of(
    code: str, *facts: Fact, catalogue: Catalogue | None = None, calendar: Calendar | None = None
) -> list[Deadline]:
    """Every deadline of one timescale, in order."""
    found: Iterable[Deadline] = deadlines(facts, catalogue or load_catalogue(), calendar or england())
    return [each for each in found if each.timescale == code]


def only(
    code: str, *facts: Fact, catalogue: Catalogue | None = None, calendar: Calendar | None = None
) -> Deadline:
    """The one deadline of a timescale; the test fails where there is none, or more than one."""
    (found,) = all_of(code, *facts, catalogue=catalogue, calendar=calendar)
    return found


def _instant(kind: str, record: UUID, at: str) -> Fact:
    instant = datetime.fromisoformat(at).astimezone(UTC)
    return Fact(kind, record, london_date(instant), instant)
