"""Every lifecycle that there is, in the order in which the docs show them."""

from services.escalation_api.escalations.transitions import ESCALATION
from services.reviews_api.midpoint_checks.states import MIDPOINT_CHECK

LIFECYCLES = (MIDPOINT_CHECK, ESCALATION)
