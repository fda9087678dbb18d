"""What Duecare says of escalations: codes and ids, never what anybody wrote."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from shared.events.language import Event, RecordEvent


@dataclass(frozen=True, slots=True)
class EscalationEvent(RecordEvent):
    """A step of an escalation: where it stands on its ladder, which team it is about, and the deadline and timescale
    where a breach is behind it. Of siblings, the child is the first; read the escalation for the others."""

    noun: ClassVar[str] = "escalation"

    kind: str
    theme: str
    deadline_id: UUID | None
    deadline_version: int | None
    timescale: str | None
    ladder: str | None
    stage: str | None
    team: str | None


@dataclass(frozen=True, slots=True)
class EscalationSuggested(EscalationEvent):
    """A breach suggests an escalation; nobody has raised it yet."""

    type: ClassVar[str] = "escalation.suggested"


@dataclass(frozen=True, slots=True)
class EscalationRaised(EscalationEvent):
    """A concern was raised, or a suggestion taken up."""

    type: ClassVar[str] = "escalation.raised"


@dataclass(frozen=True, slots=True)
class EscalationRecorded(EscalationEvent):
    """Good practice was recorded."""

    type: ClassVar[str] = "escalation.recorded"


@dataclass(frozen=True, slots=True)
class EscalationRetracted(EscalationEvent):
    """Good practice that was recorded was taken back."""

    type: ClassVar[str] = "escalation.retracted"


@dataclass(frozen=True, slots=True)
class EscalationDismissed(EscalationEvent):
    """A person decided against a suggestion."""

    type: ClassVar[str] = "escalation.dismissed"


@dataclass(frozen=True, slots=True)
class EscalationLapsed(EscalationEvent):
    """A suggestion lost its ground, as the breach behind it was withdrawn, or nobody took it up in time."""

    type: ClassVar[str] = "escalation.lapsed"


@dataclass(frozen=True, slots=True)
class EscalationResponded(EscalationEvent):
    """An answer was sent, and waits for the officer's decision."""

    type: ClassVar[str] = "escalation.responded"


@dataclass(frozen=True, slots=True)
class EscalationAnswerAccepted(EscalationEvent):
    """The officer accepted the answer; what it promised is followed."""

    type: ClassVar[str] = "escalation.answer_accepted"


@dataclass(frozen=True, slots=True)
class EscalationAnswerPartlyAccepted(EscalationEvent):
    """The officer accepted a part of the answer."""

    type: ClassVar[str] = "escalation.answer_partly_accepted"


@dataclass(frozen=True, slots=True)
class EscalationAnswerRejected(EscalationEvent):
    """The officer rejected the answer."""

    type: ClassVar[str] = "escalation.answer_rejected"


@dataclass(frozen=True, slots=True)
class EscalationAdvanced(EscalationEvent):
    """It went up its ladder: `stage` is where it stands now."""

    type: ClassVar[str] = "escalation.advanced"


@dataclass(frozen=True, slots=True)
class EscalationAskedAgain(EscalationEvent):
    """The officer asks again at the same stage."""

    type: ClassVar[str] = "escalation.asked_again"


@dataclass(frozen=True, slots=True)
class EscalationResolved(EscalationEvent):
    """The concern was put right."""

    type: ClassVar[str] = "escalation.resolved"


@dataclass(frozen=True, slots=True)
class EscalationPartlyResolved(EscalationEvent):
    """A part of the concern was put right, and it was closed."""

    type: ClassVar[str] = "escalation.partly_resolved"


@dataclass(frozen=True, slots=True)
class EscalationWithdrawn(EscalationEvent):
    """The officer no longer stands by it."""

    type: ClassVar[str] = "escalation.withdrawn"


@dataclass(frozen=True, slots=True)
class EscalationSuperseded(EscalationEvent):
    """Its ground is gone: the child has left care, or the plan has ended."""

    type: ClassVar[str] = "escalation.superseded"


@dataclass(frozen=True, slots=True)
class EscalationReopened(EscalationEvent):
    """It was not at an end after all."""

    type: ClassVar[str] = "escalation.reopened"


@dataclass(frozen=True, slots=True)
class AlertUnanswered(Event):
    """A stage passed its time without an answer. `due_on` is London's date; one per deadline and version."""

    type: ClassVar[str] = "alert.unanswered"
    noun: ClassVar[str] = "escalation"

    ladder: str
    stage: str
    deadline_id: UUID
    deadline_version: int
    timescale: str
    due_on: date

    def about(self) -> str:
        return f"{self.deadline_id}:{self.deadline_version}"
