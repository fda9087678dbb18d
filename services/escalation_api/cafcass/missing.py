"""What is missing from a bundle before it is sent: what bars it, and what Cafcass will only ask for. No I/O."""

from collections.abc import Iterator

from services.escalation_api.cafcass.bundle_alert_views import BundleAlert
from services.escalation_api.cafcass.bundle_views import (
    BundleChild,
    BundleContacts,
    BundleReferral,
    Missing,
)
from services.escalation_api.escalations.transitions import UNDER_WAY

CARE_PLANS = frozenset({"care_plan.completed", "care_plan.updated"})


def missing(
    referral: BundleReferral, contacts: BundleContacts, children: list[BundleChild]
) -> Iterator[Missing]:
    """What is missing: of the whole first, then of each child."""
    yield from _of_the_whole(referral)
    if referral.legal_advice_on is None:
        yield Missing(code="no_legal_advice", words="No legal advice is noted.", blocks=False)
    if contacts.officer is None or contacts.manager is None:
        words = "The council has not set how the officers and their manager are reached."
        yield Missing(code="no_contact", words=words, blocks=False)
    alert = next((each for child in children for each in child.alerts if each.referred_from), None)
    if alert is not None:
        yield from _of_the_alert(alert)
    for child in children:
        yield from _of_a_child(child)


def _of_the_whole(referral: BundleReferral) -> Iterator[Missing]:
    needed = {
        "breach": ("The specific breach is not said.", True),
        "remedy": ("The remedy sought is not said.", True),
        "impact": ("The impact on the child is not said.", False),
        "timetable": ("The child's timetable is not said.", False),
    }
    for name, (words, blocks) in needed.items():
        if getattr(referral, name) is None:
            yield Missing(code=f"no_{name}", words=words, blocks=blocks)


def _of_the_alert(alert: BundleAlert) -> Iterator[Missing]:
    if not alert.answers:
        words = "The alert has no answer yet from those responsible."
        yield Missing(code="no_answer", words=words, blocks=False)
    if alert.state not in UNDER_WAY:
        words = "The alert that this referral comes from has come to its end."
        yield Missing(code="alert_ended", words=words, blocks=False)


def _of_a_child(child: BundleChild) -> Iterator[Missing]:
    lacks = {
        "not_looked_after": (not child.looked_after, "The child is not looked after any more.", True),
        "no_legal_status": (child.legal_status is None, "No legal status is on record.", True),
        "no_views": (child.views is None, "The child's views are not recorded.", True),
        "no_consent": (
            child.consent is None,
            "It is not recorded whether the child consents; either answer is enough.",
            True,
        ),
        "no_advocate": (not child.advocate_offered, "No advocate was offered to the child.", False),
        "no_care_plan": (
            CARE_PLANS.isdisjoint(entry.code for entry in child.chronology),
            "No care plan is on record.",
            False,
        ),
        "no_review_record": (
            not any(review.record_completed_on for review in child.reviews),
            "No completed record of a review is on file.",
            False,
        ),
    }
    for code, (lacking, words, blocks) in lacks.items():
        if lacking:
            yield Missing(code=code, words=words, blocks=blocks, child=child.child)
