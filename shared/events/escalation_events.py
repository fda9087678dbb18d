"""What Duecare says of escalations: codes and ids, never what anybody wrote."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from shared.events.language import DEADLINE, Event, RecordEvent, example
from shared.events.words import Code, Ladder, Reference, Said, Stage, Timescale

KINDS = ("informal_resolution", "practice_alert", "good_practice")

# Of examples: what a breach suggests, an alert that was raised, the same a stage higher, and praise.
SUGGESTED: dict[str, Any] = {
    "kind": "practice_alert",
    "theme": "deadline_breached",
    "deadline_id": DEADLINE,
    "deadline_version": 1,
    "timescale": "lac-review-first",
    "ladder": None,
    "stage": None,
    "team": "looked-after-2",
}
ALERT = SUGGESTED | {"ladder": "sefton-2021", "stage": "practice_alert"}
ADVANCED = ALERT | {"stage": "service_manager"}
PRAISE: dict[str, Any] = dict.fromkeys(SUGGESTED) | {
    "kind": "good_practice",
    "theme": "no_evidence_of_visits",
    "team": "looked-after-2",
}


@dataclass(frozen=True, slots=True)
class EscalationEvent(RecordEvent):
    """A step of an escalation: where it stands on its ladder, which team it is about, and the deadline and timescale
    where a breach is behind it. Of siblings, the child is the first; read the escalation for the others."""

    noun: ClassVar[str] = "escalation"

    kind: Annotated[str, Code("How formal it is.", KINDS)]
    theme: Annotated[str, Code("What it is about, one of `GET /v1/escalation_themes`.")]
    deadline_id: Annotated[UUID | None, Said("The deadline whose breach is behind it.")]
    deadline_version: Annotated[int | None, Said("The version that was breached.")]
    timescale: Timescale | None
    ladder: Ladder | None
    stage: Stage | None
    team: Annotated[str | None, Reference("The team that it is about, by the case system's reference.")]


@example(**SUGGESTED)
@dataclass(frozen=True, slots=True)
class EscalationSuggested(EscalationEvent):
    """A breach suggests an escalation; nobody has raised it yet."""

    type: ClassVar[str] = "escalation.suggested"


@example(**ALERT)
@dataclass(frozen=True, slots=True)
class EscalationRaised(EscalationEvent):
    """A concern was raised, or a suggestion taken up."""

    type: ClassVar[str] = "escalation.raised"


@example(**PRAISE)
@dataclass(frozen=True, slots=True)
class EscalationRecorded(EscalationEvent):
    """Good practice was recorded."""

    type: ClassVar[str] = "escalation.recorded"


@example(**PRAISE)
@dataclass(frozen=True, slots=True)
class EscalationRetracted(EscalationEvent):
    """Good practice that was recorded was taken back."""

    type: ClassVar[str] = "escalation.retracted"


@example(**SUGGESTED)
@dataclass(frozen=True, slots=True)
class EscalationDismissed(EscalationEvent):
    """A person decided against a suggestion."""

    type: ClassVar[str] = "escalation.dismissed"


@example(**SUGGESTED)
@dataclass(frozen=True, slots=True)
class EscalationLapsed(EscalationEvent):
    """A suggestion lost its ground, as the breach behind it was withdrawn, or nobody took it up in time."""

    type: ClassVar[str] = "escalation.lapsed"


@example(**ALERT)
@dataclass(frozen=True, slots=True)
class EscalationResponded(EscalationEvent):
    """An answer was sent, and waits for the officer's decision."""

    type: ClassVar[str] = "escalation.responded"


@example(**ALERT)
@dataclass(frozen=True, slots=True)
class EscalationAnswerAccepted(EscalationEvent):
    """The officer accepted the answer; what it promised is followed."""

    type: ClassVar[str] = "escalation.answer_accepted"


@example(**ALERT)
@dataclass(frozen=True, slots=True)
class EscalationAnswerPartlyAccepted(EscalationEvent):
    """The officer accepted a part of the answer."""

    type: ClassVar[str] = "escalation.answer_partly_accepted"


@example(**ALERT)
@dataclass(frozen=True, slots=True)
class EscalationAnswerRejected(EscalationEvent):
    """The officer rejected the answer."""

    type: ClassVar[str] = "escalation.answer_rejected"


@example(**ADVANCED)
@dataclass(frozen=True, slots=True)
class EscalationAdvanced(EscalationEvent):
    """An escalation went up its ladder: `stage` is where it stands now."""

    type: ClassVar[str] = "escalation.advanced"


@example(**ALERT)
@dataclass(frozen=True, slots=True)
class EscalationAskedAgain(EscalationEvent):
    """The officer asks again at the same stage."""

    type: ClassVar[str] = "escalation.asked_again"


@example(**ALERT)
@dataclass(frozen=True, slots=True)
class EscalationResolved(EscalationEvent):
    """The concern was put right."""

    type: ClassVar[str] = "escalation.resolved"


@example(**ALERT)
@dataclass(frozen=True, slots=True)
class EscalationPartlyResolved(EscalationEvent):
    """A part of the concern was put right, and it was closed."""

    type: ClassVar[str] = "escalation.partly_resolved"


@example(**ALERT)
@dataclass(frozen=True, slots=True)
class EscalationWithdrawn(EscalationEvent):
    """The officer no longer stands by an escalation."""

    type: ClassVar[str] = "escalation.withdrawn"


@example(**ALERT)
@dataclass(frozen=True, slots=True)
class EscalationSuperseded(EscalationEvent):
    """The ground of an escalation is gone: the child has left care, or the plan has ended."""

    type: ClassVar[str] = "escalation.superseded"


@example(**ALERT)
@dataclass(frozen=True, slots=True)
class EscalationReopened(EscalationEvent):
    """An escalation was not at an end after all."""

    type: ClassVar[str] = "escalation.reopened"


@example(
    ladder="sefton-2021",
    stage="practice_alert",
    deadline_id=DEADLINE,
    deadline_version=1,
    timescale="alert-sefton-2021-practice-alert",
    due_on=date(2026, 11, 20),
    team="looked-after-2",
)
@dataclass(frozen=True, slots=True)
class AlertUnanswered(Event):
    """A stage passed its time without an answer. One per deadline and version."""

    type: ClassVar[str] = "alert.unanswered"
    noun: ClassVar[str] = "escalation"

    ladder: Ladder
    stage: Stage
    deadline_id: Annotated[UUID, Said("The clock of its stage.")]
    deadline_version: Annotated[int, Said("The version of that clock that ran out.")]
    timescale: Timescale
    due_on: Annotated[date, Said("By when it should have been answered.")]
    team: Annotated[
        str | None, Reference("The team that it is about, by the case system's reference.", later=True)
    ]

    def about(self) -> str:
        return f"{self.deadline_id}:{self.deadline_version}"
