"""A transaction that can see one authority and no other."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

WRITING = text("SELECT set_config('duecare.authority', :a, true)")
READING = text(
    "SELECT set_config('transaction_read_only', 'on', true), set_config('duecare.authority', :a, true)"
)

# A bound that runs already is not changed by another; without one, the next begins.
BOUND = text("""
    SELECT set_config(name, '0', true), set_config(name, :lasts, true)
    FROM pg_settings WHERE name = 'transaction_timeout'
""")
LONG = text(f"""
    {BOUND.text} UNION ALL SELECT set_config('idle_in_transaction_session_timeout', '60s', true), NULL
""")


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


async def bound(session: AsyncSession, seconds: int) -> None:
    """What is left of the open transaction may take so long, whatever it waits for. A PostgreSQL before 17 has no such
    bound."""
    await session.execute(BOUND, {"lasts": f"{seconds}s"})


async def take_long(session: AsyncSession) -> None:
    """For whoever does thousands of rows in the open transaction: it may take ten minutes, and compute for one of them
    without a word to the database."""
    await session.execute(LONG, {"lasts": "10min"})
