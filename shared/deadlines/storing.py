"""Writes what reconciling found: new deadlines, changed ones with what they were, and breaches that fall away."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, text, update
from sqlalchemy.dialects import postgresql
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


# Rows go as one document in one statement: to bind a row's columns one by one takes longer than to work them out.
_COLUMNS = DeadlineRow.__table__.columns
_ALL = ", ".join(column.key for column in _COLUMNS)
_DOCUMENT = ", ".join(f"{each.key} {each.type.compile(postgresql.dialect())}" for each in _COLUMNS)  # type: ignore[no-untyped-call]
_NEW = ", ".join(f"{name} = c.{name}" for name in _CHANGING)
ADD = text(f"""
    INSERT INTO deadline ({_ALL})
    SELECT {_ALL} FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS c({_DOCUMENT})
""")  # noqa: S608 - the table's own columns
CHANGE = text(f"""
    UPDATE deadline d SET {_NEW}, reason = coalesce(c.reason, d.reason)
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS c({_DOCUMENT})
    WHERE d.authority_id = :authority AND d.history_id = ANY(:histories) AND d.id = c.id
""")  # noqa: S608 - the table's own columns
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
        await session.execute(ADD, {"rows": _document(added)})
    if not changed:
        return
    await _keep(session, authority, changed, occasion)
    histories = list({change.values["history_id"] for change in changed})
    await session.execute(
        CHANGE, {"authority": authority, "histories": histories, "rows": _document(changed)}
    )
    withdrawn = [
        _withdrawal(authority, change, occasion) for change in changed if change.withdraws is not None
    ]
    if withdrawn:
        await (await session.connection()).execute(WITHDRAW, withdrawn)


async def _keep(session: AsyncSession, authority: str, changed: Sequence[Change], occasion: Occasion) -> None:
    """What these deadlines are until now stays on the record."""
    which = {
        "authority": authority,
        "histories": list({change.values["history_id"] for change in changed}),
        "ids": [change.values["id"] for change in changed],
    }
    await session.execute(KEEP, which | {"now": occasion.now, "because": occasion.because.value})


def _document(changes: Sequence[Change]) -> str:
    return json.dumps([change.values for change in changes], default=_plain)


def _plain(value: date | UUID) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _withdrawal(authority: str, change: Change, occasion: Occasion) -> dict[str, Any]:
    return {
        "of_authority": authority,
        "deadline": change.values["id"],
        "of_version": change.withdraws,
        "at": occasion.now,
        "because": change.because,
    }
