"""What webhooks are signed with, as Standard Webhooks writes it: the prefix of a secret says how it signs."""

import base64
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from standardwebhooks import Webhook

SHARED, PRIVATE, PUBLIC = "whsec_", "whsk_", "whpk_"
SEED = 32  # bytes of a private key; the public one follows them


class Scheme(StrEnum):
    """How webhooks are signed: with a secret that both sides hold, or with a key of which the receiver has the public
    half (`v1` and `v1a` of Standard Webhooks)."""

    HMAC = "hmac"
    ED25519 = "ed25519"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """What signs, and of an ed25519 pair the half that is shown."""

    scheme: Scheme
    secret: str = field(repr=False)
    public_key: str | None = None


def new_key(scheme: Scheme) -> SigningKey:
    """32 random bytes that both sides hold, or a pair of which the private half never leaves."""
    if scheme is Scheme.HMAC:
        return SigningKey(scheme, SHARED + _text(secrets.token_bytes(32)))
    pair = Ed25519PrivateKey.generate()
    public = pair.public_key().public_bytes_raw()
    return SigningKey(scheme, PRIVATE + _text(pair.private_bytes_raw() + public), PUBLIC + _text(public))


def sign(secret: str, event: str, at: datetime, body: str) -> str:
    """One signature of the event's id, the instant (to the second, UTC) and the body: `v1,...` or `v1a,...`."""
    if secret.startswith(PRIVATE):
        signed = f"{event}.{int(at.timestamp())}.{body}".encode()
        return "v1a," + _text(_private(secret).sign(signed))
    return _shared(secret).sign(event, at, body)


@lru_cache(maxsize=256)
def _private(secret: str) -> Ed25519PrivateKey:
    seed = base64.b64decode(secret.removeprefix(PRIVATE))[:SEED]
    return Ed25519PrivateKey.from_private_bytes(seed)


@lru_cache(maxsize=256)
def _shared(secret: str) -> Webhook:
    return Webhook(secret)


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()
