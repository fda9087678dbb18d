"""What an audit must be to be true."""

from collections.abc import Sequence
from datetime import date

from services.reviews_api.audits.schemas import Action, AuditBody
from services.reviews_api.timeline import day_not_in_the_future
from shared.http.door import Door
from shared.refusals import Contradiction


def check_audit(door: Door, body: AuditBody) -> None:
    """Raise Contradiction for an audit neither planned nor done, or with the outcome of one that was not done."""
    if body.planned_on is None and body.done_on is None:
        raise Contradiction(
            "An audit needs the date it is planned for, or was done on.", pointer="/planned_on"
        )
    if body.done_on is not None:
        check_done(door, body.done_on, body.actions)
    _check_outcome(body)
    if body.actions_closed_on is not None:
        _check_closed(door, body, body.actions_closed_on)


def check_done(door: Door, done_on: date, actions: Sequence[Action]) -> None:
    """Raise Contradiction for a date to come, or for actions that are there twice or were done before the audit."""
    day_not_in_the_future(door, "done_on", done_on)
    if len({each.code for each in actions}) < len(actions):
        raise Contradiction("The code of an action is there twice.", code="twice", pointer="/actions")
    for number, action in enumerate(actions):
        pointer = f"actions/{number}/done_on"
        day_not_in_the_future(door, pointer, action.done_on)
        if action.done_on is not None and action.done_on < done_on:
            raise Contradiction("An action cannot be done before the audit.", pointer=f"/{pointer}")


def _check_outcome(body: AuditBody) -> None:
    if body.done_on is None:
        for field in ("grade", "findings", "actions", "actions_closed_on"):
            if getattr(body, field):
                raise Contradiction(
                    "Only an audit that was done has this.", code="not_done", pointer=f"/{field}"
                )
    elif body.grade is None:
        raise Contradiction("An audit that was done needs its grade.", pointer="/grade")


def _check_closed(door: Door, body: AuditBody, closed_on: date) -> None:
    if any(each.done_on is None for each in body.actions):
        raise Contradiction("Some actions are not done.", code="actions_open", pointer="/actions_closed_on")
    check_closing(door, "actions_closed_on", closed_on, body.done_on, [each.done_on for each in body.actions])


def check_closing(
    door: Door, field: str, closed_on: date, done_on: date | None, actions: Sequence[date | None]
) -> None:
    """Raise Contradiction for actions closed in the future, or before the audit or the last of them was done."""
    day_not_in_the_future(door, field, closed_on)
    if any(day is not None and closed_on < day for day in (done_on, *actions)):
        raise Contradiction("Its actions cannot be closed before they were done.", pointer=f"/{field}")
