"""A transaction that can see one authority and no other."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

WRITING = text("SELECT set_config('duecare.authority', :a, true)")
READING = text(
    "SELECT set_config('transaction_read_only', 'on', true), set_config('duecare.authority', :a, true)"
)


@asynccontextmanager
async def authority_session(
    engine: AsyncEngine, authority: str, *, read_only: bool = False
) -> AsyncIterator[AsyncSession]:
    """One transaction, committed at the end unless an error leaves it.

    The authority is set for this transaction alone, so a pooled connection cannot carry it to the next
    caller; row-level security does the rest.
    """
    async with AsyncSession(engine, expire_on_commit=False, autoflush=False) as session, session.begin():
        await enter(session, authority, read_only=read_only)
        yield session


async def enter(session: AsyncSession, authority: str, *, read_only: bool = False) -> None:
    """Confine the open transaction to `authority`."""
    await session.execute(READING if read_only else WRITING, {"a": authority})
