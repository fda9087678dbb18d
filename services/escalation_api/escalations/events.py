"""Which event each step of an escalation is told by."""

from services.escalation_api.escalations.models import Escalation, EscalationStep
from services.escalation_api.escalations.transitions import Verb
from shared.events.escalation_events import (
    EscalationDismissed,
    EscalationEvent,
    EscalationLapsed,
    EscalationRaised,
    EscalationResolved,
    EscalationSuggested,
)

SAID_OF: dict[Verb, type[EscalationEvent]] = {
    Verb.SUGGEST: EscalationSuggested,
    Verb.RAISE: EscalationRaised,
    Verb.ACCEPT: EscalationRaised,
    Verb.DISMISS: EscalationDismissed,
    Verb.LAPSE: EscalationLapsed,
    Verb.RESOLVE: EscalationResolved,
}


def event_of(escalation: Escalation, step: EscalationStep) -> EscalationEvent:
    """What is said of one step."""
    return SAID_OF[Verb(step.verb)](
        subject_id=escalation.id,
        child_id=escalation.child_id,
        occasion=step.id,
        kind=escalation.kind,
        theme=escalation.theme,
        deadline_id=escalation.deadline_id,
        deadline_version=escalation.deadline_version,
        timescale=escalation.timescale,
    )
