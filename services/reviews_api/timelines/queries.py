"""All that was so of one child, in the order in which it was so."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.children.queries import surviving
from services.reviews_api.timelines.schemas import TimelineEntry, TimelineIds
from services.reviews_api.timelines.statement import TIMELINE
from services.reviews_api.timelines.wording import words
from shared.auth.principal import Principal
from shared.http.door import Door
from shared.http.places import EPOCH, to_instant, to_number
from shared.timescales.catalogue import Catalogue

BEGINNING = {"moment": EPOCH.replace(year=1), "recorded_at": EPOCH, "rank": 0, "id": UUID(int=0)}
Found = tuple[list[TimelineEntry], str | None]


async def stretch(
    session: AsyncSession,
    door: Door,
    who: Principal,
    reference: str,
    kinds: str | None,
    after: str | None,
    limit: int,
) -> Found:
    """Up to `limit` entries after a place, and the place where they end; None where all is told. Raises NotFound."""
    child = await surviving(session, who.authority, reference)
    asked = {
        "authority": who.authority,
        "child": child.id,
        "kinds": kinds.split(",") if kinds else None,
        "limit": limit + 1,
    }
    rows = (await session.execute(TIMELINE, asked | _place(after))).all()
    return [_entry(row, door.law.catalogue) for row in rows[:limit]], _place_of(rows, limit)


def _place(after: str | None) -> dict[str, Any]:
    if after is None:
        return BEGINNING
    moment, recorded, rank, about = after.split(".")
    return {
        "moment": to_instant(moment),
        "recorded_at": to_instant(recorded),
        "rank": int(rank),
        "id": UUID(about),
    }


def _place_of(rows: Sequence[Any], limit: int) -> str | None:
    if len(rows) <= limit:
        return None
    last = rows[limit - 1]
    return f"{to_number(last.moment)}.{to_number(last.recorded_at)}.{last.rank}.{last.id}"


def _entry(row: Any, catalogue: Catalogue) -> TimelineEntry:
    return TimelineEntry(
        at=row.at,
        on=row.on_day,
        what=row.what,
        kind=row.kind,
        ids=_ids(row),
        recorded_at=row.recorded_at,
        withdrawn_at=row.withdrawn_at,
        words=words(row, catalogue),
    )


def _ids(row: Any) -> TimelineIds:
    about = row.what.partition("_")[0]
    return TimelineIds(**{about: row.id}, record=row.record, history=row.history)
