"""An officer's dates as an iCalendar (RFC 5545). No I/O.

What an entry is called by is the kind of date and the last eight digits of our own id of the child or the meeting:
random digits, in which no name can hide, where a case system's reference might be anything. The link has all of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from icalendar import Calendar, Event

from services.reviews_api.naming import title_and_basis
from shared.settings import Links
from shared.timescales.catalogue import Catalogue
from shared.timescales.london import day_ends_at

EVERY = timedelta(hours=1)  # how often calendar programs are asked to look again
TITLES = {"review": "Looked-after review", "midpoint_check": "Midpoint check"}
CONFERENCES = {
    "initial": "Initial child protection conference",
    "review": "Review child protection conference",
    "transfer_in": "Transfer-in child protection conference",
}
NAME = "Duecare: reviews and what is due"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One date: a London day, or the UTC instant at which something falls due within a day."""

    kind: str
    id: UUID
    title: str
    begins: date | datetime
    children: Sequence[UUID]
    sequence: int
    changed_at: datetime | None
    tentative: bool

    @property
    def summary(self) -> str:
        """The kind of date, and of whom or of which meeting it is."""
        if self.kind == "conference":
            return f"{self.title} ({_short(self.id)})"
        return f"{self.title} (child {_short(self.children[0])})"


def entries(rows: Iterable[Any], catalogue: Catalogue) -> Iterator[Entry]:
    """The rows of ENTRIES as dates."""
    for row in rows:
        kind, ours, children, code, on, due_at, provisional, version, changed_at = row
        whole_day = due_at is None or due_at == day_ends_at(on)
        title = _title(kind, code, catalogue)
        begins = on if whole_day else due_at
        yield Entry(kind, ours, title, begins, children or (), version, changed_at, provisional)


def written(dates: Iterable[Entry], links: Links, now: datetime) -> bytes:
    """The calendar, as it was put together at `now` (UTC)."""
    calendar = Calendar()
    calendar.add("prodid", "-//Duecare//Officers' calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", NAME)
    calendar.add("x-wr-calname", NAME)
    calendar.add("x-wr-timezone", "Europe/London")
    calendar.add("refresh-interval", EVERY, {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for each in dates:
        calendar.add_component(_event(each, links, now))
    return bytes(calendar.to_ical())


def _event(entry: Entry, links: Links, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{entry.kind}-{entry.id}@duecare")
    event.add("dtstamp", now)
    event.add("sequence", entry.sequence)
    if entry.changed_at is not None:
        event.add("last-modified", entry.changed_at)
    event.add("dtstart", entry.begins)
    if not isinstance(entry.begins, datetime):
        event.add("dtend", entry.begins + ONE_DAY)
    event.add("summary", entry.summary)
    event.add("description", "\n".join(links.to_child(child) for child in entry.children))
    event.add("status", "TENTATIVE" if entry.tentative else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event


def _title(kind: str, code: str | None, catalogue: Catalogue) -> str:
    if kind == "deadline":
        return f"Due: {title_and_basis(catalogue, str(code))[0]}"
    return CONFERENCES[str(code)] if kind == "conference" else TITLES[kind]


def _short(id: UUID) -> str:
    return id.hex[-8:]
