"""What a decision must be like."""

from services.reviews_api.decisions.models import Decision
from services.reviews_api.decisions.schemas import DecisionBody
from services.reviews_api.decisions.states import DecisionState
from services.reviews_api.reviews.models import Review
from services.reviews_api.timeline import day_not_in_the_future
from shared.http.door import Door
from shared.refusals import Contradiction


def check_state(door: Door, body: DecisionBody) -> None:
    """Raise Contradiction where the dates and the reason are not those of the state, or cannot be."""
    day_not_in_the_future(door, "started_on", body.started_on)
    day_not_in_the_future(door, "done_on", body.done_on)
    if (body.state == DecisionState.DONE) is (body.done_on is None):
        raise Contradiction("A decision that is done, and no other, has the day of that.", pointer="/done_on")
    if (body.state == DecisionState.DROPPED) is (body.dropped_because is None):
        raise Contradiction(
            "A decision that was dropped, and no other, says why.", pointer="/dropped_because"
        )
    if body.started_on is not None and body.state == DecisionState.OPEN:
        raise Contradiction("A decision that was started is open no longer.", pointer="/started_on")
    if body.started_on and body.done_on and body.done_on < body.started_on:
        raise Contradiction("It was not done before it was started.", pointer="/done_on")


def check_made(review: Review) -> None:
    """Raise Contradiction for a review that has not met, or never will: it decides nothing."""
    if review.held_on is None and review.began_on is None:
        raise Contradiction("Only a review that was held or begun makes decisions.", pointer="/review")


def check_carried(decision: Decision, its_review: Review, review: Review) -> None:
    """Raise Contradiction for a decision that this review cannot take up again: another child's, or of a review
    that is not earlier."""
    if decision.child_id != review.child_id:
        raise Contradiction("That decision is about another child.", pointer="/carried_from")
    if its_review.day is None or review.day is None or its_review.day >= review.day:
        raise Contradiction("That decision is not of an earlier review.", pointer="/carried_from")
