"""Reading many rows the short way: through the driver itself, inside the transaction that is open."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession


async def read(session: AsyncSession, sql: str, *values: Any) -> list[Any]:
    """The rows of a statement with parameters $1, $2 and so on, as the driver gives them: for answers of a thousand
    lines, where an object for each row costs more than the row."""
    connection = await session.connection()
    driver = (await connection.get_raw_connection()).driver_connection
    try:
        rows: list[Any] = await driver.fetch(sql, *values)  # type: ignore[union-attr]
    except TimeoutError as error:
        # The session has not seen it: it would try to roll back, and wait as long again.
        await connection.invalidate(error)
        raise
    return rows
