"""What Duecare says of deadlines: opened, moved, approaching, breached, passed, met, cancelled, withdrawn."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from shared.events.language import Event


@dataclass(frozen=True, slots=True)
class DeadlineEvent(Event):
    """An event about a deadline at one version and revision of it. `due_on` is London's date, `due_at` UTC."""

    noun: ClassVar[str] = "deadline"

    history_id: UUID
    timescale: str
    version: int
    revision: int
    due_on: date
    due_at: datetime

    def about(self) -> str:
        return f"{self.subject_id}:{self.revision}"


@dataclass(frozen=True, slots=True)
class DeadlineOpened(DeadlineEvent):
    """A promise began to run, or runs again because what closed it was withdrawn."""

    type: ClassVar[str] = "deadline.opened"


@dataclass(frozen=True, slots=True)
class DeadlineMoved(DeadlineEvent):
    """The date changed, `because` the facts did, the calendar, or the law. One that had passed is open again."""

    type: ClassVar[str] = "deadline.moved"
    previous_due_on: date
    because: str


@dataclass(frozen=True, slots=True)
class DeadlineConfirmed(DeadlineEvent):
    """The date was provisional, and stands now that the bank holidays up to it are published."""

    type: ClassVar[str] = "deadline.confirmed"


@dataclass(frozen=True, slots=True)
class DeadlineMet(DeadlineEvent):
    """What was promised was done; `in_time` says whether by its date."""

    type: ClassVar[str] = "deadline.met"
    met_on: date
    in_time: bool


@dataclass(frozen=True, slots=True)
class DeadlineCancelled(DeadlineEvent):
    """The promise no longer applies: care ended, or the fact it began with was withdrawn."""

    type: ClassVar[str] = "deadline.cancelled"
    because: str


@dataclass(frozen=True, slots=True)
class DeadlinePassed(DeadlineEvent):
    """The date passed, and that broke no promise: `meaning` is agreement by silence, or a mark reached."""

    type: ClassVar[str] = "deadline.passed"
    meaning: str


@dataclass(frozen=True, slots=True)
class BreachWithdrawn(DeadlineEvent):
    """A correction shows that the recorded breach of this version never was one."""

    type: ClassVar[str] = "breach.withdrawn"
    because: str


@dataclass(frozen=True, slots=True)
class DeadlineApproaching(DeadlineEvent):
    """The date is near, and the promise not yet kept."""

    type: ClassVar[str] = "deadline.approaching"
    warned_at: datetime

    def about(self) -> str:
        return f"{self.subject_id}:{self.version}:{self.warned_at.isoformat()}"


@dataclass(frozen=True, slots=True)
class DeadlineBreached(DeadlineEvent):
    """The date passed with the promise unkept. One per version, whoever notices it and however often."""

    type: ClassVar[str] = "deadline.breached"
    historic: bool

    def about(self) -> str:
        return f"{self.subject_id}:{self.version}"
