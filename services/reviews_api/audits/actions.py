"""Planning an audit, completing it, and closing what it asked for."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.audits.models import Audit, nearest_due
from services.reviews_api.audits.rules import check_audit, check_closing, check_done
from services.reviews_api.audits.schemas import AuditBody, CloseActionsBody, CompleteBody
from services.reviews_api.audits.states import State
from services.reviews_api.children.models import Child
from services.reviews_api.record import Written, get_standing, write
from services.reviews_api.sourced import WithdrawalBody
from services.reviews_api.withdrawing import to_withdraw, withdraw
from shared.db.base import new_id
from shared.events.assurance_events import AuditCompleted
from shared.events.language import Event
from shared.events.outbox import publish
from shared.http.door import Door
from shared.http.versions import check_version_if_sent


async def put_audit(
    session: AsyncSession, door: Door, authority: str, reference: str, body: AuditBody, if_match: str | None
) -> Written[Audit]:
    """Create or replace an audit, as planned or as done. Raises NotFound for an unknown child, Contradiction for an
    audit that cannot be."""
    child = await get_standing(session, Child, authority, body.child, "/child")
    check_audit(door, body)
    fixed = {"child_id": child.id}
    written = await write(session, Audit, authority, reference, fixed, _values(body), body.given(if_match))
    if written.changed:
        await publish(session, authority, happenings(written.record, written.before), door.clock.now())
    return written


async def complete_audit(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: CompleteBody,
    if_match: str | None,
) -> Audit:
    """The case was looked at. Raises NotFound, TransitionRefused, or Contradiction for a date."""
    audit = await _locked(session, authority, reference, if_match)
    check_done(door, body.done_on, body.actions)
    audit.complete({"done_on": body.done_on, "grade": body.grade, **_lists(body)})
    await session.flush()
    await publish(session, authority, happenings(audit, {}), door.clock.now())
    return audit


async def close_actions(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: CloseActionsBody,
    if_match: str | None,
) -> Audit:
    """Nothing is left to do. Raises NotFound, TransitionRefused, or Contradiction for the date."""
    audit = await _locked(session, authority, reference, if_match)
    audit.close_actions(body.closed_on)
    check_closing(door, "closed_on", body.closed_on, audit.done_on, audit.actions_done_on())
    await session.flush()
    return audit


async def withdraw_audit(
    session: AsyncSession,
    door: Door,
    authority: str,
    reference: str,
    body: WithdrawalBody,
    if_match: str | None,
) -> Audit:
    """There was no such audit. Raises NotFound, TransitionRefused."""
    audit = await to_withdraw(session, Audit, authority, reference, body)
    await withdraw(session, door, audit, audit.child_id, [], body.because, body.given(if_match))
    return audit


async def _locked(session: AsyncSession, authority: str, reference: str, if_match: str | None) -> Audit:
    audit = await get_standing(session, Audit, authority, reference, lock=True)
    check_version_if_sent(if_match, audit.version)
    return audit


def _values(body: AuditBody) -> dict[str, Any]:
    plain = body.values("child", "findings", "actions")
    return plain | {"state": _state(body)} | _lists(body)


def _state(body: AuditBody) -> State:
    if body.done_on is None:
        return State.PLANNED
    return State.DONE if body.actions_closed_on is None else State.ACTIONS_CLOSED


def _lists(body: AuditBody | CompleteBody) -> dict[str, Any]:
    """Findings and actions as they are stored."""
    lists = body.model_dump(mode="json", include={"findings", "actions"})
    return lists | {"next_action_due_on": nearest_due(lists["actions"])}


def happenings(audit: Audit, before: Mapping[str, Any]) -> Iterator[Event]:
    """What was recorded, in the past tense."""
    if audit.done_on is not None and audit.grade is not None and audit.done_on != before.get("done_on"):
        yield AuditCompleted(
            subject_id=audit.id,
            child_id=audit.child_id,
            occasion=new_id(),
            done_on=audit.done_on,
            scope=audit.scope,
            grade=audit.grade,
        )
