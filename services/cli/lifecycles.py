"""Every lifecycle that there is, in the order in which the docs show them."""

from services.escalation_api.escalations.transitions import ESCALATION
from services.reviews_api.decisions.states import DECISION
from services.reviews_api.reviews.states import REVIEW

LIFECYCLES = (REVIEW, DECISION, ESCALATION)
from services.reviews_api.audits.states import AUDIT
from services.reviews_api.dip_samples.states import DIP_SAMPLE

LIFECYCLES = (ESCALATION, DIP_SAMPLE, AUDIT)
