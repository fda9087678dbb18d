"""Asks the machine's resolver for the addresses of a host."""

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

LookUp = Callable[[str], Awaitable[list[str]]]
"""The addresses of a host, in the order in which to try them. Raises OSError where nobody knows any or nobody can be
asked, UnicodeError for what is no name."""


@dataclass(slots=True)
class Names:
    """One question a host at a time, shared by those who ask meanwhile, and on a thread of its own: a resolver that
    does not answer holds up no other host's webhooks, and not the end of the process."""

    asked: dict[str, asyncio.Future[list[str]]] = field(default_factory=dict)

    async def look_up(self, host: str) -> list[str]:
        """What the host's name stands for just now."""
        if host not in self.asked:
            answer = asyncio.get_running_loop().create_future()
            threading.Thread(target=_ask, args=(host, answer), daemon=True, name="resolve").start()
            self.asked[host] = answer
            answer.add_done_callback(lambda _: self._answered(host))
        answer = self.asked[host]
        await asyncio.wait({answer})  # which leaves it to the others where this caller is cut off
        return answer.result()

    def _answered(self, host: str) -> None:
        answer = self.asked.pop(host)
        if not answer.cancelled():
            answer.exception()  # of which nobody need hear who no longer waits


def _ask(host: str, answer: asyncio.Future[list[str]]) -> None:
    addresses: list[str] | Exception
    try:
        found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
    except Exception as error:
        addresses = _used_up() or error
    try:
        answer.get_loop().call_soon_threadsafe(_give, answer, addresses)
    except RuntimeError:  # the loop has ended: nobody waits any more
        return


def _used_up() -> OSError | None:
    # A resolver that cannot open its own files says that there is no such name.
    try:
        socket.socket().close()
    except OSError as error:
        return error
    return None


def _give(answer: asyncio.Future[list[str]], addresses: list[str] | Exception) -> None:
    if answer.done():
        return
    if isinstance(addresses, Exception):
        answer.set_exception(addresses)
    else:
        answer.set_result(addresses)
