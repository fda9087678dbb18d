"""What this process knows of how far each feed has come, so that open streams need not ask the database."""

import asyncio


class Heads:
    """The last position heard of for each authority; streams wait here until there is more."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}
        self._moved = asyncio.Event()

    def tell(self, authority: str, position: int) -> bool:
        """A feed has come this far; whether that is news. If so, the streams wake."""
        if position <= self.known(authority):
            return False
        self._known[authority] = position
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()
        return True

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
