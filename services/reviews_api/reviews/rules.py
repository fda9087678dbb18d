"""What a review must be like: days that can be, in an order that can be, and nothing told by halves."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.care_periods.queries import must_cover
from services.reviews_api.reviews.models import Review
from services.reviews_api.reviews.schemas import ReviewBody
from services.reviews_api.reviews.states import ReviewStatus
from services.reviews_api.timeline import day_not_in_the_future
from shared.auth.principal import Principal, Role
from shared.http.door import Door
from shared.refusals import Contradiction

PAST = (
    "invitations_sent_on",
    "report_received_on",
    "iro_spoke_on",
    "my_report_returned_on",
    "adjourned_on",
    "decisions_issued_on",
    "decisions_answered_on",
    "record_completed_on",
    "record_distributed_on",
)
"""What has happened, and may have when care had ended: what follows from a review is still owed then."""

WHOLE = (
    ("postponed_from", "postponed_reason", "postponed_by"),
    ("brought_forward_from", "brought_forward_reason"),
    ("cancelled_on", "cancelled_reason", "cancelled_by"),
    ("decisions_answered_on", "decisions_answer"),
)
"""What is told together or not at all."""

NEEDS = (
    ("participation", "held_on"),
    ("late_reason", "held_on"),
    ("attended", "first_on"),
    ("decisions_issued_on", "first_on"),
    ("decisions_answered_on", "decisions_issued_on"),
    ("record_completed_on", "first_on"),
    ("record_distributed_on", "first_on"),
    ("iro_spoke_alone", "iro_spoke_on"),
    ("adjourned_because", "adjourned_on"),
    ("cancelled_because", "cancelled_on"),
    ("my_report_returned_on", "my_report_returned"),
)
"""What can only be said where something else is so."""

ORDER = (
    ("began_on", "adjourned_on"),
    ("adjourned_on", "held_on"),
    ("last_met_on", "held_on"),
    ("iro_spoke_on", "held_on"),
    ("first_on", "decisions_issued_on"),
    ("decisions_issued_on", "decisions_answered_on"),
    ("first_on", "record_completed_on"),
    ("first_on", "record_distributed_on"),
    ("record_completed_on", "record_distributed_on"),
)
"""What comes first, or on the same day."""

WORDS = {"first_on": "the day on which the review was held or begun"}
APPROVED = (
    "postponed_from",
    "postponed_reason",
    "postponed_by",
    "cancelled_on",
    "cancelled_reason",
    "cancelled_by",
)


def check_sound(door: Door, period: CarePeriod, said: Mapping[str, Any]) -> None:
    """Raise Contradiction for a review that cannot be. `said` are its fields by name, as they are stored."""
    said = _with_days(said)
    if said["first_on"] is None and said["scheduled_on"] is None:
        raise Contradiction(
            "A review needs the date it is planned for, or was held on.", pointer="/scheduled_on"
        )
    if said["cancelled_on"] is not None and said["held_on"] is not None:
        raise Contradiction("A review that was held was not cancelled.", pointer="/cancelled_on")
    _check_days(door, period, said)
    _check_meetings(said)
    _check_whole(said)
    for first, then in ORDER:
        if said[first] is not None and said[then] is not None and said[then] < said[first]:
            raise Contradiction(
                "This cannot have come before what it follows from.", code="out_of_order", pointer=f"/{then}"
            )


def check_approval(who: Principal, review: Review | None, body: ReviewBody) -> None:
    """Raise Contradiction where a PUT puts a review off or cancels it: only the case system tells of approvals that
    it holds; anybody else asks for them by the verbs."""
    if Role.CASE_SYSTEM in who.roles:
        return
    for name in APPROVED:
        told = getattr(body, name)
        if told is not None and told != getattr(review, name, None):
            raise _needs_an_approver(f"/{name}")
    if review is None or not review.stands or review.status != ReviewStatus.PLANNED:
        return
    before, now = review.scheduled_on, body.scheduled_on
    if body.held_on is None and before is not None and now is not None and before < now:
        raise _needs_an_approver("/scheduled_on")


def _needs_an_approver(pointer: str) -> Contradiction:
    return Contradiction(
        "A review is postponed or cancelled with an approver and a reason: POST to its /postpone or /cancel.",
        code="needs_an_approver",
        pointer=pointer,
    )


def _with_days(said: Mapping[str, Any]) -> dict[str, Any]:
    """The fields, and two days that follow from them: that of the last meeting, and the first on which it met."""
    days = [date.fromisoformat(str(meeting["on"])) for meeting in said["meetings"]]
    last = days[-1] if days else None
    return {**said, "last_met_on": last, "first_on": said["began_on"] or said["held_on"]}


def _check_days(door: Door, period: CarePeriod, said: Mapping[str, Any]) -> None:
    for name in PAST:
        if (day := said[name]) is not None:
            day_not_in_the_future(door, name, day)
            if day < period.started_on:
                raise Contradiction(
                    "The child was not looked after yet.", code="outside_care_period", pointer=f"/{name}"
                )
    day_not_in_the_future(door, "cancelled_on", said["cancelled_on"])  # also of one before care began
    met = [
        (f"meetings/{n}/on", date.fromisoformat(str(each["on"]))) for n, each in enumerate(said["meetings"])
    ]
    for name, day in [("held_on", said["held_on"]), *met]:
        if day is not None:
            day_not_in_the_future(door, name, day)
            must_cover(period, day, name)


def _check_meetings(said: Mapping[str, Any]) -> None:
    days = [str(meeting["on"]) for meeting in said["meetings"]]
    if sorted(set(days)) != days:
        raise Contradiction("Give the meetings in their order, one a day.", pointer="/meetings")


def _check_whole(said: Mapping[str, Any]) -> None:
    for names in WHOLE:
        missing = [name for name in names if said[name] is None]
        if 0 < len(missing) < len(names):
            together = ", ".join(names)
            raise Contradiction(f"These are given together: {together}.", pointer=f"/{missing[0]}")
    for name, needed in NEEDS:
        if said[name] not in (None, {}) and not said[needed]:
            raise Contradiction(
                f"This can only be said together with {WORDS.get(needed, needed)}.", pointer=f"/{name}"
            )
