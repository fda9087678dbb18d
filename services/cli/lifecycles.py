"""Every lifecycle that there is, in the order in which the docs show them."""

from services.escalation_api.escalations.transitions import ESCALATION
from services.reviews_api.allocations.states import ALLOCATION

LIFECYCLES = (ALLOCATION, ESCALATION)
