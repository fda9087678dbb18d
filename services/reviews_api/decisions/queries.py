"""Reading decisions, and what became of those of the review before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, not_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api import stretches
from services.reviews_api.children.models import Child
from services.reviews_api.decisions.models import Decision
from services.reviews_api.decisions.schemas import DecisionView, EarlierReview, ProgressView
from services.reviews_api.decisions.states import UNDONE, DecisionState
from services.reviews_api.record import get
from services.reviews_api.reviews.models import Review
from services.reviews_api.reviews.queries import decisions_of


@dataclass(frozen=True, slots=True)
class Asked:
    """Which decisions are asked for; None leaves it open. `today` is London's date."""

    today: date
    child: str | None = None
    review: str | None = None
    owner: str | None = None
    state: DecisionState | None = None
    overdue: bool | None = None


async def stretch(
    session: AsyncSession, authority: str, asked: Asked, after: UUID | None, limit: int
) -> list[DecisionView]:
    """Up to `limit` decisions after the one named, in the order in which they were first put; none that was
    withdrawn. Raises NotFound for an unknown child or review."""
    child = await stretches.id_of(session, Child, authority, asked.child)
    review = await stretches.id_of(session, Review, authority, asked.review)
    of = {"child_id": child, "review_id": review, "owner": asked.owner, "state": asked.state}
    where = [*stretches.standing(Decision, **of), *_overdue(asked)]
    return _views(await stretches.stretch(session, Decision, authority, after, limit, *where))


def _overdue(asked: Asked) -> Iterator[ColumnElement[bool]]:
    if asked.overdue is not None:
        late = and_(Decision.due_on.is_not(None), Decision.due_on < asked.today, Decision.state.in_(UNDONE))
        yield late if asked.overdue else not_(late)


async def progress(session: AsyncSession, authority: str, reference: str) -> ProgressView:
    """What became of the decisions of the review before this one. Raises NotFound."""
    review = await get(session, Review, authority, reference)
    before = await review_before(session, review)
    made = await decisions_of(session, before) if before is not None else []
    by_state = {state: [each for each in made if each.state == state] for state in DecisionState}
    undone = [each for state in UNDONE for each in by_state[state]]
    return ProgressView(
        review_id=review.id,
        previous=None if before is None else EarlierReview.model_validate(before),
        decisions=len(made),
        done=len(by_state[DecisionState.DONE]),
        not_done=len(undone),
        dropped=len(by_state[DecisionState.DROPPED]),
        carried_over=await _carried_over(session, authority, made),
        done_decisions=_views(by_state[DecisionState.DONE]),
        not_done_decisions=_views(undone),
        dropped_decisions=_views(by_state[DecisionState.DROPPED]),
    )


async def review_before(session: AsyncSession, review: Review) -> Review | None:
    """The review of the same care period that was held last before this one's day; None for the first."""
    found: Review | None = await session.scalar(
        select(Review)
        .where(Review.authority_id == review.authority_id, Review.care_period_id == review.care_period_id)
        .where(Review.withdrawn_at.is_(None), Review.held_on < review.day, Review.id != review.id)
        .order_by(Review.held_on.desc(), Review.id.desc())
        .limit(1)
    )
    return found


async def _carried_over(session: AsyncSession, authority: str, made: Sequence[Decision]) -> int:
    """How many of these a later decision has taken up again."""
    return (
        await session.scalar(
            select(func.count(Decision.carried_from_id.distinct()))
            .where(Decision.authority_id == authority, Decision.withdrawn_at.is_(None))
            .where(Decision.carried_from_id.in_([each.id for each in made]))
        )
        or 0
    )


def _views(decisions: Sequence[Decision]) -> list[DecisionView]:
    return [DecisionView.model_validate(each) for each in decisions]
