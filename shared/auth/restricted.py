"""Restricted children are not there for whoever may not see them: neither they nor anything recorded of them.

Asked once for a request. Whatever is read through the models leaves them out by itself; a statement in SQL, or of a
bare table, must leave out `hidden_in` itself.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import event, or_, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.sql.base import ExecutableOption

from shared.auth.access import roles
from shared.auth.principal import Principal, Role
from shared.db.base import Base

# A restricted child is there for these, and for the people that the child's record names.
RESTRICTED_READERS = roles(Role.IRO_MANAGER, Role.SENIOR_MANAGER, Role.CASE_SYSTEM, Role.AUDITOR)
# Who is an analyst and nothing else sees counts and no child; they are of all children.
COUNTS_ALL = roles(Role.ANALYST)
# Names in a session's `info`: the children who are not there, and how a statement leaves them out.
HIDDEN, LEAVING_OUT = "duecare.hidden", "duecare.leaving_out"
# A model that is of several children at once says by this name which of its rows are of any of these.
OF_SEVERAL = "ids_about"
# Owned by reviews_api; every service's role may read these columns of it.
ALL_RESTRICTED = """
    WITH RECURSIVE restricted AS (
        SELECT id, restricted_to FROM child WHERE authority_id = :authority AND restricted
        UNION SELECT c.id, r.restricted_to FROM restricted r  -- and the records that were merged into these
        JOIN child c ON c.authority_id = :authority AND c.merged_into_id = r.id
    )
"""
_FOUND = "{all_restricted} SELECT id, restricted_to FROM restricted"
RESTRICTED = text(_FOUND.format(all_restricted=ALL_RESTRICTED))


@dataclass(frozen=True, slots=True)
class Restrictions:
    """Every restricted child of an authority, with the subjects for whom it is there: asked once for many callers."""

    children: tuple[tuple[UUID, frozenset[str]], ...]

    def hidden_from(self, who: Principal) -> frozenset[UUID]:
        """The children who are not there for this caller."""
        if sees_restricted(who):
            return frozenset()
        return frozenset(child for child, readers in self.children if who.subject not in readers)


async def restrictions(session: AsyncSession, authority: str) -> Restrictions:
    """Every restricted child of an authority."""
    rows = await session.execute(RESTRICTED, {"authority": authority})
    return Restrictions(tuple((row.id, frozenset(row.restricted_to)) for row in rows))


async def hide_restricted(session: AsyncSession, who: Principal) -> None:
    """Hide from this session what its caller may not see."""
    if hidden := await restricted_from(session, who):
        session.info[HIDDEN] = hidden
        session.info[LEAVING_OUT] = [*_leaving_out(hidden)]


async def restricted_from(session: AsyncSession, who: Principal) -> frozenset[UUID]:
    """The children who are not there for this caller."""
    if sees_restricted(who):
        return frozenset()
    return (await restrictions(session, who.authority)).hidden_from(who)


async def restricted_from_worker(
    session: AsyncSession, authority: str, subject: str | None
) -> frozenset[UUID]:
    """The children who are not there for a worker who showed no token. A record names a worker's subject, and not
    what a token would let them do: they see what names them."""
    return await restricted_from(session, Principal(subject or "", authority, frozenset()))


def sees_restricted(who: Principal) -> bool:
    """Whether no child is hidden from this caller."""
    return bool(who.roles & RESTRICTED_READERS) or who.roles == COUNTS_ALL


def hidden_in(session: AsyncSession) -> Collection[UUID]:
    """The children who are not there for the caller of this session; for statements that are not of the models."""
    found: Collection[UUID] = session.info.get(HIDDEN, frozenset())
    return found


def _leaving_out(hidden: Collection[UUID]) -> Iterator[ExecutableOption]:
    for model in _models():
        if model.__tablename__ == "child":
            yield with_loader_criteria(model, model.id.not_in(hidden))
        elif hasattr(model, OF_SEVERAL):  # also where it names one of them by itself
            about_hidden = getattr(model, OF_SEVERAL)(hidden)
            yield with_loader_criteria(model, model.id.not_in(about_hidden))
        elif hasattr(model, "child_id"):
            yield with_loader_criteria(model, or_(model.child_id.is_(None), model.child_id.not_in(hidden)))


@cache
def _models() -> tuple[Any, ...]:
    return tuple(mapper.class_ for mapper in Base.registry.mappers)


@event.listens_for(Session, "do_orm_execute")
def _hide(executing: ORMExecuteState) -> None:
    leaving_out = executing.session.info.get(LEAVING_OUT)
    if leaving_out and executing.is_select:
        executing.statement = executing.statement.options(*leaving_out)
