"""Every lifecycle that there is, in the order in which the docs show them."""

from services.escalation_api.escalations.transitions import ESCALATION
from services.reviews_api.conferences.states import CONFERENCE
from services.reviews_api.protection_plans.states import PLAN

LIFECYCLES = (ESCALATION, CONFERENCE, PLAN)
