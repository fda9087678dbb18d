"""How far the mirror has come, and whose turn it is: short transactions, none open while NATS is waited for."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from services.scheduler.feed.queries import PLACED, Placed
from shared.db.faults import is_outage
from shared.db.session import authority_session

LEASE = 15  # seconds; longer than NATS is waited for

STANDING = text("""
    SELECT coalesce(h.position, 0) AS head, coalesce(c.position, 0) AS position
    FROM (VALUES (1)) AS one(row)
    LEFT JOIN feed_head h ON h.authority_id = :authority
    LEFT JOIN mirror_cursor c ON c.authority_id = :authority AND c.stream = :stream
""")

# The database's clock says whose turn it is: all schedulers have that one.
TAKE_TURN = text(f"""
    INSERT INTO mirror_cursor AS c (authority_id, stream, position, surplus, holder, held_until)
    VALUES (:authority, :stream, 0, 0, CAST(:me AS uuid), clock_timestamp() + interval '{LEASE} seconds')
    ON CONFLICT (authority_id, stream) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
    WHERE c.holder = excluded.holder OR c.held_until IS NULL OR c.held_until <= clock_timestamp()
    RETURNING position, surplus, incarnation
""")  # noqa: S608  LEASE is a number of ours
MOVE = text("""
    UPDATE mirror_cursor
    SET position = :position, surplus = :surplus, incarnation = :incarnation, held_until = NULL
    WHERE authority_id = :authority AND stream = :stream AND holder = CAST(:me AS uuid)
""")

AFTER = text(f"""
    SELECT {PLACED}, id FROM outbox_event
    WHERE authority_id = :authority AND position > :after ORDER BY position LIMIT :limit
""")  # noqa: S608  columns of ours
AT = text(f"""
    SELECT {PLACED}, id FROM outbox_event
    WHERE authority_id = :authority AND position = ANY(CAST(:positions AS bigint[])) ORDER BY position
""")  # noqa: S608  columns of ours
POSITIONS = text("""
    SELECT position FROM outbox_event
    WHERE authority_id = :authority AND position IS NOT NULL AND id = ANY(CAST(:ids AS uuid[]))
""")


BEFORE = text("""
    SELECT coalesce(max(position), 0) FROM outbox_event
    WHERE authority_id = :authority AND occurred_at < clock_timestamp() - make_interval(secs => :seconds)
""")


@dataclass(frozen=True, slots=True)
class Told(Placed):
    """An event in its place, with its id."""

    id: UUID


class DatabaseAway(TimeoutError):
    """It was the database that did not answer, and not NATS."""


@contextmanager
def from_database() -> Iterator[None]:
    """What keeps the database from answering is called by its name: NATS fails with the same errors."""
    try:
        yield
    except Exception as error:
        if is_outage(error):
            raise DatabaseAway from error
        raise


@dataclass(frozen=True, slots=True)
class Standing:
    """The last position given out, and the last that NATS has acknowledged."""

    head: int
    position: int


@dataclass(frozen=True, slots=True)
class Bookmark:
    """The cursor, while it is this scheduler's turn."""

    position: int
    surplus: int
    incarnation: str | None


@dataclass(frozen=True, slots=True)
class Cursor:
    """One authority's cursor, as one scheduler (`me`) reads and moves it."""

    engine: AsyncEngine
    authority: str
    stream: str
    me: UUID

    async def standing(self) -> Standing:
        """How far the feed and the mirror are; nobody's turn is taken."""
        async with self._session(read_only=True) as session:
            return Standing(*(await session.execute(STANDING, self._mine)).one())

    async def take_turn(self) -> Bookmark | None:
        """Take the turn, or keep it for another LEASE seconds. None where it is another scheduler's."""
        async with self._session() as session:
            row = (await session.execute(TAKE_TURN, self._mine | {"me": self.me})).one_or_none()
        return Bookmark(*row) if row else None

    async def move(self, to: Bookmark) -> None:
        """Note how far the mirror has come, and give the turn back. Does nothing once the turn was lost."""
        values = asdict(to) | {"me": self.me}
        async with self._session() as session:
            await session.execute(MOVE, self._mine | values)

    async def after(self, position: int, limit: int) -> list[Told]:
        """The next events of the feed."""
        async with self._session(read_only=True) as session:
            rows = await session.execute(
                AFTER, {"authority": self.authority, "after": position, "limit": limit}
            )
            return [Told(*row) for row in rows]

    async def at(self, positions: Sequence[int]) -> list[Told]:
        """The events at these places."""
        async with self._session(read_only=True) as session:
            rows = await session.execute(AT, {"authority": self.authority, "positions": list(positions)})
            return [Told(*row) for row in rows]

    async def positions(self, ids: Sequence[UUID]) -> list[int]:
        """The places of those of these events that the feed knows."""
        async with self._session(read_only=True) as session:
            return list(await session.scalars(POSITIONS, {"authority": self.authority, "ids": list(ids)}))

    async def before(self, seconds: float) -> int:
        """The last place of an event that is older than this; 0 where none is."""
        asked = {"authority": self.authority, "seconds": seconds}
        async with self._session(read_only=True) as session:
            return int(await session.scalar(BEFORE, asked) or 0)

    @asynccontextmanager
    async def _session(self, *, read_only: bool = False) -> AsyncIterator[AsyncSession]:
        with from_database():
            async with authority_session(self.engine, self.authority, read_only=read_only) as session:
                yield session

    @property
    def _mine(self) -> dict[str, str]:
        return {"authority": self.authority, "stream": self.stream}
