"""Facts and deadlines in a line each, so that a test reads as a story."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from uuid import UUID, uuid5

from shared.timescales.calendar import Calendar, england
from shared.timescales.catalogue import Catalogue, load_catalogue
from shared.timescales.engine import Deadline, deadlines
from shared.timescales.facts import Fact
from shared.timescales.london import london_date

CARE = UUID(int=1)


def fact(kind: str, on: str, record: int | None = None, **codes: str) -> Fact:
    """Something that happened on a day; of a record of its own, unless one is given."""
    own = uuid5(CARE, f"{kind} {on}") if record is None else UUID(int=record)
    return Fact(kind, own, date.fromisoformat(on), None, codes)


def fact_at(kind: str, at: str, record: int = 3, **codes: str) -> Fact:
    """Something that happened at an instant, given with its offset."""
    return _instant(kind, UUID(int=record), at, codes)


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


def paused(on: str, first: str, until: str, code: str = "review-soon", anchor: UUID = CARE) -> Fact:
    """A pause of these days was granted."""
    codes = {"timescale": code, "anchor": str(anchor), "from": first, "until": until}
    return Fact("pause.granted", uuid5(CARE, f"{on} {first}"), date.fromisoformat(on), None, codes)


def exempted(on: str, until: str | None = None, code: str = "review-soon", anchor: UUID = CARE) -> Fact:
    """A later date was granted, or a waiver where there is none."""
    codes = {"timescale": code, "anchor": str(anchor)} | ({"until": until} if until else {})
    return Fact("exemption.granted", uuid5(CARE, f"{on} {until}"), date.fromisoformat(on), None, codes)


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


def choosing(**settings: str) -> Catalogue:
    """Sefton's catalogue with these settings other than the default."""
    return load_catalogue("sefton", tuple(settings.items()))


def codes_of(*facts: Fact, catalogue: Catalogue | None = None) -> list[str]:
    """The codes of every deadline, in order."""
    return [each.timescale for each in deadlines(facts, catalogue or load_catalogue(), england())]


def running_on(
    day: str, *facts: Fact, kind: str | tuple[str, ...] = "", catalogue: Catalogue | None = None
) -> list[str]:
    """The codes of the clocks that start on or before a day and close after it or never, in order of the alphabet;
    only those that begin with `kind`."""
    on = date.fromisoformat(day)
    found = deadlines(facts, catalogue or load_catalogue(), england())
    return sorted(
        each.timescale
        for each in found
        if each.timescale.startswith(kind)
        and each.starts_on <= on
        and (each.closed_on is None or on < each.closed_on)
    )


def _instant(kind: str, record: UUID, at: str, codes: Mapping[str, str] | None = None) -> Fact:
    instant = datetime.fromisoformat(at).astimezone(UTC)
    return Fact(kind, record, london_date(instant), instant, codes or {})
