"""Restricted children are not there for whoever may not see them: neither they nor anything recorded of them.

Asked once for a request, and held against every row that the request reads: a route that forgets to ask shows nothing.
"""

from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import event, or_, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.sql.base import ExecutableOption

from services.reviews_api.access import RESTRICTED_READERS
from services.reviews_api.children.models import Child
from services.reviews_api.models import REVIEWS_MODELS
from shared.auth.access import roles
from shared.auth.principal import Principal, Role

# An analyst sees counts and no child; they are of all children.
SEES_ALL = RESTRICTED_READERS | roles(Role.ANALYST)
# Names in a session's `info`: the children who are not there, and how a statement leaves them out.
HIDDEN, LEAVING_OUT = "duecare.hidden", "duecare.leaving_out"
HIDDEN_FROM = text("""
    SELECT id FROM child
    WHERE authority_id = :authority AND restricted AND NOT restricted_to @> jsonb_build_array(CAST(:subject AS text))
""")
OF_A_CHILD: tuple[Any, ...] = tuple(model for model in REVIEWS_MODELS if hasattr(model, "child_id"))


async def hide_restricted(session: AsyncSession, who: Principal) -> None:
    """Hide from this session what its caller may not see."""
    if who.roles & SEES_ALL:
        return
    asked = {"authority": who.authority, "subject": who.subject}
    if hidden := frozenset(await session.scalars(HIDDEN_FROM, asked)):
        session.info[HIDDEN] = hidden
        session.info[LEAVING_OUT] = [*_leaving_out(hidden)]


def hidden_in(session: AsyncSession) -> Collection[UUID]:
    """The children who are not there for the caller of this session; for statements that are not of the models."""
    found: Collection[UUID] = session.info.get(HIDDEN, frozenset())
    return found


def _leaving_out(hidden: Collection[UUID]) -> Iterator[ExecutableOption]:
    yield with_loader_criteria(Child, Child.id.not_in(hidden))
    for model in OF_A_CHILD:
        yield with_loader_criteria(model, or_(model.child_id.is_(None), model.child_id.not_in(hidden)))


@event.listens_for(Session, "do_orm_execute")
def _hide(executing: ORMExecuteState) -> None:
    leaving_out = executing.session.info.get(LEAVING_OUT)
    if leaving_out and executing.is_select:
        executing.statement = executing.statement.options(*leaving_out)
