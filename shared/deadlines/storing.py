"""Writes what reconciling found: new deadlines, changed ones with what they were, and breaches that fall away."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, insert, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from shared.deadlines.difference import READ, Change, Occasion
from shared.deadlines.models import Breach, DeadlineRow

_FIXED = ("authority_id", "id", "history_id", "child_id", "timescale", "anchor_id")
_CHANGING = [name for name in READ if name not in _FIXED]

# Each history is named too: whichever index the planner takes, it is a short way.
KEEP = text("""
    INSERT INTO deadline_revision
        (authority_id, deadline_id, revision, version, starts_on, starts_at, due_on, due_at, provisional, outcome,
         closed_on, closed_by, reason, changed_at, superseded_at, superseded_because)
    SELECT authority_id, id, revision, version, starts_on, starts_at, due_on, due_at, provisional, outcome,
           closed_on, closed_by, reason, changed_at, :now, :because
    FROM deadline
    WHERE authority_id = :authority AND history_id = ANY(:histories) AND id = ANY(:ids)
""")
_REWORD: dict[str, Any] = {"reason": bindparam("new_reason")}
_CHANGE: dict[str, Any] = {name: bindparam(f"new_{name}") for name in _CHANGING}
CHANGE = (
    update(DeadlineRow)
    .where(DeadlineRow.authority_id == bindparam("of_authority"), DeadlineRow.id == bindparam("deadline"))
    .where(DeadlineRow.history_id == bindparam("of_history"))
)
WITHDRAW = (
    update(Breach)
    .where(Breach.authority_id == bindparam("of_authority"), Breach.deadline_id == bindparam("deadline"))
    .where(Breach.version == bindparam("of_version"))
    .values(withdrawn_at=bindparam("at"), withdrawn_because=bindparam("because"))
)


async def store(
    session: AsyncSession,
    authority: str,
    added: Sequence[Change],
    changed: Sequence[Change],
    occasion: Occasion,
) -> None:
    """Store these changes of one authority's deadlines, each kind in one round."""
    connection = await session.connection()
    if added:
        # Not through the session: nobody needs the objects, and making them costs as much as the rows.
        await connection.execute(insert(DeadlineRow), [change.values for change in added])
    if not changed:
        return
    await _keep(session, authority, changed, occasion)
    for reworded, values in ((True, _CHANGE | _REWORD), (False, _CHANGE)):
        rows = [_update(authority, change) for change in changed if ("reason" in change.values) is reworded]
        if rows:
            await connection.execute(CHANGE.values(values), rows)
    withdrawn = [
        _withdrawal(authority, change, occasion) for change in changed if change.withdraws is not None
    ]
    if withdrawn:
        await connection.execute(WITHDRAW, withdrawn)


async def _keep(session: AsyncSession, authority: str, changed: Sequence[Change], occasion: Occasion) -> None:
    """What these deadlines are until now stays on the record."""
    which = {
        "authority": authority,
        "histories": list({change.values["history_id"] for change in changed}),
        "ids": [change.values["id"] for change in changed],
    }
    await session.execute(KEEP, which | {"now": occasion.now, "because": occasion.because.value})


def _update(authority: str, change: Change) -> dict[str, Any]:
    values = change.values
    new = {f"new_{name}": values[name] for name in (*_CHANGING, "reason") if name in values}
    return {"of_authority": authority, "deadline": values["id"], "of_history": values["history_id"]} | new


def _withdrawal(authority: str, change: Change, occasion: Occasion) -> dict[str, Any]:
    return {
        "of_authority": authority,
        "deadline": change.values["id"],
        "of_version": change.withdraws,
        "at": occasion.now,
        "because": change.because,
    }
