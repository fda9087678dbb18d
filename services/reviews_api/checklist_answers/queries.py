"""Reading a checklist's answers."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement

from services.reviews_api.checklist_answers.models import ChecklistAnswer


def narrowed(
    checklist: UUID | None, child: UUID | None, answered: tuple[date | None, date | None]
) -> Iterator[ColumnElement[bool]]:
    """The conditions of a list: those that were asked for."""
    first, last = answered
    if checklist is not None:
        yield ChecklistAnswer.checklist_id == checklist
    if child is not None:
        yield ChecklistAnswer.child_id == child
    if first is not None:
        yield ChecklistAnswer.answered_on >= first
    if last is not None:
        yield ChecklistAnswer.answered_on <= last
