"""Reading audits."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement

from services.reviews_api.audits.models import Audit, Grade
from services.reviews_api.audits.states import State


def narrowed(
    child: UUID | None,
    scope: str | None,
    grade: Grade | None,
    state: State | None,
    done: tuple[date | None, date | None],
    due_by: date | None,
) -> Iterator[ColumnElement[bool]]:
    """The conditions of a list: those that were asked for."""
    if child is not None:
        yield Audit.child_id == child
    if scope is not None:
        yield Audit.scope == scope
    if grade is not None:
        yield Audit.grade == grade
    if state is not None:
        yield Audit.state == state
    if done[0] is not None:
        yield Audit.done_on >= done[0]
    if done[1] is not None:
        yield Audit.done_on <= done[1]
    if due_by is not None:
        yield Audit.next_action_due_on <= due_by
