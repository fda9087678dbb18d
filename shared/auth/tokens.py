"""Checks a bearer token: signature, issuer, audience, expiry, subject, type, authority and roles."""

import hashlib
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import jwt
from jwt import PyJWK

from shared.auth.keys import KeySource
from shared.auth.principal import Principal, Role
from shared.clock import Clock
from shared.refusals import Unauthenticated

ALGORITHMS = ("EdDSA", "ES256", "ES384", "PS256", "RS256", "RS384", "RS512")
LEEWAY = 30.0
REMEMBERED = 1024
AUTHORITY = re.compile(r"[A-Za-z0-9_-]{1,32}")


@dataclass(frozen=True, slots=True)
class TokenRules:
    """What a token must say to be believed, and under which claims it says who the caller is."""

    issuer: str
    audience: str
    types: tuple[str, ...] = ("at+jwt",)
    roles_claim: str = "roles"
    authority_claim: str = "authority"


@dataclass(frozen=True, slots=True)
class Verified:
    """What a token says, whose signature by this key was found good."""

    kid: str
    key: PyJWK
    claims: Mapping[str, Any]


class TokenChecker:
    """Turns an Authorization header into a Principal, or raises Unauthenticated, saying no more than that.

    A caller sends the same token all day: its signature is checked once, and again when the key is another. Whether
    it has expired is asked every time.
    """

    def __init__(self, keys: KeySource, rules: TokenRules, clock: Clock) -> None:
        self.keys, self.rules, self.clock = keys, rules, clock
        self.seen: dict[bytes, Verified] = {}

    async def principal(self, authorization: str | None) -> Principal:
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Unauthenticated("Send a bearer token.")
        try:
            return self._principal(await self._claims(token.strip()))
        except (jwt.InvalidTokenError, ValueError, TypeError, KeyError, ArithmeticError, RecursionError):
            raise Unauthenticated("The token was not accepted.") from None

    async def _claims(self, token: str) -> Mapping[str, Any]:
        print_ = hashlib.sha256(token.encode()).digest()  # the token itself is kept nowhere
        seen = self.seen.get(print_)
        if seen is None or await self.keys.find(seen.kid) is not seen.key:
            self.seen.pop(print_, None)
            seen = self._remember(print_, await self._verified(token))
        self._check_times(seen.claims, self.clock.now())
        return seen.claims

    def _remember(self, print_: bytes, verified: Verified) -> Verified:
        while len(self.seen) >= REMEMBERED:
            del self.seen[next(iter(self.seen))]
        self.seen[print_] = verified
        return verified

    async def _verified(self, token: str) -> Verified:
        header = jwt.get_unverified_header(token)
        if str(header.get("typ", "")).lower().removeprefix("application/") not in self.rules.types:
            raise jwt.InvalidTokenError("type")
        if header.get("alg") not in ALGORITHMS or "crit" in header or not isinstance(header.get("kid"), str):
            raise jwt.InvalidTokenError("header")
        key = await self.keys.find(header["kid"])
        if key is None:
            raise jwt.InvalidTokenError("key")
        claims = jwt.decode(
            token,
            key,
            algorithms=[key.algorithm_name],
            audience=self.rules.audience,
            issuer=self.rules.issuer,
            options={
                "require": ["exp", "iat", "iss", "aud", "sub"],
                "verify_exp": False,
                "verify_nbf": False,
                "verify_iat": False,
            },
        )
        return Verified(header["kid"], key, claims)

    def _check_times(self, claims: Mapping[str, Any], now: datetime) -> None:
        # By our own clock, so that one clock decides everything: the library would read the machine's.
        instant = now.timestamp()
        if _number(claims["exp"]) + LEEWAY <= instant:
            raise jwt.ExpiredSignatureError("exp")
        if max(_number(claims["iat"]), _number(claims.get("nbf", 0))) - LEEWAY > instant:
            raise jwt.ImmatureSignatureError("nbf")

    def _principal(self, claims: Mapping[str, Any]) -> Principal:
        subject, authority = claims["sub"], claims[self.rules.authority_claim]
        names = claims[self.rules.roles_claim]
        if not isinstance(subject, str) or not 0 < len(subject) <= 200 or not subject.isprintable():
            raise jwt.InvalidTokenError("sub")
        if (
            not isinstance(authority, str)
            or not AUTHORITY.fullmatch(authority)
            or not isinstance(names, list)
        ):
            raise jwt.InvalidTokenError("authority or roles")
        known = set(Role)
        return Principal(subject, authority, frozenset(Role(name) for name in names if name in known))


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise jwt.InvalidTokenError("time")
    return float(value)
