"""A database that was put back to a backup."""

from sqlalchemy import text

from tests.town import Town


async def restored_to(town: Town, position: int) -> None:
    """The feed is as it was when it had come so far."""
    values = {"a": town.authority, "p": position}
    async with town.owner.begin() as connection:
        await connection.execute(
            text("DELETE FROM outbox_event WHERE authority_id = :a AND position > :p"), values
        )
        await connection.execute(text("UPDATE feed_head SET position = :p WHERE authority_id = :a"), values)
