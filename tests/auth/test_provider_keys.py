"""Keys that come from the council's identity provider."""

import asyncio
import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared.auth.keys import COOL_DOWN, FRESH_FOR, ProviderKeys
from shared.auth.tokens import TokenChecker, TokenRules
from shared.refusals import Unauthenticated, Unavailable
from tests.auth.forging import HEADER, claims, sign
from tests.auth.provider import provider, public_key


def age(keys: ProviderKeys, seconds: float) -> None:
    """Let the keys have been fetched, and last asked for, so much longer ago."""
    keys.fetched -= seconds
    keys.tried -= seconds


async def test_two_hundred_made_up_key_ids_cost_the_provider_one_request():
    async with provider() as council:
        keys = ProviderKeys(council.url)
        found = await asyncio.gather(*(keys.find(f"made-up-{n}") for n in range(200)))
        assert (set(found), council.asked) == ({None}, 1)
        assert await keys.find("first") is not None
        assert council.asked == 1


async def test_while_the_provider_is_down_the_keys_we_have_still_work():
    async with provider() as council:
        keys = ProviderKeys(council.url)
        assert await keys.find("first")
        council.down = True
        age(keys, FRESH_FOR + 3600)
        assert await keys.find("first")
        assert council.asked == 2
        with pytest.raises(Unavailable):
            await keys.find("perhaps-a-new-one")


async def test_while_the_provider_hangs_only_one_caller_waits_for_it():
    async with provider() as council:
        keys = ProviderKeys(council.url)
        await keys.find("first")
        council.hangs = True
        age(keys, FRESH_FOR + 1)
        waiting = asyncio.create_task(keys.find("first"))
        await asyncio.sleep(0.05)
        async with asyncio.timeout(0.5):
            assert await keys.find("first")
        waiting.cancel()


async def test_without_any_key_yet_the_service_says_that_it_cannot_answer():
    async with provider() as council:
        council.down = True
        keys = ProviderKeys(council.url)
        for _ in range(3):
            with pytest.raises(Unavailable):
                await keys.find("first")
        assert council.asked == 1


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"[]",
        b"null",
        b'{"keys": []}',
        b'{"keys": null}',
        b'{"keys": {"kid": "first"}}',
        b"<html>",
        b"[" * 9999,
    ],
)
async def test_an_answer_without_keys_never_replaces_the_ones_we_have(document):
    async with provider() as council:
        keys = ProviderKeys(council.url)
        first = await keys.find("first")
        council.document = document
        age(keys, FRESH_FOR)
        assert await keys.find("first") is first


async def test_a_redirect_or_an_error_page_is_not_followed_or_believed():
    async with provider() as council:
        council.status = 302
        with pytest.raises(Unavailable):
            await ProviderKeys(council.url).find("first")


async def test_a_new_key_is_found_within_a_minute_and_a_removed_one_is_forgotten():
    async with provider() as council:
        keys = ProviderKeys(council.url)
        assert await keys.find("first")
        council.publish("second")
        assert await keys.find("second") is None
        age(keys, COOL_DOWN)
        assert await keys.find("second")
        assert await keys.find("first") is None


async def test_symmetric_and_odd_keys_are_left_out():
    async with provider() as council:
        secret = {"kty": "oct", "kid": "secret", "k": "c2VjcmV0", "alg": "HS256"}
        odd = [
            secret,
            {"kty": "RSA", "kid": "broken"},
            7,
            None,
            public_key("first") | {"use": "enc", "kid": "enc"},
        ]
        council.document = b'{"keys": %s}' % json.dumps([*odd, public_key("good")]).encode()
        keys = ProviderKeys(council.url)
        assert await keys.find("good")
        for kid in ("secret", "broken", "enc"):
            assert await keys.find(kid) is None


@pytest.mark.parametrize("name", ["jku", "x5u", "jwk"])
async def test_a_token_that_brings_its_own_key_is_not_believed_and_nobody_is_asked(town, name):
    async with provider() as evil:
        forger = Ed25519PrivateKey.generate()
        brought = public_key("local", forger) if name == "jwk" else evil.url
        checker = TokenChecker(
            town.apps["reviews"].state.door.tokens.keys, TokenRules("https://id.test", "duecare"), town.clock
        )
        for kid in ("local", "unknown"):
            token = sign(forger, HEADER | {name: brought, "kid": kid}, claims(town))
            with pytest.raises(Unauthenticated):
                await checker.principal(f"Bearer {token}")
        assert evil.asked == 0
