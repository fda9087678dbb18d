"""One row of an import: put or withdrawn by its feature's own action, and what became of it."""

from dataclasses import dataclass
from typing import Any, Protocol

from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.bulk.kind import Kind
from services.reviews_api.bulk.kinds import KINDS
from services.reviews_api.bulk.lines import WITHDRAWN_BECAUSE
from services.reviews_api.bulk.models import Outcome
from services.reviews_api.record import Recorded, find, find_to_put
from services.reviews_api.tombstones import WITHDRAWN_AT_SOURCE
from shared.auth.principal import Principal
from shared.db.faults import refusal_for
from shared.http.door import Door
from shared.http.nothing import NothingToShow
from shared.http.problems import of_field
from shared.refusals import Refusal, TransitionRefused, Unavailable, VersionRequired

SUPERSEDED = "superseded"  # the code of a refusal that is no rejection


class Row(Protocol):
    """A row that waits to be done."""

    line: int
    record: str
    reference: str
    withdrawal: bool
    body: dict[str, Any]
    accepted_before: int | None
    code: str | None
    pointer: str | None
    message: str | None


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a row; for a rejection also why, in words that repeat nothing of it, and whether it may come
    right once others have had their turn."""

    outcome: Outcome
    code: str | None = None
    pointer: str | None = None
    message: str | None = None
    may_come_right: bool = False


async def settle(session: AsyncSession, door: Door, who: Principal, row: Row) -> Result:
    """Do one row. Raises whatever its feature refuses, and ValidationError for a body that is none."""
    kind = KINDS[row.record]
    if row.withdrawal:
        return Result(await _withdraw(session, door, who, kind, row))
    body = kind.body_of(kind.put_record).model_validate(row.body)
    held = await find(session, kind.model, who.authority, row.reference)
    late = held is not None and body.given(None).is_late(held.source_order)
    try:
        return Result(Outcome(await kind.put(session, door, who, row.reference, body)))
    except Refusal as refusal:
        if not late:
            raise
        # What the record rested on may be gone since: an old version that comes again is no news all the same.
        raise TransitionRefused("A later version is held.", code=SUPERSEDED) from refusal


async def _withdraw(session: AsyncSession, door: Door, who: Principal, kind: Kind, row: Row) -> Outcome:
    assert kind.withdraw_record is not None
    body: Any = kind.body_of(kind.withdraw_record).model_validate(row.body)
    order = body.given(None).source_order
    held = await find_to_put(session, kind.model, who.authority, row.reference)
    version, latest = (held.version, held.source_order) if held else (0, None)
    try:
        await kind.withdraw(session, door, who, row.reference, body)
    except NothingToShow:
        return Outcome.WITHDRAWN
    assert held is not None
    if held.version != version:
        return Outcome.WITHDRAWN
    return Outcome.SUPERSEDED if _is_late(held, order, latest) else Outcome.UNCHANGED


def _is_late(held: Recorded, order: int | None, latest: int | None) -> bool:
    return held.stands or (order is not None and latest is not None and order < latest)


def refused(error: Exception, row: Row) -> Result:
    """The result of a row that raised this. Raises it again where nobody can say so now: the database is away, or
    somebody else is at the same record."""
    if isinstance(error, ValidationError):
        found = of_field(error)
        return Result(Outcome.REJECTED, found.code, _pointer(found.pointer, row), found.message)
    refusal = error if isinstance(error, Refusal) else refusal_for(error)
    if isinstance(refusal, Unavailable):
        raise error
    if refusal is None:
        return Result(
            Outcome.REJECTED, "internal", None, "This is our fault. Nothing was changed by this row."
        )
    if refusal.code in (WITHDRAWN_AT_SOURCE, SUPERSEDED):
        return Result(Outcome.SUPERSEDED)
    words = refusal.code, _pointer(refusal.pointer, row), refusal.detail
    return Result(Outcome.REJECTED, *words, may_come_right=not isinstance(refusal, VersionRequired))


def _pointer(pointer: str | None, row: Row) -> str | None:
    return f"/{WITHDRAWN_BECAUSE}" if row.withdrawal and pointer == "/because" else pointer
