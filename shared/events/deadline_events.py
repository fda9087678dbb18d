"""What Duecare says of deadlines: opened, moved, approaching, breached, passed, met, cancelled, withdrawn."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

from shared.events.language import DEADLINE, Event, example
from shared.events.words import Code, Said, Timescale

CANCELLED = ("waived", "start_withdrawn", "law_changed")
OUTCOMES = ("moved", "open", "met", "met_late", "passed", "waived", "ended", "ended_unmet", "withdrawn")

# Of examples: a first review, due within 20 working days of Monday 2 November 2026; and later, as care began later;
# and one that is over.
FIRST_REVIEW: dict[str, Any] = {
    "subject_id": DEADLINE,
    "history_id": UUID("0199d3a2-61f5-7d83-9c46-e1b70f2a5d38"),
    "timescale": "lac-review-first",
    "version": 1,
    "revision": 1,
    "due_on": date(2026, 11, 30),
    "due_at": datetime(2026, 12, 1, tzinfo=UTC),
}
MOVED = FIRST_REVIEW | {
    "version": 2,
    "revision": 2,
    "due_on": date(2026, 12, 2),
    "due_at": datetime(2026, 12, 3, tzinfo=UTC),
}
OVER = FIRST_REVIEW | {"due_on": date(2026, 11, 20), "due_at": datetime(2026, 11, 21, tzinfo=UTC)}


@dataclass(frozen=True, slots=True)
class DeadlineEvent(Event):
    """An event about a deadline at one version and revision of it."""

    noun: ClassVar[str] = "deadline"

    history_id: Annotated[UUID, Said("The history that it belongs to, such as a care period.")]
    timescale: Timescale
    version: Annotated[
        int, Said("One more where the date moves or a breach is withdrawn: a version has at most one breach.")
    ]
    revision: Annotated[
        int,
        Said(
            "One more wherever what is owed changes. An event that changes nothing, as a breach, bears the one of what "
            "it tells of: between equals, the later position in the feed is the later event."
        ),
    ]
    due_on: date
    due_at: Annotated[datetime, Said("When it passes: at a day's end, or within that day.")]

    def about(self) -> str:
        return f"{self.subject_id}:{self.revision}"


@example(**FIRST_REVIEW)
@dataclass(frozen=True, slots=True)
class DeadlineOpened(DeadlineEvent):
    """A promise began to run, or runs again because what closed it was withdrawn."""

    type: ClassVar[str] = "deadline.opened"


@example(**MOVED, previous_due_on=date(2026, 11, 30), because="facts")
@dataclass(frozen=True, slots=True)
class DeadlineMoved(DeadlineEvent):
    """The date changed, as the facts did, the calendar or the law. One that had passed is open again."""

    type: ClassVar[str] = "deadline.moved"
    previous_due_on: Annotated[date, Said("The date that was promised before.")]
    because: Annotated[str, Code("What changed.", ("facts", "calendar", "law"))]


@example(**FIRST_REVIEW)
@dataclass(frozen=True, slots=True)
class DeadlineConfirmed(DeadlineEvent):
    """The date was provisional, and stands now that the bank holidays up to it are published."""

    type: ClassVar[str] = "deadline.confirmed"


@example(**FIRST_REVIEW, met_on=date(2026, 11, 20), in_time=True)
@dataclass(frozen=True, slots=True)
class DeadlineMet(DeadlineEvent):
    """What was promised was done, in time or late."""

    type: ClassVar[str] = "deadline.met"
    met_on: Annotated[date, Said("When it was done.")]
    in_time: Annotated[bool, Said("Whether by its date.")]


@example(**FIRST_REVIEW, because="care_period.ended")
@dataclass(frozen=True, slots=True)
class DeadlineCancelled(DeadlineEvent):
    """The promise no longer applies: care ended, or the fact it began with was withdrawn."""

    type: ClassVar[str] = "deadline.cancelled"
    because: Annotated[str, Code("The kind of fact that ended it, or one of these.", CANCELLED)]


@example(**OVER | {"timescale": "review-decisions-manager-challenge"}, meaning="agreement")
@dataclass(frozen=True, slots=True)
class DeadlinePassed(DeadlineEvent):
    """The date passed, and that broke no promise: silence agreed, or a mark was reached."""

    type: ClassVar[str] = "deadline.passed"
    meaning: Annotated[str, Code("What that means.", ("agreement", "mark"))]


@example(**OVER, because="met")
@dataclass(frozen=True, slots=True)
class BreachWithdrawn(DeadlineEvent):
    """A correction shows that the recorded breach of this version never was one."""

    type: ClassVar[str] = "breach.withdrawn"
    because: Annotated[str, Code("What became of the deadline instead.", OUTCOMES)]


@example(**FIRST_REVIEW, warned_at=datetime(2026, 11, 21, tzinfo=UTC))
@dataclass(frozen=True, slots=True)
class DeadlineApproaching(DeadlineEvent):
    """The date is near, and the promise not yet kept."""

    type: ClassVar[str] = "deadline.approaching"
    warned_at: Annotated[datetime, Said("When the warning was due.")]

    def about(self) -> str:
        return f"{self.subject_id}:{self.version}:{self.warned_at.isoformat()}"


@example(**OVER, historic=False)
@dataclass(frozen=True, slots=True)
class DeadlineBreached(DeadlineEvent):
    """The date passed with the promise unkept. One per version, whoever notices it and however often."""

    type: ClassVar[str] = "deadline.breached"
    historic: Annotated[
        bool, Said("Whether it had passed before Duecare was told: such a breach wakes nobody.")
    ]

    def about(self) -> str:
        return f"{self.subject_id}:{self.version}"
