"""Carries one POST to one address of the network: no redirects, no proxy, no cookies, bounded in what is read."""

import ssl
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address

import aiohttp
import httpx
from aiohttp.connector import Connection
from aiohttp.tracing import Trace
from yarl import URL

from services.scheduler.subscriptions.addresses import Destination

READ_AT_MOST = 65_536  # bytes of the answer's body
SHOWN = 256  # bytes of it that are kept


class WrongPeer(aiohttp.ClientError):
    """A connection that leads elsewhere than was allowed."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a receiver said: its status, its wish to be asked later, and how its body began."""

    status: int
    retry_after: str | None
    first_bytes: str | None


class PinnedConnector(aiohttp.TCPConnector):
    """Hands out a connection only where its other end is the address that the request is for."""

    async def connect(
        self,
        req: aiohttp.ClientRequest,
        traces: list[Trace],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - the signature is aiohttp's
    ) -> Connection:
        """As aiohttp has it. Raises WrongPeer."""
        connection = await super().connect(req, traces, timeout)
        peer = connection.transport.get_extra_info("peername") if connection.transport else None
        if peer is None or ip_address(peer[0]) != ip_address(req.url.raw_host or ""):
            connection.close()
            raise WrongPeer("the connection leads elsewhere")
        return connection


@cache
def trusted() -> ssl.SSLContext:
    """The usual authorities, whatever the surroundings say."""
    return httpx.create_ssl_context(trust_env=False)


async def post(
    client: aiohttp.ClientSession,
    there: Destination,
    addresses: list[str],
    body: bytes,
    headers: dict[str, str],
) -> Answer:
    """Post to the first of these addresses that takes a connection; the certificate must be the host's all the same.

    Raises OSError, TimeoutError and aiohttp.ClientError. Nothing is sent twice: who cannot connect tries the next."""
    away: Exception = OSError("no address to connect to")
    for address in addresses:
        try:
            return await _post_to(client, there, address, body, headers)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            away = error
    raise away


async def _post_to(
    client: aiohttp.ClientSession, there: Destination, address: str, body: bytes, headers: dict[str, str]
) -> Answer:
    url = URL.build(
        scheme=there.scheme,
        host=f"[{address}]" if ":" in address else address,
        port=there.port,
        path=there.path,
        query_string=there.query,
        encoded=True,
    )
    async with client.post(
        url,
        data=body,
        headers=headers | {"host": there.authority},
        allow_redirects=False,
        server_hostname=there.host if there.secure else None,
    ) as answer:
        begun = await _read_some(answer)
        return Answer(answer.status, answer.headers.get("retry-after"), _printable(begun))


async def _read_some(answer: aiohttp.ClientResponse) -> bytes:
    # Read to the end of a short answer, so that its connection can be used again; a long one's is closed.
    begun, size = b"", 0
    async for chunk in answer.content.iter_any():
        begun += chunk[: SHOWN - len(begun)]
        size += len(chunk)
        if size > READ_AT_MOST:
            answer.close()
            break
    return begun


def _printable(begun: bytes) -> str | None:
    return "".join(chr(byte) if 32 <= byte < 127 else "." for byte in begun) or None
