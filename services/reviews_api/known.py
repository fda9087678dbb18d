"""The records that a batch of rows has read beforehand, all at once. A single request reads its own, one by one."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

KNOWN = "duecare.known"  # the name in the session's `info`
WRITES = "duecare.writes"  # there, how often a batch had to write before its end
FORESEEN = "duecare.foreseen"  # there, what the batch has asked beforehand
Known = dict[tuple[type[Any], str], Any]
Foreseen = dict[tuple[Any, Any], Any]
NOTHING: Mapping[Any, Any] = {}


def known(session: AsyncSession) -> Mapping[tuple[type[Any], str], Any]:
    """The locked records by kind and reference, None where there is none; empty outside a batch."""
    found: Known | None = session.info.get(KNOWN)
    return NOTHING if found is None else found


def foreseen(session: AsyncSession) -> Mapping[tuple[Any, Any], Any]:
    """What a batch has asked beforehand, by what is asked and of whom; empty outside a batch."""
    found: Foreseen | None = session.info.get(FORESEEN)
    return NOTHING if found is None else found


async def write_pending(session: AsyncSession) -> None:
    """Write now what a batch would write at its end, because the caller is about to read it."""
    session.info[WRITES] = session.info.get(WRITES, 0) + 1
    await AsyncSession.flush(session)  # past the batch's own flush, which waits


def remember(session: AsyncSession, record: Any) -> None:
    """A record was created: the batch's later rows find it."""
    found: Known | None = session.info.get(KNOWN)
    if found is not None:
        found[type(record), record.reference] = record
