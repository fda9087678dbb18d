"""Whether a webhook is Duecare's: Standard Webhooks, with a secret of both sides or with Duecare's public key."""

import base64
import json
import time
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from standardwebhooks import Webhook, WebhookVerificationError

Event = dict[str, Any]
TOLERANCE = 300  # seconds that the time of a signature may be off


def verified(key: str, body: bytes, headers: Mapping[str, str]) -> Event:
    """The event. `key` is the subscription's secret (whsec_...) or its public key (whpk_...); the names of the headers
    are in small letters. Raises WebhookVerificationError."""
    if key.startswith("whpk_"):
        verify_ed25519(key, body, headers)
    else:
        verify_shared(Webhook(key), body, headers)
    event: Event = json.loads(body)
    return event


def verify_shared(secret: Webhook, body: bytes, headers: Mapping[str, str]) -> None:
    """What the library does, which raises something else where a header or the body has another shape."""
    try:
        secret.verify(body, dict(headers))
    except ValueError as error:
        raise WebhookVerificationError("Not signed with this secret.") from error


def verify_ed25519(key: str, body: bytes, headers: Mapping[str, str]) -> None:
    """The same for a subscription whose scheme is ed25519: the library verifies shared secrets alone. While a key is
    replaced there are two signatures; one that fits is enough."""
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key.removeprefix("whpk_")))
    try:
        at = headers["webhook-timestamp"]
        if abs(time.time() - int(at)) > TOLERANCE:  # noqa: TID251  an example for other programs than Duecare
            raise WebhookVerificationError("Too old, or too new.")
        signed = f"{headers['webhook-id']}.{at}.".encode() + body
        signatures = headers["webhook-signature"].split()
    except (KeyError, ValueError) as error:
        raise WebhookVerificationError("Not signed as a webhook is.") from error
    if not any(fits(public, each[4:], signed) for each in signatures if each.startswith("v1a,")):
        raise WebhookVerificationError("Not signed with this key.")


def fits(public: Ed25519PublicKey, signature: str, signed: bytes) -> bool:
    """Whether a signature in base64 is this key's."""
    try:
        public.verify(base64.b64decode(signature), signed)
    except (ValueError, InvalidSignature):
        return False
    return True
