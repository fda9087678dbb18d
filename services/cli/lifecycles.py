"""Every lifecycle that there is, in the order in which the docs show them."""

from services.escalation_api.escalations.transitions import ESCALATION

LIFECYCLES = (ESCALATION,)
