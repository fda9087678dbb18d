"""The tables that escalation_api owns."""

from services.escalation_api.cafcass.models import Referral, ReferralChild, ReferralStep, SentBundle
from services.escalation_api.escalations.models import Escalation, EscalationChild, EscalationStep
from services.escalation_api.escalations.stages import EscalationStage
from services.escalation_api.notes.models import Note
from services.escalation_api.promises.models import Promise
from services.escalation_api.responses.models import Response
from services.escalation_api.themes.models import Theme

ESCALATION_MODELS = (
    Escalation,
    EscalationChild,
    EscalationStep,
    EscalationStage,
    Response,
    Promise,
    Note,
    Theme,
    Referral,
    ReferralChild,
    ReferralStep,
    SentBundle,
)
