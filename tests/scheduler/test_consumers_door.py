"""What comes to the door of the consumer that docs/examples shows, from whoever finds it."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import consumer
import pytest
from signatures import verified
from standardwebhooks import WebhookVerificationError

from services.scheduler.subscriptions.keys import Scheme, SigningKey, new_key, sign
from shared.clock import SystemClock

EVENT = b'{"id": "e1", "type": "review.held", "data": {}}'


def headers(*keys: SigningKey, **other: str) -> dict[str, str]:
    """A webhook's own, signed with each of these keys just now."""
    at = SystemClock().now()
    own = {
        "webhook-id": "e1",
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(sign(key.secret, "e1", at, EVENT.decode()) for key in keys),
    }
    return own | {name.replace("_", "-"): value for name, value in other.items()}


@pytest.mark.parametrize("scheme", Scheme)
def test_while_a_key_is_replaced_a_receiver_with_either_believes_the_webhook(scheme: Scheme) -> None:
    before, now, other = (new_key(scheme) for _ in range(3))
    for key in (before, now):
        assert verified(key.public_key or key.secret, EVENT, headers(now, before)) == json.loads(EVENT)
    with pytest.raises(WebhookVerificationError):
        verified(other.public_key or other.secret, EVENT, headers(now, before))


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize("signature", ["", "v1", "garbage", "v1,a,b", "v1a,!", "v1,", "v1a,AAAA v1,AAAA"])
def test_a_signature_of_any_other_shape_is_nobodys(scheme: Scheme, signature: str) -> None:
    key = new_key(scheme)
    with pytest.raises(WebhookVerificationError):
        verified(key.public_key or key.secret, EVENT, headers(key, webhook_signature=signature))


@pytest.mark.parametrize("scheme", Scheme)
def test_a_body_that_is_no_text_is_nobodys(scheme: Scheme) -> None:
    key = new_key(scheme)
    with pytest.raises(WebhookVerificationError):
        verified(key.public_key or key.secret, b"\xff\xfe", headers(key))


@pytest.fixture
def door(tmp_path: Path) -> Iterator[int]:
    """The port at which a consumer takes webhooks."""
    inbox = consumer.Inbox(str(tmp_path / "consumer.db"))
    with consumer.serve(inbox, new_key(Scheme.HMAC).secret, 0) as server:
        yield server.server_port
        server.shutdown()


@pytest.mark.parametrize("length", ["-1", "many", "٣", "9" * 5000, "65537", ""])
async def test_who_lies_about_the_length_is_told_so_at_once(door: int, length: str) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", door)
    writer.write(f"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: {length}\r\n\r\n{{}}".encode())
    async with asyncio.timeout(5):
        assert (await reader.readline()).split()[1:2] == [b"400"]
    writer.close()


async def test_who_sends_nothing_more_is_not_waited_for(tmp_path: Path) -> None:
    class Hasty(consumer.Hooks):
        timeout = consumer.Hooks.timeout / 200

    with consumer.serve(consumer.Inbox(str(tmp_path / "consumer.db")), "whsec_AA==", 0, Hasty) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.server_port)
        writer.write(b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 40\r\n\r\n{}")
        async with asyncio.timeout(5):
            assert await reader.read() == b""
        writer.close()
        server.shutdown()
