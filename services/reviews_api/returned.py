"""What a statutory return said, rather than the case system."""

from sqlalchemy.ext.asyncio import AsyncSession

RETURNED = "duecare.returned"  # the name in the session's `info` of the return that is being imported


def said_by(session: AsyncSession) -> str | None:
    """The return that speaks in this transaction; None for the case system. What a return tells is history: it
    wakes nobody, and a return gives no reasons."""
    said: str | None = session.info.get(RETURNED)
    return said
