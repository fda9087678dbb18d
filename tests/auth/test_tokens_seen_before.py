"""A token that was believed once is looked at again each time, but for its signature."""

import pytest

from shared.auth.keys import FileKeys
from shared.auth.local_issuer import LocalIssuer
from shared.auth.tokens import REMEMBERED, TokenChecker, TokenRules
from shared.refusals import Unauthenticated
from tests.auth.forging import claims, signed


@pytest.fixture
def checker(town) -> TokenChecker:
    keys = FileKeys(town.issuer.jwks_file)
    return TokenChecker(keys, TokenRules("https://id.test", "duecare"), town.clock)


async def test_it_is_refused_once_it_has_expired(town, checker):
    token = f"Bearer {signed(town)}"
    assert await checker.principal(token) == await checker.principal(token)
    town.pass_time(hours=2)
    with pytest.raises(Unauthenticated):
        await checker.principal(token)


async def test_it_is_refused_when_the_key_that_signed_it_is_withdrawn(town, checker):
    token = f"Bearer {signed(town)}"
    await checker.principal(token)
    checker.keys.keys.clear()
    with pytest.raises(Unauthenticated):
        await checker.principal(token)


async def test_its_signature_is_checked_again_when_another_key_bears_the_name(town, checker, neighbour_keys):
    token = f"Bearer {signed(town)}"
    await checker.principal(token)
    checker.keys.keys = neighbour_keys
    with pytest.raises(Unauthenticated):
        await checker.principal(token)


@pytest.fixture
def neighbour_keys(tmp_path):
    """The keys of another provider, under the same names."""
    return FileKeys(LocalIssuer(tmp_path, "https://id.test", "duecare").jwks_file).keys


async def test_one_that_was_refused_is_refused_again(town, checker):
    token = f"Bearer {signed(town, body=claims(town, aud='another'))}"
    for _ in range(2):
        with pytest.raises(Unauthenticated):
            await checker.principal(token)
    assert not checker.seen


async def test_only_so_many_are_remembered(town, checker):
    for number in range(REMEMBERED + 3):
        await checker.principal(f"Bearer {signed(town, body=claims(town, sub=f'person-{number}'))}")
    assert len(checker.seen) == REMEMBERED
