"""The kinds of fact there are: what each means, how closely it is dated, and what it leaves standing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Precision(StrEnum):
    """How closely something is dated: to the day in London, to the instant, or to the day and perhaps the instant."""

    DAY = "day"
    INSTANT = "instant"
    EITHER = "either"


# The rank of what ends a stretch that another may follow, and of what begins one.
ENDS, BEGINS = 0, 1


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fact.

    `occasion` completes the sentence "Day 0 is ...". `codes` are the codes that such a fact may carry. Those in
    `stands` hold from then on for the whole history, until a fact of the same kind, or one that `clears` them.
    `marks` are codes that hold merely because it happened. An `early` fact counts although it lies before its
    history opened. A `planned` one may lie in the future. `about` names the kind of record that the fact belongs
    to where that is not its own; `derived` is worked out by the engine and never told. Facts of one day are taken
    in the order of their `rank`: what ends a stretch that another may follow, what begins one, all else, and last
    what closes a history.
    """

    occasion: str
    histories: tuple[str, ...] = ("care_period",)
    precision: Precision = Precision.DAY
    codes: tuple[str, ...] = ()
    stands: tuple[str, ...] = ()
    marks: Mapping[str, str] = field(default_factory=dict)
    clears: tuple[str, ...] = ()
    about: str | None = None
    early: bool = False
    planned: bool = False
    derived: bool = False
    rank: int = 2


@dataclass(frozen=True, slots=True)
class HistoryKind:
    """A history of facts from which deadlines are worked out: what it is, and the facts that open and close it.

    Where `opens` or `closes` is set, nothing outside the two starts a clock, but for what is planned for a day to
    come. `of_child` is whether it concerns a child; the others concern an officer.
    """

    title: str
    opens: str | None = None
    closes: str | None = None
    of_child: bool = True


# What a code may say. The placement types are those that SI 2010/959 reg 28 tells apart.
CODES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "source": ("case_system", "ssda903", "cin_census"),
        "regime": ("ordinary", "short_breaks", "remand"),
        "legal_status": (
            "C1",
            "C2",
            "D1",
            "E1",
            "V2",
            "V3",
            "V4",
            "J1",
            "J2",
            "J3",
            "L1",
            "L2",
            "L3",
        ),
        "placement_type": (
            "foster",
            "connected",
            "residential",
            "independent",
            "secure",
            "other",
            "parents_unassessed",
            "parents_interim_order",
            "parents_care_order",
            "temporary_connected",
        ),
        "intended_to_18": ("yes", "no"),
        "long_term_foster": ("yes", "no"),
        "fewer_visits_agreed": ("yes", "no"),
        "emergency": ("yes", "no"),
        "seen": ("yes", "no"),
        "mode": ("in_person", "virtual"),
        "conference_type": ("initial", "review", "transfer_in"),
        "section47": ("initiated", "continued", "not_initiated"),
        "residence": ("permanent", "temporary"),
        "unborn": ("yes", "no"),
        "accommodation": ("youth_detention", "local_authority"),
        "adoption": ("placed",),
        "adoption_authority": ("held",),
        "plan": ("running",),
    }
)

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
