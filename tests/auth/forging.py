"""Tokens as an attacker, or a careless provider, would make them."""

import base64
import hmac
import json
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared.auth.local_issuer import KID
from tests.town import Town

HEADER = {"alg": "EdDSA", "typ": "at+jwt", "kid": KID}


def claims(town: Town, **changed: Any) -> dict[str, Any]:
    """Good claims for this town, with some changed; a claim set to None is left out."""
    now = int(town.clock.now().timestamp())
    good = {
        "iss": town.settings.oidc_issuer,
        "aud": town.settings.oidc_audience,
        "sub": "somebody",
        "iat": now,
        "exp": now + 3600,
        "authority": town.authority,
        "roles": ["case_system"],
    }
    return {name: value for name, value in (good | changed).items() if value is not None}


def signed(
    town: Town, header: dict[str, Any] | str | None = None, body: dict[str, Any] | str | None = None
) -> str:
    """A token really signed by the town's own key; text stands for JSON as it is."""
    return sign(town.issuer.key, HEADER if header is None else header, claims(town) if body is None else body)


def sign(key: Ed25519PrivateKey, header: dict[str, Any] | str, body: dict[str, Any] | str) -> str:
    """The two parts and their signature."""
    parts = _joined(header, body)
    return f"{parts}.{_base64(key.sign(parts.encode()))}"


def unsigned(town: Town) -> str:
    """A token with algorithm none."""
    return _joined(HEADER | {"alg": "none"}, claims(town)) + "."


def signed_with_the_public_key(town: Town) -> str:
    """HS256, with the public key as the secret."""
    parts = _joined(HEADER | {"alg": "HS256"}, claims(town))
    secret = town.issuer.key.public_key().public_bytes_raw()
    return f"{parts}.{_base64(hmac.digest(secret, parts.encode(), 'sha256'))}"


def _joined(*parts: dict[str, Any] | str) -> str:
    return ".".join(encoded(part if isinstance(part, str) else json.dumps(part)) for part in parts)


def encoded(text: str) -> str:
    return _base64(text.encode())


def _base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
