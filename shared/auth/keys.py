"""The council's public keys: from its OIDC provider, or from a file of this installation."""

import asyncio
import json
import time
from pathlib import Path
from typing import Any, Protocol

import httpx
from jwt import PyJWK

from shared.refusals import Unavailable

FRESH_FOR = 300.0
COOL_DOWN = 30.0
ANSWERS_WITHIN = 5.0
SIZE_LIMIT = 262_144


class KeySource(Protocol):
    """Finds the public key that a token says it was signed with; None where there is no such key."""

    async def find(self, kid: str) -> PyJWK | None: ...


class FileKeys:
    """Keys from a JWKS file, read once."""

    def __init__(self, path: Path) -> None:
        self.keys = parse_keys(json.loads(path.read_text()))

    async def find(self, kid: str) -> PyJWK | None:
        return self.keys.get(kid)


class ProviderKeys:
    """Keys from an OIDC provider's JWKS address.

    Fetched by one caller at a time, at most once in `COOL_DOWN` seconds however many unknown key ids are
    tried; a failed fetch keeps the last good keys, and whose key is known never waits for another's fetch.
    """

    def __init__(self, url: str, client: httpx.AsyncClient | None = None) -> None:
        self.url = url
        self.client = client or httpx.AsyncClient(timeout=ANSWERS_WITHIN, trust_env=False)
        self.keys: dict[str, PyJWK] = {}
        self.fetched = self.tried = -float("inf")
        self.fetching = asyncio.Lock()

    async def find(self, kid: str) -> PyJWK | None:
        stale = time.monotonic() - self.fetched > FRESH_FOR
        if kid not in self.keys or (stale and not self.fetching.locked()):
            await self._fetch()
        if kid not in self.keys and self.tried > self.fetched:  # it may be a new key that we could not read
            raise Unavailable("The identity provider's keys cannot be read just now; try again in a moment.")
        return self.keys.get(kid)

    async def _fetch(self) -> None:
        async with self.fetching:
            if time.monotonic() - self.tried < COOL_DOWN:
                return
            self.tried = time.monotonic()
            try:
                async with asyncio.timeout(ANSWERS_WITHIN):
                    answer = await self.client.get(self.url)
                answer.raise_for_status()
                self.keys = parse_keys(json.loads(answer.content[:SIZE_LIMIT]))
                self.fetched = time.monotonic()
            except (httpx.HTTPError, TimeoutError, ValueError, RecursionError):
                return


def parse_keys(document: Any) -> dict[str, PyJWK]:
    """The signing keys of a JWKS document by their key id; keys of kinds we do not know are left out.

    Raises ValueError for a document without a usable key: it must never replace one that had some.
    """
    listed = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(listed, list) or not (found := _usable(listed)):
        raise ValueError("no JWKS document with a signing key")
    return found


def _usable(listed: list[Any]) -> dict[str, PyJWK]:
    found = {}
    for key in listed:
        try:
            if key.get("kty") in ("RSA", "EC", "OKP") and key.get("use", "sig") == "sig":
                found[str(key["kid"])] = PyJWK(key)
        except Exception:  # noqa: S112 - one odd key must not take the others with it
            continue
    return found
