"""What Duecare says of escalations: codes and ids, never what anybody wrote."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from shared.events.language import RecordEvent


@dataclass(frozen=True, slots=True)
class EscalationEvent(RecordEvent):
    """A step of an escalation; with the deadline and timescale where a breach is behind it."""

    noun: ClassVar[str] = "escalation"

    kind: str
    theme: str
    deadline_id: UUID | None
    deadline_version: int | None
    timescale: str | None


@dataclass(frozen=True, slots=True)
class EscalationSuggested(EscalationEvent):
    """A breach suggests an informal resolution; nobody has raised it yet."""

    type: ClassVar[str] = "escalation.suggested"


@dataclass(frozen=True, slots=True)
class EscalationRaised(EscalationEvent):
    """A person raised a concern, or took up a suggestion."""

    type: ClassVar[str] = "escalation.raised"


@dataclass(frozen=True, slots=True)
class EscalationDismissed(EscalationEvent):
    """A person decided against a suggestion."""

    type: ClassVar[str] = "escalation.dismissed"


@dataclass(frozen=True, slots=True)
class EscalationLapsed(EscalationEvent):
    """A suggestion lost its ground: the breach behind it was withdrawn."""

    type: ClassVar[str] = "escalation.lapsed"


@dataclass(frozen=True, slots=True)
class EscalationResolved(EscalationEvent):
    """The concern was put right."""

    type: ClassVar[str] = "escalation.resolved"
