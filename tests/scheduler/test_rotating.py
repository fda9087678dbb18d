import base64
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from standardwebhooks import Webhook, WebhookVerificationError

from services.scheduler.subscriptions.keys import sign
from shared.clock import SystemClock
from tests.scheduler.receiver import Receiver

A_DAY = timedelta(days=1)


@pytest.fixture
def today(bureau):
    """A council whose clock is right: the published verifier believes no other."""
    bureau.clock.set(SystemClock().now())
    return bureau


async def rotate(bureau, subscription, **how):
    path = f"/v1/subscriptions/{subscription['id']}/rotate"
    answer = await bureau.town.ask("scheduler", "POST", path, how or None)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def hear(bureau, receiver):
    """The webhook of one more breach."""
    await bureau.look_after()
    await bureau.tell()
    return receiver.hooks[-1]


def believed(hook, secret):
    try:
        return bool(Webhook(secret).verify(hook.body, hook.headers))
    except WebhookVerificationError:
        return False


def count(hook):
    return len(hook.headers["webhook-signature"].split(" "))


def test_a_signature_is_the_one_that_the_specification_s_own_libraries_expect():
    at, body = datetime.fromtimestamp(1614265330, UTC), '{"test": 2432232314}'
    signature = sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", at, body)
    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


async def test_both_secrets_are_believed_for_a_day_and_then_the_new_one_alone(today):
    async with Receiver.listening() as receiver:
        old = await today.subscribe(receiver, "deadline.breached")
        new = await rotate(today, old)
        assert new["secret"] != old["secret"]
        assert new["previous_until"] == (today.now + A_DAY).isoformat().replace("+00:00", "Z")
        hook = await hear(today, receiver)
        assert count(hook) == 2 and believed(hook, old["secret"]) and believed(hook, new["secret"])
        hook.body += b" "
        assert not believed(hook, old["secret"]) and not believed(hook, new["secret"])

        today.town.pass_time(days=1)
        hook = await hear(today, receiver)
        assert count(hook) == 1
        expected = Webhook(new["secret"]).sign(hook.id, today.now, hook.body.decode())
        assert hook.headers["webhook-signature"] == expected


async def test_two_secrets_sign_at_most_and_without_an_overlap_only_one(today):
    async with Receiver.listening() as receiver:
        first = await today.subscribe(receiver, "deadline.breached")
        second = await rotate(today, first, overlap_hours=168)
        third = await rotate(today, second)
        hook = await hear(today, receiver)
        assert [believed(hook, each["secret"]) for each in (first, second, third)] == [False, True, True]
        last = await rotate(today, third, overlap_hours=0)
        assert last["previous_until"] is None
        hook = await hear(today, receiver)
        assert count(hook) == 1 and believed(hook, last["secret"])


async def test_with_ed25519_the_public_key_is_all_that_is_shown_and_all_that_is_needed(today):
    async with Receiver.listening() as receiver:
        created = await today.subscribe(receiver, "deadline.breached", scheme="ed25519")
        hook = await hear(today, receiver)
    assert created["secret"] is None
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(created["public_key"].removeprefix("whpk_")))
    version, signature = hook.headers["webhook-signature"].split(",")
    signed = f"{hook.id}.{hook.headers['webhook-timestamp']}.".encode() + hook.body
    key.verify(base64.b64decode(signature), signed)
    assert version == "v1a"
    with pytest.raises(InvalidSignature):
        key.verify(base64.b64decode(signature), signed + b" ")
    [row] = await today.town.rows("SELECT secret FROM subscription", "duecare_scheduler")
    path = f"/v1/subscriptions/{created['id']}"
    for where in ("/v1/subscriptions", path, f"{path}/steps", f"{path}/deliveries"):
        assert row.secret not in (await today.town.ask("scheduler", "GET", where)).text


async def test_one_rotation_leads_from_a_shared_secret_to_a_key_of_ones_own(today):
    async with Receiver.listening() as receiver:
        old = await today.subscribe(receiver, "deadline.breached")
        new = await rotate(today, old, scheme="ed25519")
        hook = await hear(today, receiver)
        assert (new["scheme"], new["secret"]) == ("ed25519", None)
        assert [each[:4] for each in hook.headers["webhook-signature"].split(" ")] == [
            "v1a,",
            "v1,"[:4] + hook.headers["webhook-signature"].split(" ")[1][3],
        ]
        assert believed(hook, old["secret"])


async def test_an_answer_that_was_lost_is_given_again_with_the_same_secret(today):
    created = await today.subscribe("http://127.0.0.1:9/hooks")
    path = f"/v1/subscriptions/{created['id']}/rotate"
    first, again = [
        await today.town.ask("scheduler", "POST", path, {}, idempotency_key="one-rotation") for _ in range(2)
    ]
    assert first.json() == again.json()


async def test_a_rotation_that_cannot_be_is_refused(bureau):
    created = await bureau.subscribe("http://127.0.0.1:9/hooks")
    path = f"/v1/subscriptions/{created['id']}/rotate"
    hours = [{"overlap_hours": each} for each in (-1, 169, 1.5, 2**70, True, "day")]
    for body in (*hours, {"scheme": "md5"}, {"scheme": []}, {"secret": "whsec_mine"}, []):
        assert (await bureau.town.ask("scheduler", "POST", path, body)).status_code == 422, body
