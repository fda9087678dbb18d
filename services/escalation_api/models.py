"""The tables that escalation_api owns."""

from services.escalation_api.escalations.models import Escalation, EscalationStep

ESCALATION_MODELS = (Escalation, EscalationStep)
