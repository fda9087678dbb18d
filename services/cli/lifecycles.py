"""Every lifecycle that there is, in the order in which the docs show them."""

from services.escalation_api.cafcass.transitions import REFERRAL
from services.escalation_api.escalations.promises import PROMISE
from services.escalation_api.escalations.responses import RESPONSE
from services.escalation_api.escalations.transitions import ESCALATION
from services.reviews_api.allocations.states import ALLOCATION
from services.reviews_api.audits.states import AUDIT
from services.reviews_api.conferences.states import CONFERENCE
from services.reviews_api.decisions.states import DECISION
from services.reviews_api.dip_samples.states import DIP_SAMPLE
from services.reviews_api.midpoint_checks.states import MIDPOINT_CHECK
from services.reviews_api.protection_plans.states import PLAN
from services.reviews_api.reviews.states import REVIEW
from services.scheduler.subscriptions.states import SUBSCRIPTION

LIFECYCLES = (
    ALLOCATION,
    AUDIT,
    CONFERENCE,
    DECISION,
    DIP_SAMPLE,
    MIDPOINT_CHECK,
    PLAN,
    REVIEW,
    ESCALATION,
    RESPONSE,
    PROMISE,
    REFERRAL,
    SUBSCRIPTION,
)
