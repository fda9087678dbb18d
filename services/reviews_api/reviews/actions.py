"""Scheduling, holding and cancelling a review."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.care_periods.queries import must_cover, period_of
from services.reviews_api.record import Written, find_to_put, get, get_standing, write
from services.reviews_api.reviews.models import Review, ReviewStatus
from services.reviews_api.reviews.schemas import CancelBody, HoldBody, ReviewBody
from services.reviews_api.sourced import WithdrawalBody
from services.reviews_api.timeline import day_not_in_the_future, tell
from services.reviews_api.withdrawing import check_nothing_about, withdraw
from shared.clock import today
from shared.db.base import new_id
from shared.events.language import Event, ReviewCancelled, ReviewHeld, ReviewScheduled
from shared.http.door import Door
from shared.http.versions import check_version
from shared.refusals import Contradiction


async def put_review(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: ReviewBody,
    if_match: str | None,
) -> Written[Review]:
    """Create or replace a review. A changed or removed `held_on` is a correction: the deadlines follow.

    Raises NotFound for an unknown care period, Contradiction for dates that cannot be.
    """
    period = await period_of(session, authority, body.care_period)
    check_dates(door, period, body)
    held = await find_to_put(session, Review, authority, reference)
    fixed = {"care_period_id": period.id, "child_id": period.child_id}
    values = _values(held, body)
    written = await write(session, Review, authority, reference, fixed, values, body.given(if_match))
    if written.changed:
        await tell(session, door, written.record, [period.id], happenings(written.record, written.before))
    return written


async def withdraw_review(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: WithdrawalBody,
    if_match: str | None,
) -> Review:
    """There was no such review: what it met is open again. Raises NotFound, TransitionRefused while other facts are
    about it."""
    review = await get(session, Review, authority, reference, lock=True)
    await check_nothing_about(session, review)
    histories, given = [review.care_period_id], body.given(if_match)
    await withdraw(session, door, review, review.child_id, histories, body.because, given)
    return review


async def hold_review(
    session: AsyncSession, door: Door, authority: str, reference: str, body: HoldBody, if_match: str | None
) -> Review:
    """The meeting took place. Raises NotFound, TransitionRefused, or Contradiction for the date."""
    review, period = await _locked(session, authority, reference, if_match)
    day_not_in_the_future(door, "held_on", body.held_on)
    must_cover(period, body.held_on, "held_on")
    before = _state(review)
    review.hold(body.held_on, body.participation)
    await session.flush()
    await tell(session, door, review, [period.id], happenings(review, before))
    return review


async def cancel_review(
    session: AsyncSession, door: Door, authority: str, reference: str, body: CancelBody, if_match: str | None
) -> Review:
    """The meeting will not take place. Raises NotFound or TransitionRefused."""
    review, period = await _locked(session, authority, reference, if_match)
    before = _state(review)
    review.cancel(body.because, today(door.clock))
    await session.flush()
    await tell(session, door, review, [period.id], happenings(review, before))
    return review


def check_dates(door: Door, period: CarePeriod, body: ReviewBody) -> None:
    """Raise Contradiction for a review held in the future, outside its care period, or neither planned nor held."""
    if body.held_on is None and body.scheduled_on is None:
        raise Contradiction(
            "A review needs the date it is planned for, or was held on.", pointer="/scheduled_on"
        )
    if body.participation is not None and body.held_on is None:
        raise Contradiction("Only a review that was held has participation.", pointer="/participation")
    if body.held_on is not None:
        day_not_in_the_future(door, "held_on", body.held_on)
        must_cover(period, body.held_on, "held_on")


async def _locked(
    session: AsyncSession, authority: str, reference: str, if_match: str | None
) -> tuple[Review, CarePeriod]:
    review = await get_standing(session, Review, authority, reference, lock=True)
    if if_match is not None:
        check_version(if_match, review.version)
    return review, await period_of(session, authority, str(review.care_period_id))


def _values(review: Review | None, body: ReviewBody) -> dict[str, Any]:
    """The review as the body has it; one that was cancelled stays so while nobody says it was held after all."""
    was_cancelled = review is not None and review.stands and review.status == ReviewStatus.CANCELLED
    cancelled = was_cancelled and body.held_on is None
    status = ReviewStatus.CANCELLED if cancelled else _status(body)
    return {
        "scheduled_on": body.scheduled_on,
        "held_on": body.held_on,
        "participation": body.participation,
        "status": status,
        "cancelled_because": review.cancelled_because if review and cancelled else None,
        "cancelled_on": review.cancelled_on if review and cancelled else None,
    }


def _status(body: ReviewBody) -> ReviewStatus:
    return ReviewStatus.PLANNED if body.held_on is None else ReviewStatus.HELD


def _state(review: Review) -> Mapping[str, Any]:
    return {name: getattr(review, name) for name in ("status", "scheduled_on", "held_on")}


def happenings(review: Review, before: Mapping[str, Any]) -> Iterator[Event]:
    """What changed in the review, in the past tense."""
    named = {"subject_id": review.id, "child_id": review.child_id}
    if review.status == ReviewStatus.PLANNED and review.scheduled_on not in (
        None,
        before.get("scheduled_on"),
    ):
        yield ReviewScheduled(**named, occasion=new_id(), scheduled_on=review.scheduled_on)
    if review.held_on is not None and review.held_on != before.get("held_on"):
        yield ReviewHeld(**named, occasion=new_id(), held_on=review.held_on)
    if review.status == ReviewStatus.CANCELLED and before.get("status") != ReviewStatus.CANCELLED:
        yield ReviewCancelled(**named, occasion=new_id())
