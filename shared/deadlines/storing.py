"""Writes what reconciling found: new deadlines, changed ones with what they were, and breaches that fall away."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, insert, update
from sqlalchemy.ext.asyncio import AsyncSession

from shared.deadlines.difference import COLUMNS, Change, Occasion
from shared.deadlines.models import Breach, DeadlineRevision, DeadlineRow

_FIXED = ("authority_id", "id", "history_id", "child_id", "timescale", "anchor_id")
_CHANGING = [name for name in COLUMNS if name not in _FIXED]
_KEPT = [
    column.key
    for column in DeadlineRevision.__table__.columns
    if column.key not in ("deadline_id", "superseded_at", "superseded_because")
]

UPDATE = (
    update(DeadlineRow)
    .where(DeadlineRow.authority_id == bindparam("of_authority"), DeadlineRow.id == bindparam("deadline"))
    .values({name: bindparam(f"new_{name}") for name in _CHANGING})
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
    if added:
        rows = [change.values for change in added]
        await session.execute(insert(DeadlineRow).execution_options(render_nulls=True), rows)
    if not changed:
        return
    kept = [_superseded(change, occasion) for change in changed]
    await session.execute(insert(DeadlineRevision).execution_options(render_nulls=True), kept)
    connection = await session.connection()
    await connection.execute(UPDATE, [_update(authority, change) for change in changed])
    withdrawn = [
        _withdrawal(authority, change, occasion) for change in changed if change.withdraws is not None
    ]
    if withdrawn:
        await connection.execute(WITHDRAW, withdrawn)


def _superseded(change: Change, occasion: Occasion) -> dict[str, Any]:
    old = change.old
    assert old is not None
    return {name: getattr(old, name) for name in _KEPT} | {
        "deadline_id": change.values["id"],
        "superseded_at": occasion.now,
        "superseded_because": occasion.because.value,
    }


def _update(authority: str, change: Change) -> dict[str, Any]:
    new = {f"new_{name}": change.values[name] for name in _CHANGING}
    return {"of_authority": authority, "deadline": change.values["id"]} | new


def _withdrawal(authority: str, change: Change, occasion: Occasion) -> dict[str, Any]:
    return {
        "of_authority": authority,
        "deadline": change.values["id"],
        "of_version": change.withdraws,
        "at": occasion.now,
        "because": change.because,
    }
