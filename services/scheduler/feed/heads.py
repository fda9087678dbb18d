"""What this process knows of how far each feed has come, so that open streams need not ask the database."""

import asyncio


class Heads:
    """The last position heard of for each authority; streams wait here until there is more. A feed that is found
    further back than before is another one from there on: its database was put back to a backup."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}
        self._put_back: dict[str, int] = {}
        self._moved = asyncio.Event()

    def tell(self, authority: str, position: int) -> bool:
        """A feed has come this far; whether that is news. If so, the streams wake."""
        before = self.known(authority)
        if position == before:
            return False
        if position < before:
            self._put_back[authority] = self.put_back(authority) + 1
        self._known[authority] = position
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()
        return True

    def put_back(self, authority: str) -> int:
        """How often a feed was found further back than before."""
        return self._put_back.get(authority, 0)

    def known(self, authority: str) -> int:
        """The last position heard of; 0 where nothing was heard yet."""
        return self._known.get(authority, 0)

    async def beyond(self, authority: str, position: int, seconds: float) -> bool:
        """Whether the feed comes to be beyond `position` within these seconds."""
        try:
            async with asyncio.timeout(seconds):
                while self.known(authority) <= position:
                    await self._moved.wait()
        except TimeoutError:
            return False
        return True
