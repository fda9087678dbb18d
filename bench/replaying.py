"""An ASGI function on asyncpg that says again, for another child, what a service was overheard to say."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from bench.bare import HEADERS, open_pool
from bench.overhearing import Spoken

COUNCIL = "BENCH-HOLD"
IDS = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")  # within a document
Send = Callable[[dict[str, Any]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Script:
    """What was overheard of one review and one key, and by the reference of each review the ids of its child's story:
    the same place in each list is the same thing."""

    review: str
    key: str
    spoken: tuple[Spoken, ...]
    ids: Mapping[str, Sequence[UUID]]
    answer: bytes


class Replay:
    """The application."""

    def __init__(self, script: Script) -> None:
        self.script, self.pool, self.beginning = script, None, asyncio.Lock()

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Send) -> None:
        if scope["type"] != "http":
            return
        async with self.beginning:
            self.pool = self.pool or await open_pool()
        await receive()
        turn = Turn(self.script, scope["path"].split("/")[-2])
        async with self.pool.acquire() as connection, connection.transaction():
            for each in self.script.spoken:
                await turn.say(connection, each)
        body = self.script.answer
        length = (b"content-length", str(len(body)).encode())
        await send({"type": "http.response.start", "status": 200, "headers": [*HEADERS, length]})
        await send({"type": "http.response.body", "body": body})


class Turn:
    """One child's turn: ids of the story become this child's, and ids that were new become new ones."""

    def __init__(self, script: Script, review: str) -> None:
        self.ids = dict(zip(script.ids[script.review], script.ids[review], strict=True))
        self.words = {script.review: review, script.key: str(uuid4())}

    async def say(self, connection: Any, spoken: Spoken) -> None:
        if isinstance(spoken.values, list):
            await connection.executemany(spoken.query, self.of(spoken.values))
        else:
            await connection.fetch(spoken.query, *self.of(spoken.values))

    def of(self, value: Any) -> Any:
        match value:
            case UUID():
                return self.ids.setdefault(value, uuid4())
            case str() if value.startswith(("[", "{")):
                return IDS.sub(lambda found: str(self.of(UUID(found[0]))), value)
            case str():
                return self.words.get(value, value)
            case list() | tuple():
                return [self.of(each) for each in value]
            case _:
                return value
