"""An identity provider on loopback: one address that answers with public keys, and counts who asks."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import OKPAlgorithm


class Provider:
    """`document` is what it answers with; `down` makes it hang up instead; `asked` counts."""

    def __init__(self) -> None:
        self.document: bytes = b""
        self.status = 200
        self.down = False
        self.hangs = False
        self.closing = asyncio.Event()
        self.asked = 0
        self.url = ""

    def publish(self, *kids: str) -> None:
        """Publish a new key under each of these ids."""
        self.document = json.dumps({"keys": [public_key(kid) for kid in kids]}).encode()

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        self.asked += 1
        if self.hangs:
            await self.closing.wait()
        if not self.down:
            head = f"HTTP/1.1 {self.status} X\r\ncontent-length: {len(self.document)}\r\nconnection: close\r\n\r\n"
            writer.write(head.encode() + self.document)
            await writer.drain()
        writer.close()


@asynccontextmanager
async def provider() -> AsyncIterator[Provider]:
    """A provider that publishes one key, `first`."""
    one = Provider()
    one.publish("first")
    server = await asyncio.start_server(one.answer, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    one.url = f"http://{host}:{port}/keys"
    try:
        yield one
    finally:
        one.closing.set()
        server.close()


def public_key(kid: str, key: Ed25519PrivateKey | None = None) -> dict[str, Any]:
    """A key as a JWKS document lists it."""
    public = (key or Ed25519PrivateKey.generate()).public_key()
    return dict(OKPAlgorithm.to_jwk(public, as_dict=True)) | {"kid": kid, "use": "sig", "alg": "EdDSA"}
