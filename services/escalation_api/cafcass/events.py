"""Which event each step of a referral is told by."""

from uuid import UUID

from services.escalation_api.cafcass.models import Referral, ReferralStep
from services.escalation_api.cafcass.transitions import ReferralVerb
from shared.events import cafcass_events as events
from shared.events.cafcass_events import CafcassEvent

SAID_OF: dict[str, type[CafcassEvent]] = {
    ReferralVerb.SEEK_ADVICE: events.CafcassAdviceSought,
    ReferralVerb.ASK_APPROVAL: events.CafcassApprovalAsked,
    ReferralVerb.APPROVE: events.CafcassApproved,
    ReferralVerb.REFER: events.CafcassReferred,
    ReferralVerb.DECLINE: events.CafcassDeclined,
    ReferralVerb.ACT: events.CafcassActing,
    ReferralVerb.CLOSE: events.CafcassClosed,
    ReferralVerb.WITHDRAW: events.CafcassWithdrawn,
}


def event_of(referral: Referral, step: ReferralStep, child_id: UUID) -> CafcassEvent | None:
    """What is said of one step; None of what only changes a draft."""
    said = SAID_OF.get(step.verb)
    if said is None:
        return None
    return said(
        subject_id=referral.id, child_id=child_id, occasion=step.id, escalation_id=referral.escalation_id
    )
