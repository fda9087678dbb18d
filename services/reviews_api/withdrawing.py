"""Saying of a record that it was a mistake: what it told is taken back, and the record is kept with the reason.

Every `withdraw_...` of a feature raises NothingToShow too, where a withdrawal that came before its record is kept."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.conferences.models import Conference
from services.reviews_api.histories.models import HistoryRecord
from services.reviews_api.models import REVIEWS_MODELS
from services.reviews_api.record import Given, R, find_to_put
from services.reviews_api.timeline import TellsFacts, tell
from services.reviews_api.tombstones import leave_tombstone
from shared.db.base import new_id
from shared.deadlines.models import FactRow
from shared.events.record_events import RecordWithdrawn
from shared.http.door import Door
from shared.http.nothing import NothingToShow
from shared.http.versions import Saved
from shared.refusals import NotFound, TransitionRefused


class Withdrawn(TellsFacts, Protocol):
    """A record that can be withdrawn."""

    @property
    def noun(self) -> str: ...

    def withdraw(self, because: str, at: datetime, given: Given) -> Saved: ...


class Withdrawal(Protocol):
    """What is said of a withdrawal."""

    because: str

    def given(self, if_match: str | None) -> Given: ...


async def withdraw(
    session: AsyncSession,
    door: Door,
    record: Withdrawn,
    child_id: UUID | None,
    histories: Sequence[UUID],
    because: str,
    given: Given,
    *,
    also: Sequence[TellsFacts] = (),
) -> Saved:
    """Withdraw a locked record, and tell what else follows from that; the deadlines of these histories follow.

    Raises TransitionRefused, VersionRequired, Stale.
    """
    saved = record.withdraw(because, door.clock.now(), given)
    await session.flush()
    if saved is Saved.CHANGED:
        told = RecordWithdrawn(
            subject_id=record.id, child_id=child_id, occasion=new_id(), kind=record.noun.replace(" ", "_")
        )
        await tell(session, door, record, histories, [told], also)
    return saved


async def to_withdraw(
    session: AsyncSession, kind: type[R], authority: str, reference: str, body: Withdrawal
) -> R:
    """The record with this reference or id, locked, for it to be withdrawn. Raises NotFound where there is none; but
    where the source says in which of its versions it withdrew it, that is kept for it, and NothingToShow raised."""
    given = body.given(None)
    found = await find_to_put(session, kind, authority, reference)
    if found is not None:
        return found
    if given.source_order is None:
        raise NotFound(kind.noun)
    await leave_tombstone(session, authority, kind.noun, reference, given.source_order, body.because)
    raise NothingToShow


async def check_nothing_about(session: AsyncSession, record: TellsFacts) -> None:
    """Raise TransitionRefused where a fact that somebody else told is about this record."""
    await _refuse_where(
        session,
        FactRow.authority_id == record.authority_id,
        FactRow.record_id == record.id,
        FactRow.kind.not_in(record.tells),
    )


async def check_nothing_rests_on(
    session: AsyncSession, authority: str, histories: Collection[UUID], but: Collection[UUID]
) -> None:
    """Raise TransitionRefused where a fact stands in these histories that is none of these records'."""
    await _refuse_where(
        session,
        FactRow.authority_id == authority,
        FactRow.history_id.in_(histories),
        FactRow.record_id.not_in(but),
    )


async def check_nothing_names(session: AsyncSession, authority: str, id: UUID, *columns: str) -> None:
    """Raise TransitionRefused where a record stands that names this one in one of these columns, whether or not it
    tells a fact. An opened history in which nothing is told does not count."""
    naming: list[ColumnElement[bool]] = [
        exists().where(
            table.c.authority_id == authority, table.c[column] == id, table.c.withdrawn_at.is_(None)
        )
        for table in (model.__table__ for model in REVIEWS_MODELS if model is not HistoryRecord)
        for column in columns
        if column in table.c and "withdrawn_at" in table.c
    ]
    if "child_id" in columns:
        naming.append(_meets(authority, id))
    if await session.scalar(select(or_(*naming))):
        raise _rested_on()


def _meets(authority: str, child: UUID) -> ColumnElement[bool]:
    """Whether a conference stands at which the child has a place."""
    return exists().where(
        Conference.authority_id == authority,
        Conference.withdrawn_at.is_(None),
        Conference.id.in_(Conference.ids_about([child])),
    )


async def _refuse_where(session: AsyncSession, *conditions: ColumnElement[bool]) -> None:
    if await session.scalar(select(exists().where(FactRow.withdrawn_at.is_(None), *conditions))):
        raise _rested_on()


def _rested_on() -> TransitionRefused:
    return TransitionRefused("Other records rest on this one: withdraw those first.", code="rested_on")
