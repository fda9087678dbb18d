"""What was told is told once more to whoever asks: the same ids, the same bytes, and nothing else waits for it."""

from contextlib import suppress
from uuid import UUID

import pytest

from services.scheduler.replays.queries import find_replay
from services.scheduler.replays.replaying import carry_on, hand_out
from shared.db.session import authority_session
from tests.scheduler.receiver import Receiver

EVERYTHING = {"after": 0}


async def ask(bureau, subscription, body, status=202, **headers):
    path = f"/v1/subscriptions/{subscription['id']}/replays"
    answer = await bureau.town.ask("scheduler", "POST", path, body, **headers)
    assert answer.status_code == status, answer.text
    return answer.json()


async def carried_out(bureau, batch=1000):
    while await carry_on(bureau.engine, bureau.town.authority, bureau.now, batch):
        await bureau.deliver()


async def progress(bureau, replay):
    answer = (await bureau.town.ask("scheduler", "GET", f"/v1/replays/{replay['id']}")).json()
    return answer["reached"], answer["events"], answer["finished_at"] is not None


async def test_a_late_subscriber_is_told_what_was_told_before_in_order_and_only_what_it_wants(bureau):
    async with Receiver.listening() as first, Receiver.listening() as late:
        await bureau.subscribe(first)
        await bureau.look_after(children=3)
        await bureau.tell()
        subscription = await bureau.subscribe(late, "deadline.breached")
        replay = await ask(bureau, subscription, EVERYTHING)
        assert await progress(bureau, replay) == (0, 0, False)
        await carried_out(bureau, batch=2)
        assert await progress(bureau, replay) == (6, 3, True)
        told = {hook.id: hook.body for hook in first.hooks if b'"deadline.breached"' in hook.body}
        assert {hook.id: hook.body for hook in late.hooks} == told


async def test_history_is_told_again_only_where_that_is_asked_for(bureau):
    async with Receiver.listening() as receiver:
        subscription = await bureau.subscribe(receiver, "deadline.breached")
        await bureau.look_after(historic=True)
        await bureau.tell()
        await ask(bureau, subscription, EVERYTHING)
        await carried_out(bureau)
        assert receiver.hooks == []
        await ask(bureau, subscription, EVERYTHING | {"historic": True})
        await carried_out(bureau)
        assert [hook.event["type"] for hook in receiver.hooks] == ["deadline.breached"]


async def test_a_dead_letter_that_is_replayed_begins_its_schedule_anew_and_the_same_key_does_it_once(bureau):
    async with Receiver.listening("500 Oh No", "500 Oh No") as receiver:
        subscription = await bureau.subscribe(receiver, "deadline.breached")
        await bureau.look_after()
        await bureau.sweep()
        await bureau.relay()
        await bureau.town.rows("UPDATE delivery SET attempts = 9 RETURNING 1", "duecare_scheduler")
        await bureau.deliver()
        [letter] = (await bureau.town.ask("scheduler", "GET", "/v1/dead_letters")).json()["dead_letters"]
        asked = [
            await ask(bureau, subscription, {"event_id": letter["event_id"]}, idempotency_key="k")
            for _ in "12"
        ]
        assert asked[0] == asked[1]
        await carried_out(bureau)
        [row] = await bureau.town.rows("SELECT state, attempts FROM delivery")
        assert tuple(row) == ("waiting", 1)
        bureau.town.pass_time(seconds=6)
        await bureau.deliver()
        assert len(set(receiver.ids)) == 1 and len(receiver.hooks) == 3
        assert len(await bureau.town.rows("SELECT 1 FROM replay")) == 1


async def test_a_replay_hands_out_no_more_than_may_wait_and_stops_where_the_subscription_ends(bureau):
    async with Receiver.listening() as receiver:
        subscription = await bureau.subscribe(receiver, "deadline.opened")
        await bureau.look_after(children=5)
        await bureau.relay()
        await bureau.deliver()
        replay = await ask(bureau, subscription, EVERYTHING)
        for _ in range(3):
            await carry_on(bureau.engine, bureau.town.authority, bureau.now, 2)
        assert await progress(bureau, replay) == (2, 2, False)
        await bureau.town.ask("scheduler", "DELETE", f"/v1/subscriptions/{subscription['id']}")
        await carried_out(bureau)
        assert await progress(bureau, replay) == (2, 2, True)
        await ask(bureau, subscription, EVERYTHING, status=409)


async def test_a_replay_that_dies_midway_goes_on_and_hands_out_nothing_twice(bureau):
    async with Receiver.listening() as receiver:
        await bureau.look_after(children=5)
        await bureau.relay()
        subscription = await bureau.subscribe(receiver, "deadline.opened")
        replay = await ask(bureau, subscription, EVERYTHING)
        await carry_on(bureau.engine, bureau.town.authority, bureau.now, 2)
        await bureau.deliver()
        with suppress(ZeroDivisionError):
            async with authority_session(bureau.engine, bureau.town.authority) as session:
                known = await find_replay(session, bureau.town.authority, UUID(replay["id"]))
                assert await hand_out(session, known, bureau.now, 2) == 2
                raise ZeroDivisionError
        await carried_out(bureau, batch=2)
        assert await progress(bureau, replay) == (5, 5, True)
        assert len(receiver.hooks) == len(set(receiver.ids)) == 5


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/"),
        ({"until": 3}, "/"),
        ({"after": 0, "event_id": "0f6f8f0e-4c61-5e0a-8a0e-0d1b6a1d7c55"}, "/"),
        ({"event_id": "0f6f8f0e-4c61-5e0a-8a0e-0d1b6a1d7c55"}, "/event_id"),
        ({"after": 5, "until": 5}, "/"),
        ({"after": 9}, "/after"),
        ({"after": 0, "until": 9}, "/until"),
        ({"after": -1}, "/after"),
        ({"after": 2**63}, "/after"),
    ],
)
async def test_what_the_feed_does_not_hold_cannot_be_replayed(bureau, body, pointer):
    subscription = await bureau.subscribe(Receiver(port=9))
    answer = await ask(bureau, subscription, body, status=422)
    assert answer["errors"][0]["pointer"] == pointer
