"""The records that a batch of rows has read beforehand, all at once. A single request reads its own, one by one."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

KNOWN = "duecare.known"  # the name in the session's `info`
WRITES = "duecare.writes"  # there, how often a batch had to write before its end
Known = dict[tuple[type[Any], str], Any]
NOTHING: Mapping[tuple[type[Any], str], Any] = {}


def known(session: AsyncSession) -> Mapping[tuple[type[Any], str], Any]:
    """The locked records by kind and reference, None where there is none; empty outside a batch."""
    found: Known | None = session.info.get(KNOWN)
    return NOTHING if found is None else found


async def write_pending(session: AsyncSession) -> None:
    """Have written what a batch waits with, for what must be read with it."""
    session.info[WRITES] = session.info.get(WRITES, 0) + 1
    await AsyncSession.flush(session)


def remember(session: AsyncSession, record: Any) -> None:
    """A record was created: the batch's later rows find it."""
    found: Known | None = session.info.get(KNOWN)
    if found is not None:
        found[type(record), record.reference] = record
