"""The councils that a database serves."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.db.engine import connect

ALL = text("SELECT authority_id FROM authority ORDER BY authority_id")
ADD = text("INSERT INTO authority (authority_id, name) VALUES (:code, :name) ON CONFLICT DO NOTHING")


async def authorities(engine: AsyncEngine) -> list[str]:
    """The codes of every council that the database serves, in order; any role may ask."""
    async with engine.connect() as connection:
        return list(await connection.scalars(ALL))


async def ensure_authority(database_url: str, code: str, name: str) -> None:
    """Add the council with this code unless it is there; `database_url` is the migrating user's."""
    engine = connect(database_url, None, name="duecare-migrate", pool_size=1)
    try:
        async with engine.begin() as connection:
            await connection.execute(ADD, {"code": code, "name": name})
    finally:
        await engine.dispose()


async def known_authorities(database_url: str) -> list[str]:
    """The codes of the councils that the database serves, in order."""
    engine = connect(database_url, None, name="duecare-migrate", pool_size=1)
    try:
        return await authorities(engine)
    finally:
        await engine.dispose()
