"""Reading many rows the short way: through the driver itself, inside the transaction that is open."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession


async def read(session: AsyncSession, sql: str, *values: Any) -> list[Any]:
    """The rows of a statement with parameters $1, $2 and so on, as the driver gives them: for answers of a thousand
    lines, where an object for each row costs more than the row."""
    connection = await (await session.connection()).get_raw_connection()
    rows: list[Any] = await connection.driver_connection.fetch(sql, *values)  # type: ignore[union-attr]
    return rows
