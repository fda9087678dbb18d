"""Giving what was recorded of one child to another: every table in which a record names its child.

Nothing is deleted or written anew; deadlines keep their ids, also those that run from the child's birth.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.exemptions.models import Exemption
from services.reviews_api.histories.models import HistoryRecord
from services.reviews_api.imports.models import Episode
from services.reviews_api.models import REVIEWS_MODELS
from services.reviews_api.record import Recorded
from shared.deadlines.models import DeadlineRow, FactRow, History

SPINE: tuple[Any, ...] = (History, FactRow, DeadlineRow)
RECORDS: tuple[Any, ...] = tuple(
    model for model in REVIEWS_MODELS if issubclass(model, Recorded) and hasattr(model, "child_id")
)
THEMSELVES = (History, CarePeriod, HistoryRecord)  # their ids are those of the histories


async def move_all(session: AsyncSession, authority: str, old: UUID, new: UUID) -> list[Exemption]:
    """Give everything of one child to another. Returns the exemptions that must be told anew."""
    for model in SPINE + RECORDS:
        await _give(session, model, new, model.authority_id == authority, model.child_id == old)
    await _give_episodes(session, authority, old, new)
    return await _anchor_anew(session, authority, old, new, DeadlineRow.child_id == new)


async def move_some(
    session: AsyncSession, authority: str, old: UUID, new: UUID, histories: Collection[UUID]
) -> list[Exemption]:
    """Give these histories of one child to another, with all that belongs to them. Returns the exemptions that must
    be told anew."""
    for model in SPINE + RECORDS:
        if (belonging := _belongs_to(model, histories)) is not None:
            await _give(
                session, model, new, model.authority_id == authority, model.child_id == old, belonging
            )
    await _give_episodes(session, authority, old, new, _within(authority, histories))
    return await _anchor_anew(session, authority, old, new, DeadlineRow.history_id.in_(histories))


def _belongs_to(model: Any, histories: Collection[UUID]) -> ColumnElement[bool] | None:
    """Which rows of a table belong to these histories; None for a table of what belongs to the child alone."""
    column = "id" if model in THEMSELVES else "care_period_id"
    found = getattr(model, column, None)
    if found is None:
        found = getattr(model, "history_id", None)
    return None if found is None else found.in_(histories)


async def _give(session: AsyncSession, model: Any, new: UUID, *which: ColumnElement[bool]) -> None:
    values: dict[str, Any] = {"child_id": new}
    if model in RECORDS:
        values["version"] = model.version + 1
    await session.execute(
        update(model).where(*which).values(values).execution_options(synchronize_session=False)
    )


async def _give_episodes(
    session: AsyncSession, authority: str, old: UUID, new: UUID, *which: ColumnElement[bool]
) -> None:
    """Episodes of returns; where both children have one from the same day on, each keeps its own."""
    other = aliased(Episode)
    taken = exists().where(
        other.authority_id == authority, other.child_id == new, other.started_on == Episode.started_on
    )
    await _give(
        session, Episode, new, Episode.authority_id == authority, Episode.child_id == old, ~taken, *which
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


async def _anchor_anew(
    session: AsyncSession, authority: str, old: UUID, new: UUID, *which: ColumnElement[bool]
) -> list[Exemption]:
    """Deadlines that ran from the one child's birth run from the other's, and so do the exemptions for them."""
    ours = (DeadlineRow.authority_id == authority, DeadlineRow.anchor_id == old, *which)
    deadlines = list(await session.scalars(select(DeadlineRow.id).where(*ours)))
    await session.execute(
        update(DeadlineRow).where(*ours).values(anchor_id=new).execution_options(synchronize_session=False)
    )
    granted = await session.scalars(
        select(Exemption)
        .where(Exemption.authority_id == authority, Exemption.deadline_id.in_(deadlines))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    exemptions = list(granted)
    for exemption in exemptions:
        exemption.anchor_id = new
    await session.flush()
    return exemptions
