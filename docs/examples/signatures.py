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
        Webhook(key).verify(body, dict(headers))
    event: Event = json.loads(body)
    return event


def verify_ed25519(key: str, body: bytes, headers: Mapping[str, str]) -> None:
    """The same for a subscription whose scheme is ed25519: the library verifies shared secrets alone."""
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key.removeprefix("whpk_")))
    try:
        at = headers["webhook-timestamp"]
        if abs(time.time() - int(at)) > TOLERANCE:  # noqa: TID251  an example for other programs than Duecare
            raise WebhookVerificationError("Too old, or too new.")
        signed = f"{headers['webhook-id']}.{at}.".encode() + body
        signatures = headers["webhook-signature"].split()
        public.verify(
            base64.b64decode(next(each[4:] for each in signatures if each.startswith("v1a,"))), signed
        )
    except (KeyError, ValueError, StopIteration, InvalidSignature) as error:
        raise WebhookVerificationError("Not signed with this key.") from error
