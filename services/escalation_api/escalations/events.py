"""Which event each step of an escalation is told by."""

from services.escalation_api.escalations.models import Escalation, EscalationStep
from services.escalation_api.escalations.transitions import Verb
from shared.events import escalation_events as events
from shared.events.escalation_events import EscalationEvent

SAID_OF: dict[str, type[EscalationEvent]] = {
    Verb.SUGGEST: events.EscalationSuggested,
    Verb.RAISE: events.EscalationRaised,
    Verb.RECORD: events.EscalationRecorded,
    Verb.ACCEPT: events.EscalationRaised,
    Verb.DISMISS: events.EscalationDismissed,
    Verb.LAPSE: events.EscalationLapsed,
    Verb.ANSWER: events.EscalationResponded,
    Verb.ACCEPT_ANSWER: events.EscalationAnswerAccepted,
    Verb.ACCEPT_PARTLY: events.EscalationAnswerPartlyAccepted,
    Verb.REJECT: events.EscalationAnswerRejected,
    Verb.ADVANCE: events.EscalationAdvanced,
    Verb.ASK_AGAIN: events.EscalationAskedAgain,
    Verb.RESOLVE: events.EscalationResolved,
    Verb.RESOLVE_PARTLY: events.EscalationPartlyResolved,
    Verb.WITHDRAW: events.EscalationWithdrawn,
    Verb.SUPERSEDE: events.EscalationSuperseded,
    Verb.REOPEN: events.EscalationReopened,
    Verb.RETRACT: events.EscalationRetracted,
}


def event_of(escalation: Escalation, step: EscalationStep) -> EscalationEvent | None:
    """What is said of one step; None of what concerns only a part, such as a promise that was kept."""
    said = SAID_OF.get(step.verb)
    if said is None:
        return None
    return said(
        subject_id=escalation.id,
        child_id=escalation.child_id,
        occasion=step.id,
        kind=escalation.kind,
        theme=escalation.theme,
        deadline_id=escalation.deadline_id,
        deadline_version=escalation.deadline_version,
        timescale=escalation.timescale,
        ladder=escalation.ladder,
        stage=step.stage,
        team=escalation.team,
    )
