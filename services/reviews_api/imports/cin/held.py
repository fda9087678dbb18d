"""What is held of a child's protection, by its days."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.conferences.models import Conference, ConferenceChild, ConferenceType
from services.reviews_api.protection_plans.models import ProtectionPlan
from services.reviews_api.strategy_discussions.models import StrategyDiscussion

SOURCE = "cin_census"
Record = StrategyDiscussion | Conference | ProtectionPlan
Key = tuple[str, date]
"""The kind of row that speaks of a record, and the record's day."""


@dataclass(slots=True)
class Held:
    """The records that stand of one child, by what a row would say of them. Of two on one day, the return's own."""

    records: dict[Key, Record] = field(default_factory=dict)

    def of_returns(self) -> Iterator[tuple[Key, Record]]:
        """Those that only returns have told of."""
        return ((key, record) for key, record in self.records.items() if record.source == SOURCE)

    def told_for(self) -> int:
        """The reference date (an ordinal) of the latest return that told of any of them; 0: none did."""
        return max((year_of(record) for _, record in self.of_returns()), default=0)


def order(reference_date: date, seconds: int) -> int:
    """Where what a return says stands in the order of what returns say: by its reference date, and of two for the
    same date by when they came (`seconds` since 1970)."""
    return reference_date.toordinal() * 10**10 + seconds


def year_of(record: Record) -> int:
    """The reference date (an ordinal) of the return that last told of a record."""
    return (record.source_order or 0) // 10**10


async def read_held(session: AsyncSession, authority: str, child_id: UUID) -> Held:
    """What stands of a child."""
    records: list[Record] = [
        *await session.scalars(
            select(StrategyDiscussion)
            .where(StrategyDiscussion.authority_id == authority, StrategyDiscussion.child_id == child_id)
            .where(StrategyDiscussion.withdrawn_at.is_(None), StrategyDiscussion.held_on.is_not(None))
        ),
        *await session.scalars(
            select(ProtectionPlan)
            .where(ProtectionPlan.authority_id == authority, ProtectionPlan.child_id == child_id)
            .where(ProtectionPlan.withdrawn_at.is_(None))
        ),
        *await session.scalars(
            select(Conference)
            .join(ConferenceChild, ConferenceChild.conference_id == Conference.id)
            .where(ConferenceChild.authority_id == authority, ConferenceChild.child_id == child_id)
            .where(ConferenceChild.removed_at.is_(None), Conference.authority_id == authority)
            .where(Conference.withdrawn_at.is_(None), Conference.held_on.is_not(None))
        ),
    ]
    records.sort(key=lambda record: record.source == SOURCE)
    return Held({_key(record): record for record in records})


def _key(record: Record) -> Key:
    match record:
        case ProtectionPlan():
            return "plans", record.started_on
        case StrategyDiscussion():
            assert record.held_on is not None  # as was asked
            return "section47", record.held_on
        case Conference():
            assert record.held_on is not None  # as was asked
            initial = record.conference_type != ConferenceType.REVIEW
            return "conferences" if initial else "plan_reviews", record.held_on
