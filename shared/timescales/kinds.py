"""The kinds of fact there are, and the histories that they are told of."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from shared.timescales.escalation_kinds import CLOSED, ESCALATION, ESCALATION_KINDS
from shared.timescales.kind import BEGINS, ENDS, HistoryKind, Kind, Precision

HISTORIES: Mapping[str, HistoryKind] = MappingProxyType(
    {
        "care_period": HistoryKind("A period of care", "care_period.started", "care_period.ended"),
        "protection": HistoryKind("A child's protection"),
        "child_in_need": HistoryKind("A referral and its assessment"),
        "missing_episode": HistoryKind("A time missing from home or care"),
        "court": HistoryKind("Pre-proceedings and care proceedings"),
        "private_fostering": HistoryKind("A private fostering arrangement", closes="private_fostering.ended"),
        "leaving_care": HistoryKind("A care leaver's pathway", closes="leaving_care.ended"),
        "officer": HistoryKind("An officer's own support", "officer.started", "officer.left", of_child=False),
        ESCALATION: HistoryKind("An escalation", closes=CLOSED),
    }
)

CLOSING = frozenset(kind.closes for kind in HISTORIES.values() if kind.closes)

_PLACEMENT = ("placement_type", "intended_to_18", "long_term_foster", "fewer_visits_agreed", "emergency")
_VISITED = ("care_period", "protection", "private_fostering")
_PATHWAY = ("care_period", "leaving_care")
_PROTECTION = ("protection",)
_OFFICER = ("officer",)
_COURT = ("court",)
_ANY = tuple(HISTORIES)

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "care_period.started": Kind(
            "when the child became looked after",
            codes=("source", "regime", "legal_status"),
            stands=("regime", "legal_status"),
            rank=BEGINS,
        ),
        "care_period.ended": Kind("when the child ceased to be looked after", codes=("source",), rank=3),
        "child.born": Kind("when the child was born", ("care_period", "protection"), early=True, rank=0),
        "legal_status.changed": Kind(
            "when the legal status changed", codes=("legal_status",), stands=("legal_status",)
        ),
        "iro_service.notified": Kind(
            "when the reviewing service was told of the child", precision=Precision.INSTANT, early=True
        ),
        "iro.allocated": Kind("when a reviewing officer was allocated", precision=Precision.INSTANT),
        "review.scheduled": Kind("the day the review is planned for", about="review", planned=True),
        "review.invitations_sent": Kind("when the invitations were sent", about="review"),
        "review.report_received": Kind("when the social worker's report was received", about="review"),
        "review.began": Kind("when the first meeting of the review took place", about="review"),
        "review.adjourned": Kind("when the review was adjourned", about="review"),
        "review.held": Kind("when a review was held", codes=("source",)),
        "review.completed": Kind("when the review was completed", codes=("source",), derived=True),
        "review.cancelled": Kind("when the planned review was cancelled", about="review"),
        "review.decisions_issued": Kind("when the review's decisions were issued", about="review"),
        "review.decisions_answered": Kind("when the manager answered the decisions", about="review"),
        "review.record_completed": Kind("when the review's record was completed", about="review"),
        "review.record_distributed": Kind("when the review's record was distributed", about="review"),
        "midpoint_check.completed": Kind("when a midpoint check was completed"),
        "care_plan.completed": Kind("when the care plan was completed", early=True),
        "care_plan.updated": Kind("when the care plan was updated"),
        "placement.started": Kind(
            "when the placement started", codes=_PLACEMENT, stands=_PLACEMENT, rank=BEGINS
        ),
        "placement.designated": Kind(
            "when the placement was designated",
            codes=_PLACEMENT[1:4],
            stands=_PLACEMENT[1:4],
            about="placement.started",
        ),
        "placement.notified": Kind("when the placement was notified", about="placement.started", early=True),
        "placement.ended": Kind(
            "when the placement ended", clears=_PLACEMENT, about="placement.started", rank=ENDS
        ),
        "placement_plan.completed": Kind(
            "when the placement plan was completed", about="placement.started", early=True
        ),
        "care_order.made": Kind("when the care order was made"),
        "temporary_approval.given": Kind("when the connected person was approved temporarily"),
        "carer_approval.decided": Kind("when the carer's approval was decided"),
        "visit.made": Kind("when the child was visited", _VISITED, codes=("seen", "mode")),
        "health_assessment.completed": Kind("when the child's health was assessed"),
        "pep.completed": Kind("when the personal education plan was completed"),
        "child.became_eligible": Kind("when the child became eligible for leaving care support"),
        "pathway_needs.assessed": Kind("when the needs assessment was completed"),
        "pathway_plan.completed": Kind("when the pathway plan was completed", _PATHWAY),
        "pathway_plan.reviewed": Kind("when the pathway plan was reviewed", _PATHWAY),
        "leaving_care.ended": Kind("when leaving care support ended", ("leaving_care",), rank=3),
        "adoption.authorised": Kind(
            "when the agency was authorised to place the child for adoption",
            marks={"adoption_authority": "held"},
            rank=BEGINS,
        ),
        "adoption.authority_ended": Kind(
            "when the authority to place for adoption ended", clears=("adoption_authority",), rank=ENDS
        ),
        "adoption.placed": Kind(
            "when the child was placed for adoption", marks={"adoption": "placed"}, rank=BEGINS
        ),
        "adoption.placement_ended": Kind(
            "when the adoption placement ended", clears=("adoption",), rank=ENDS
        ),
        "short_break.began": Kind("when the short break began"),
        "short_break.ended": Kind("when the short break ended", about="short_break.began", rank=ENDS),
        "remand.ordered": Kind("when the child was remanded", codes=("accommodation",), rank=BEGINS),
        "remand.ended": Kind("when the remand ended", rank=ENDS),
        "detention_plan.completed": Kind("when the detention placement plan was completed"),
        "secure_accommodation.began": Kind("when the secure placement began", rank=BEGINS),
        "secure_accommodation.ended": Kind("when the secure placement ended", rank=ENDS),
        "secure_review.held": Kind("when the secure accommodation was reviewed"),
        "strategy_discussion.decided": Kind(
            "when a strategy discussion was decided on", _PROTECTION, Precision.INSTANT
        ),
        "strategy_discussion.held": Kind(
            "when the strategy discussion was held",
            _PROTECTION,
            Precision.EITHER,
            codes=("section47", "source"),
        ),
        "section47.decided": Kind("when section 47 enquiries were decided on", _PROTECTION),
        "section47.ended": Kind("when the enquiries ended without a conference", _PROTECTION, rank=3),
        "conference.requested": Kind("when the conference was requested", _PROTECTION, about="conference"),
        "transfer_in.notified": Kind(
            "when the other authority gave notice in writing",
            _PROTECTION,
            codes=("residence",),
            about="conference",
        ),
        "transfer_in.accepted": Kind(
            "when the transfer was accepted", _PROTECTION, codes=("residence",), about="conference"
        ),
        "conference.scheduled": Kind(
            "the day the conference is planned for",
            _PROTECTION,
            codes=("conference_type",),
            about="conference",
            planned=True,
        ),
        "conference.invitations_sent": Kind(
            "when the invitations were sent", _PROTECTION, about="conference"
        ),
        "conference.report_received": Kind(
            "when the report for the conference was shared", _PROTECTION, about="conference"
        ),
        "conference.final_core_group_held": Kind(
            "when the last core group before the conference was held", _PROTECTION, about="conference"
        ),
        "conference.held": Kind(
            "when the conference was held",
            _PROTECTION,
            codes=("conference_type", "source"),
            about="conference",
        ),
        "conference.cancelled": Kind(
            "when the planned conference was cancelled", _PROTECTION, about="conference"
        ),
        "conference.decisions_sent": Kind(
            "when the conference's decisions were sent", _PROTECTION, about="conference"
        ),
        "conference.minutes_sent": Kind(
            "when the conference's minutes were sent", _PROTECTION, about="conference"
        ),
        "plan.started": Kind(
            "when the child protection plan started",
            _PROTECTION,
            codes=("unborn", "source"),
            marks={"plan": "running"},
            rank=BEGINS,
        ),
        "plan.ended": Kind("when the child protection plan ended", _PROTECTION, clears=("plan",), rank=ENDS),
        "core_group.held": Kind("when the core group met", _PROTECTION),
        "chair_midpoint_check.completed": Kind("when the chair completed a midpoint check", _PROTECTION),
        "referral.received": Kind("when the referral was received", ("child_in_need",)),
        "referral.decided": Kind("when the referral was decided", ("child_in_need",)),
        "referral.closed": Kind("when the referral was closed", ("child_in_need",), rank=3),
        "assessment.completed": Kind("when the assessment was completed", ("child_in_need",)),
        "child.returned": Kind("when the missing child returned", ("missing_episode",), Precision.INSTANT),
        "return_interview.held": Kind(
            "when the return home interview was held", ("missing_episode",), Precision.EITHER
        ),
        "pre_proceedings.started": Kind("when the letter before proceedings was decided on", _COURT),
        "pre_proceedings.ended": Kind("when pre-proceedings ended", _COURT, rank=3),
        "care_proceedings.issued": Kind("when the application was issued", _COURT),
        "care_proceedings.concluded": Kind("when the proceedings concluded", _COURT, rank=3),
        "private_fostering.notified": Kind(
            "when the council was notified of the arrangement", ("private_fostering",)
        ),
        "private_fostering.began": Kind("when the arrangement began", ("private_fostering",)),
        "private_fostering.ended": Kind("when the arrangement ended", ("private_fostering",), rank=3),
        "officer.started": Kind("when the officer started", _OFFICER, rank=BEGINS),
        "officer.left": Kind("when the officer left", _OFFICER, rank=3),
        "supervision.held": Kind("when supervision was held", _OFFICER),
        "practice_observation.made": Kind("when the officer's practice was observed", _OFFICER),
        **ESCALATION_KINDS,
        "exemption.granted": Kind("when an exemption was granted", _ANY, Precision.EITHER),
        "pause.granted": Kind("when a pause was granted", _ANY, Precision.EITHER),
    }
)


def possible_histories(kinds: Iterable[str]) -> frozenset[str]:
    """The histories that all of these kinds of fact belong to; every one where none holds them all."""
    found = set(HISTORIES)
    for kind in kinds:
        found.intersection_update(KINDS[kind].histories)
    return frozenset(found or HISTORIES)
