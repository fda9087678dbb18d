"""What a bundle takes from the child's record: periods of care, reviews with their decisions, midpoint checks."""

from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Date, DateTime, Select, TableClause, Text, Uuid, column, func, select, table
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.bundles.record_views import (
    CarePeriodPart,
    DecisionPart,
    MidpointCheckPart,
    ReviewPart,
)
from services.escalation_api.cafcass.looked_after import care_period
from shared.codes.lists import code_list

IDS = ("id", "child_id", "review_id")
LISTS = ("drifted", "done")


# Owned by reviews_api; these columns are all that we ask of them.
def _owned_elsewhere(name: str, *columns: str) -> TableClause:
    def kind(each: str) -> Any:
        if each.endswith("_on") or each == "postponed_from":
            return Date
        if each in IDS:
            return Uuid
        return JSONB if each in LISTS else Text

    mine = [column(each, kind(each)) for each in ("authority_id", "id", "child_id", *columns)]
    return table(name, *mine, column("withdrawn_at", DateTime(timezone=True)))


_REVIEWED = tuple(name for name in ReviewPart.model_fields if name != "decisions")
_DECIDED = tuple(name for name in DecisionPart.model_fields if name != "overdue")
review = _owned_elsewhere("review", *_REVIEWED)
review_decision = _owned_elsewhere("review_decision", "review_id", *_DECIDED)
midpoint_check = _owned_elsewhere("midpoint_check", *MidpointCheckPart.model_fields)


async def care_periods_of(session: AsyncSession, authority: str, child: UUID) -> list[CarePeriodPart]:
    """The child's times of being looked after, the first first."""
    query = _standing(care_period, authority, child).order_by(care_period.c.started_on, care_period.c.id)
    return [CarePeriodPart.model_validate(row) for row in await session.execute(query)]


async def reviews_of(session: AsyncSession, authority: str, child: UUID, today: date) -> list[ReviewPart]:
    """The child's reviews in the order of their days, with what each decided and what became of that."""
    decided = await _decisions(session, authority, child, today)
    its = review.c
    day = func.coalesce(its.held_on, its.scheduled_on)
    rows = await session.execute(_standing(review, authority, child).order_by(day.nulls_last(), its.id))
    return [_review(row, decided[row.id]) for row in rows]


async def midpoint_checks_of(session: AsyncSession, authority: str, child: UUID) -> list[MidpointCheckPart]:
    """The checks between the child's reviews, in the order of their days."""
    its = midpoint_check.c
    day = func.coalesce(its.completed_on, its.planned_on)
    query = _standing(midpoint_check, authority, child).order_by(day.nulls_last(), its.id)
    return [MidpointCheckPart.model_validate(row) for row in await session.execute(query)]


async def _decisions(
    session: AsyncSession, authority: str, child: UUID, today: date
) -> defaultdict[UUID, list[DecisionPart]]:
    found: defaultdict[UUID, list[DecisionPart]] = defaultdict(list)
    query = _standing(review_decision, authority, child).order_by(review_decision.c.id)
    for row in await session.execute(query):
        undone = row.state in ("open", "in_progress")
        overdue = undone and row.due_on is not None and row.due_on < today
        told = {name: getattr(row, name) for name in _DECIDED}
        found[row.review_id].append(DecisionPart(**told, overdue=overdue))
    return found


def _review(row: Any, decisions: list[DecisionPart]) -> ReviewPart:
    told = {name: getattr(row, name) for name in _REVIEWED}
    known = code_list("participation").find(row.participation) if row.participation else None
    if known is not None:
        told["participation"] = f"{known.code}: {known.meaning}"
    return ReviewPart(**told, decisions=decisions)


def _standing(of: TableClause, authority: str, child: UUID) -> Select[Any]:
    """What is on record of this child and was not withdrawn."""
    its = of.c
    return select(of).where(its.authority_id == authority, its.child_id == child, its.withdrawn_at.is_(None))
