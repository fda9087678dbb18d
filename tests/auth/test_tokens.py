"""Which tokens are believed. The page asked for does not exist: a believed caller gets 404, any other 401."""

import json
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared.auth.principal import Role
from tests.auth import forging
from tests.auth.forging import HEADER, claims, sign, signed
from tests.town import Town

DEEP = "[" * 20_000


async def status(town: Town, token: str) -> int:
    answer = await town.ask("reviews", "GET", "/v1/children/nobody", authorization=f"Bearer {token}")
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code == 401) == ("www-authenticate" in answer.headers)
    return answer.status_code


async def test_a_good_token_is_believed(town):
    assert await status(town, signed(town)) == 404


async def test_a_token_without_a_signature_or_signed_with_the_public_key_is_not_believed(town):
    assert await status(town, forging.unsigned(town)) == 401
    assert await status(town, forging.signed_with_the_public_key(town)) == 401
    assert await status(town, signed(town)[:-4] + "AAAA") == 401
    assert await status(town, sign(Ed25519PrivateKey.generate(), HEADER, claims(town))) == 401


NEEDED = ["exp", "aud", "iss", "sub", "iat", "authority", "roles"]


async def test_a_token_that_leaves_out_a_claim_is_not_believed(town):
    for name in NEEDED:
        assert await status(town, signed(town, body=claims(town, **{name: None}))) == 401


STRANGE_CLAIMS = [
    {"aud": "another"},
    {"aud": "duecare/"},
    {"aud": []},
    {"aud": 7},
    {"iss": "https://id.test/"},
    {"iss": "https://id.test.evil.example"},
    {"iss": ["https://id.test"]},
    {"sub": ""},
    {"sub": 7},
    {"sub": "x" * 201},
    {"sub": "two\nlines"},
    {"exp": "4102444800"},
    {"exp": True},
    {"iat": "1"},
    {"nbf": "1"},
    {"exp": [1]},
    {"roles": "case_system"},
    {"roles": {"case_system": True}},
    {"roles": [{"name": "case_system"}]},
    {"authority": ["E08000014"]},
    {"authority": ""},
    {"authority": "E08' OR true --"},
    {"authority": "a/b"},
]


async def test_a_token_with_a_strange_claim_is_not_believed(town):
    for changed in STRANGE_CLAIMS:
        assert await status(town, signed(town, body=claims(town, **changed))) == 401


NO_SECONDS = ["1e999", "NaN", "Infinity", "9" * 400, "-" + "9" * 400]


async def test_an_expiry_that_is_no_number_of_seconds_is_not_believed(town):
    for number in NO_SECONDS:
        body = json.dumps(claims(town, exp=1)).replace('"exp": 1', f'"exp": {number}')
        assert await status(town, signed(town, body=body)) == 401


STRANGE_HEADERS = [
    {"typ": "JWT"},
    {"typ": None},
    {"typ": 7},
    {"alg": "none"},
    {"alg": "HS256"},
    {"alg": "RS256"},
    {"crit": ["exp"]},
    {"crit": []},
    {"kid": None},
    {"kid": 7},
    {"kid": "../../etc/passwd"},
    {"kid": "' OR 1=1 --"},
    {"kid": "https://evil.example/keys"},
    {"b64": False},
]


async def test_a_token_with_a_strange_header_is_not_believed(town):
    for changed in STRANGE_HEADERS:
        header = {name: value for name, value in (HEADER | changed).items() if value is not None}
        assert await status(town, signed(town, header)) == 401


NO_TOKENS = [
    "x",
    "a.b",
    "a.b.c",
    "a.b.c.d.e",
    "é.é.é",
    "..",
    "e30.e30.",
    forging.encoded(DEEP) + ".e30.AAAA",
    forging.encoded(f'{{"alg":"EdDSA","typ":"at+jwt","kid":"local","x":{DEEP}') + ".e30.AAAA",
]


async def test_what_is_no_token_is_not_believed(town):
    for token in NO_TOKENS:
        scope: Any = {"authorization": f"Bearer {token}".encode()}
        assert (await town.ask("reviews", "GET", "/v1/children/nobody", **scope)).status_code == 401


NO_BEARERS = ["", "Bearer", "Bearer ", "Basic c29tZWJvZHk6c2VjcmV0", "Token {token}", "{token}"]


async def test_only_a_bearer_token_identifies_a_caller(town):
    for header in NO_BEARERS:
        sent = header.format(token=signed(town))
        assert (
            await town.ask("reviews", "GET", "/v1/children/nobody", authorization=sent)
        ).status_code == 401


async def test_deeply_nested_claims_that_are_really_signed_are_not_believed(town):
    assert await status(town, signed(town, body='{"exp":' + DEEP)) == 401
    assert await status(town, signed(town, body='{"exp":' + DEEP + "]" * len(DEEP) + "}")) == 401


AFTER_EXPIRY = [(-31, 401), (-30, 401), (-29, 404), (1, 404)]


async def test_a_token_is_believed_for_just_under_thirty_seconds_after_its_expiry(town):
    for seconds, expected in AFTER_EXPIRY:
        expires = int(town.clock.now().timestamp()) + seconds
        assert await status(town, signed(town, body=claims(town, exp=expires))) == expected


async def test_a_token_is_believed_at_most_thirty_seconds_early(town):
    now = int(town.clock.now().timestamp())
    for claim in ("iat", "nbf"):
        for seconds, expected in ((31, 401), (30, 404), (29, 404)):
            assert await status(town, signed(town, body=claims(town, **{claim: now + seconds}))) == expected


async def test_roles_nobody_knows_give_no_rights(town):
    token = signed(town, body=claims(town, roles=["god", "ROOT", ""]))
    assert await status(town, token) == 403


async def test_an_authority_that_is_not_served_reads_nothing_and_is_refused_when_it_writes(town):
    token = town.issuer.token("somebody", "NOWHERE", Role.CASE_SYSTEM, town.clock.now())
    sent: Any = {"authorization": f"Bearer {token}"}
    assert (await town.ask("reviews", "GET", "/v1/children/C-1", **sent)).status_code == 404
    assert (await town.ask("reviews", "GET", "/v1/caseloads/iro-1", **sent)).json()["children"] == []
    for method, path, body in (
        ("PUT", "/v1/children/C-1", {}),
        ("POST", "/v1/reviews/R-1/hold", {"held_on": "2026-11-20"}),
    ):
        answer = await town.ask("reviews", method, path, body, **sent)
        assert (answer.status_code, answer.json()["type"]) == (403, "urn:duecare:problem:unknown_authority")
