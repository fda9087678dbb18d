"""Giving what was recorded of one child to another: every table in which a record names its child.

Nothing is deleted or written anew; deadlines keep their ids, also those that run from the child's birth.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.conferences.models import Conference, ConferenceChild
from services.reviews_api.exemptions.models import Exemption
from services.reviews_api.histories.models import HistoryRecord
from services.reviews_api.imports.ssda903.models import Episode
from services.reviews_api.models import REVIEWS_MODELS
from services.reviews_api.record import Recorded
from services.reviews_api.reviews.models import Review
from shared.deadlines.models import DeadlineRow, FactRow, History
from shared.deadlines.turns import forget_turns, take_turn

SPINE: tuple[Any, ...] = (History, FactRow, DeadlineRow)
RECORDS: tuple[Any, ...] = tuple(
    model for model in REVIEWS_MODELS if issubclass(model, Recorded) and hasattr(model, "child_id")
)
THEMSELVES = (History, CarePeriod, HistoryRecord)  # their ids are those of the histories


@dataclass(frozen=True, slots=True)
class Handover:
    """What goes from the `old` child to the `new` one: everything, or the histories `only`, with all that belongs to
    them. `histories` are all of both children's."""

    authority: str
    old: UUID
    new: UUID
    histories: Collection[UUID]
    only: Collection[UUID] | None = None

    def which(self, model: Any) -> list[ColumnElement[bool]] | None:
        """Which rows of a table go; None where what it holds belongs to no history, and stays with the child."""
        conditions = [model.authority_id == self.authority, model.child_id == self.old]
        if self.only is None:
            return conditions
        if hasattr(model, "review_id"):
            return [*conditions, model.review_id.in_(self._reviews(self.only))]
        names = ("id",) if model in THEMSELVES else ("care_period_id", "history_id")
        found = next((getattr(model, name) for name in names if hasattr(model, name)), None)
        return None if found is None else [*conditions, found.in_(self.only)]

    def _reviews(self, periods: Collection[UUID]) -> Select[UUID]:
        """What rests on a review goes with it."""
        reviews = Review.authority_id == self.authority, Review.care_period_id.in_(periods)
        return select(Review.id).where(*reviews)


async def move(session: AsyncSession, handover: Handover) -> list[Exemption]:
    """Give it. Returns the exemptions that must be told anew."""
    # The records first, as whoever writes one locks it before its history; and again, for what came meanwhile.
    await _give(session, RECORDS, handover)
    await _give_places(session, handover)
    await take_turn(session, handover.authority, list(handover.histories))
    await _give(session, RECORDS + SPINE, handover)
    forget_turns(session)
    await _give_episodes(session, handover)
    await _give_places(session, handover)
    return await _anchor_anew(session, handover)


async def _give(session: AsyncSession, models: Collection[Any], handover: Handover) -> None:
    for model in models:
        which = handover.which(model)
        if which is None:
            continue
        values: dict[str, Any] = {"child_id": handover.new}
        if model in RECORDS:
            values["version"] = model.version + 1
        given = update(model).where(*which).values(values)
        await session.execute(given.execution_options(synchronize_session=False))


async def _give_episodes(session: AsyncSession, handover: Handover) -> None:
    """Episodes of returns; where both children have one from the same day on, each keeps its own."""
    ours, other = (
        (Episode.authority_id == handover.authority, Episode.child_id == handover.old),
        aliased(Episode),
    )
    taken = exists().where(
        other.authority_id == handover.authority,
        other.child_id == handover.new,
        other.started_on == Episode.started_on,
    )
    given = update(Episode).where(*ours, ~taken).values(child_id=handover.new)
    if handover.only is not None:
        given = given.where(_within(handover.authority, handover.only))
    await session.execute(given.execution_options(synchronize_session=False))


async def _give_places(session: AsyncSession, handover: Handover) -> None:
    """Places at conferences; where both children have one at the same, each keeps its own."""
    other = aliased(ConferenceChild)
    taken = exists().where(
        other.authority_id == handover.authority,
        other.conference_id == ConferenceChild.conference_id,
        other.child_id == handover.new,
    )
    which = handover.which(ConferenceChild)
    assert which is not None
    touched = (await session.scalars(select(ConferenceChild.conference_id).where(*which))).all()
    given = update(ConferenceChild).where(*which, ~taken).values(child_id=handover.new)
    await session.execute(given.execution_options(synchronize_session=False))
    newer = update(Conference).where(
        Conference.authority_id == handover.authority, Conference.id.in_(touched)
    )
    await session.execute(
        newer.values(version=Conference.version + 1).execution_options(synchronize_session=False)
    )


def _within(authority: str, periods: Collection[UUID]) -> ColumnElement[bool]:
    return exists().where(
        CarePeriod.authority_id == authority,
        CarePeriod.id.in_(periods),
        CarePeriod.started_on <= Episode.started_on,
        or_(
            CarePeriod.ended_on.is_(None),
            CarePeriod.ended_on > Episode.started_on,
            CarePeriod.started_on == Episode.started_on,
        ),
    )


async def _anchor_anew(session: AsyncSession, handover: Handover) -> list[Exemption]:
    """Deadlines that ran from the one child's birth run from the other's, and so do the exemptions for them."""
    which = [DeadlineRow.authority_id == handover.authority, DeadlineRow.anchor_id == handover.old]
    if handover.only is not None:
        which.append(DeadlineRow.history_id.in_(handover.only))
    deadlines = list(await session.scalars(select(DeadlineRow.id).where(*which)))
    anchored = update(DeadlineRow).where(*which).values(anchor_id=handover.new)
    await session.execute(anchored.execution_options(synchronize_session=False))
    granted = await session.scalars(
        select(Exemption)
        .where(Exemption.authority_id == handover.authority, Exemption.deadline_id.in_(deadlines))
        .execution_options(populate_existing=True)
    )
    exemptions = list(granted)
    for exemption in exemptions:
        exemption.anchor_id = handover.new
    await session.flush()
    return exemptions
