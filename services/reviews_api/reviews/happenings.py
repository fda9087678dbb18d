"""What changed in a review, in the past tense."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from services.reviews_api.reviews.models import Review
from services.reviews_api.reviews.states import ReviewStatus
from shared.db.base import new_id
from shared.events import review_events as told
from shared.events.language import Event
from shared.events.review_events import ReviewCancelled, ReviewHeld, ReviewScheduled

DATED: Mapping[str, Callable[..., Event]] = {
    "invitations_sent_on": told.ReviewInvitationsSent,
    "report_received_on": told.ReviewReportReceived,
    "began_on": told.ReviewBegan,
    "adjourned_on": told.ReviewAdjourned,
    "held_on": ReviewHeld,
    "decisions_issued_on": told.ReviewDecisionsIssued,
    "record_completed_on": told.ReviewRecordCompleted,
    "record_distributed_on": told.ReviewRecordDistributed,
}
"""The event that tells each of these dates."""

WATCHED = (
    *DATED,
    "status",
    "scheduled_on",
    "postponed_from",
    "brought_forward_from",
    "decisions_answered_on",
    "decisions_answer",
)


def watched(review: Review) -> dict[str, Any]:
    """The fields whose change is told, as they are now."""
    return {name: getattr(review, name) for name in WATCHED}


def happenings(review: Review, before: Mapping[str, Any]) -> Iterator[Event]:
    """The events of a change; `before` are the fields as they were, and empty for a review that is new."""
    named: dict[str, Any] = {"subject_id": review.id, "child_id": review.child_id}
    if review.status == ReviewStatus.PLANNED:
        yield from _planned(review, before, named)
    for name, kind in DATED.items():
        day = getattr(review, name)
        if day is not None and day != before.get(name):
            yield kind(**named, occasion=new_id(), **{name: day})
    answer = {name: getattr(review, name) for name in ("decisions_answered_on", "decisions_answer")}
    if review.decisions_answered_on is not None and any(before.get(k) != v for k, v in answer.items()):
        yield told.ReviewDecisionsAnswered(**named, occasion=new_id(), **answer)
    if review.status == ReviewStatus.CANCELLED and before.get("status") != ReviewStatus.CANCELLED:
        yield ReviewCancelled(**named, occasion=new_id())


def _planned(review: Review, before: Mapping[str, Any], named: dict[str, Any]) -> Iterator[Event]:
    to = review.scheduled_on
    if to is None or to == before.get("scheduled_on"):
        return
    yield ReviewScheduled(**named, occasion=new_id(), scheduled_on=to)
    off, forward = review.postponed_from, review.brought_forward_from
    if off is not None and off != before.get("postponed_from"):
        why = review.postponed_reason or ""
        yield told.ReviewPostponed(
            **named, occasion=new_id(), postponed_from=off, scheduled_on=to, reason=why
        )
    if forward is not None and forward != before.get("brought_forward_from"):
        why = review.brought_forward_reason or ""
        yield told.ReviewBroughtForward(
            **named, occasion=new_id(), brought_forward_from=forward, scheduled_on=to, reason=why
        )
