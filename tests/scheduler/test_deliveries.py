from datetime import timedelta

from standardwebhooks import Webhook

from services.scheduler.deliveries.lane import AT_ONCE
from services.scheduler.deliveries.retry import SCHEDULE
from tests.scheduler.receiver import Receiver


async def listed(bureau, subscription, **query):
    path = f"/v1/subscriptions/{subscription['id']}/deliveries?" + "&".join(
        f"{k}={v}" for k, v in query.items()
    )
    answer = await bureau.town.ask("scheduler", "GET", path)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_breach_reaches_the_subscriber_signed_and_in_the_words_of_the_feed(bureau):
    async with Receiver.listening() as receiver:
        subscription = await bureau.subscribe(receiver, "deadline.breached")
        await bureau.look_after()
        await bureau.tell()
        [hook] = receiver.hooks
        event = (await bureau.feed())[-1]["event"]
        signature = Webhook(subscription["secret"]).sign(hook.id, bureau.now, hook.body.decode())
        assert hook.id == event["id"]
        assert hook.headers["webhook-timestamp"] == str(int(bureau.now.timestamp()))
        assert hook.headers["webhook-signature"] == signature
        assert hook.body.decode() in (await bureau.town.ask("scheduler", "GET", "/v1/events")).text


async def test_a_receiver_that_fails_once_gets_the_same_id_and_the_same_bytes_again(bureau):
    async with Receiver.listening("500 Oh No") as receiver:
        subscription = await bureau.subscribe(receiver, "deadline.breached")
        await bureau.look_after()
        await bureau.tell()
        bureau.town.pass_time(seconds=4)
        await bureau.deliver()
        assert len(receiver.hooks) == 1
        bureau.town.pass_time(seconds=2)
        await bureau.deliver()

        first, again = receiver.hooks
        assert (first.id, first.body) == (again.id, again.body)
        assert first.headers["webhook-timestamp"] != again.headers["webhook-timestamp"]
        [delivery] = (await listed(bureau, subscription))["deliveries"]
        assert (delivery["state"], delivery["attempts"]) == ("delivered", 2)
        assert [(each["outcome"], each["status"]) for each in delivery["tried"]] == [
            ("refused", 500),
            ("delivered", 204),
        ]


async def test_a_redirect_is_a_failure_and_is_not_followed(bureau):
    async with Receiver.listening() as elsewhere:
        extra = f"location: {elsewhere.url}\r\n"
        async with Receiver.listening("307 Temporary Redirect", extra=extra) as receiver:
            subscription = await bureau.subscribe(receiver, "deadline.breached")
            await bureau.look_after()
            await bureau.tell()
            [delivery] = (await listed(bureau, subscription, state="waiting"))["deliveries"]
            assert delivery["tried"][0] | {"milliseconds": 0} == {
                "attempted_at": bureau.now.isoformat().replace("+00:00", "Z"),
                "outcome": "refused",
                "status": 307,
                "milliseconds": 0,
                "first_bytes": None,
            }
            assert elsewhere.hooks == []


async def test_a_receiver_that_is_gone_ends_the_subscription_and_is_not_asked_again(bureau):
    async with Receiver.listening("410 Gone") as receiver:
        subscription = await bureau.subscribe(receiver, "deadline.breached")
        await bureau.look_after()
        await bureau.tell()
        await bureau.look_after()
        bureau.town.pass_time(days=2)
        await bureau.tell()
        shown = await bureau.town.ask("scheduler", "GET", f"/v1/subscriptions/{subscription['id']}")
        assert shown.json()["ended_because"] == "gone"
        assert (await bureau.told()).count("subscription.ended") == 1
        assert len(receiver.hooks) == 1
        assert {each["state"] for each in (await listed(bureau, subscription))["deliveries"]} == {"ended"}


async def test_after_the_last_attempt_a_delivery_is_dead_and_the_event_is_still_in_the_feed(bureau):
    async with Receiver.listening(*["503 Busy"] * 10) as receiver:
        subscription = await bureau.subscribe(receiver, "deadline.breached")
        await bureau.look_after()
        await bureau.tell()
        for seconds in (*SCHEDULE, 2 * SCHEDULE[-1]):
            bureau.town.pass_time(seconds=seconds * 1.1)
            await bureau.deliver()
        [delivery] = (await listed(bureau, subscription, state="dead"))["deliveries"]
        assert len(receiver.hooks) == delivery["attempts"] == len(delivery["tried"]) == 10
        assert delivery["next_attempt_at"] is None
        assert "deadline.breached" in await bureau.told()


async def test_a_receiver_that_asks_for_patience_gets_it(bureau):
    async with Receiver.listening("429 Slow Down", extra="retry-after: 3600\r\n") as receiver:
        await bureau.subscribe(receiver, "deadline.breached")
        await bureau.look_after()
        await bureau.tell()
        bureau.town.pass_time(minutes=59)
        await bureau.deliver()
        assert len(receiver.hooks) == 1
        bureau.town.pass_time(minutes=2)
        await bureau.deliver()
        assert len(receiver.hooks) == 2


async def test_one_deadlines_story_arrives_in_order_and_no_other_deadline_waits_for_it(bureau):
    async with Receiver.listening("500 Oh No") as receiver:
        await bureau.subscribe(receiver)
        [first] = await bureau.look_after()
        await bureau.relay()
        await bureau.deliver()
        await bureau.sweep()
        [other] = await bureau.look_after()
        await bureau.tell()

        def heard(history):
            return [hook for hook in receiver.hooks[1:] if str(history).encode() in hook.body]

        assert heard(first) == []
        assert len(heard(other)) == 2
        bureau.town.pass_time(seconds=10)
        await bureau.deliver()
        assert [b"deadline.opened" in hook.body for hook in heard(first)] == [True, False]


async def test_a_subscriber_is_sent_eight_at_once_and_a_slow_one_delays_nobody_else(bureau):
    async with Receiver.listening(delay=0.3) as slow, Receiver.listening() as quick:
        await bureau.subscribe(slow, "deadline.breached")
        await bureau.subscribe(quick, "deadline.breached")
        await bureau.look_after(children=20)
        await bureau.tell()
        assert len(slow.hooks) == len(quick.hooks) == 20
        assert slow.most_at_once == AT_ONCE


async def test_what_a_dead_sender_had_claimed_is_sent_by_another_when_the_claim_runs_out(bureau):
    async with Receiver.listening() as receiver:
        await bureau.subscribe(receiver, "deadline.breached")
        await bureau.look_after()
        await bureau.sweep()
        await bureau.relay()
        async with bureau.town.owner.begin() as connection:
            await connection.exec_driver_sql("SET LOCAL row_security = off")
            claimed = "UPDATE delivery SET claimed_until = $1 WHERE authority_id = $2"
            until = bureau.now + timedelta(seconds=30)
            await connection.exec_driver_sql(claimed, (until, bureau.town.authority))
        await bureau.deliver()
        assert receiver.hooks == []
        bureau.town.pass_time(seconds=30)
        await bureau.deliver()
        assert len(receiver.hooks) == 1


async def test_deliveries_are_listed_page_by_page(bureau):
    async with Receiver.listening() as receiver:
        subscription = await bureau.subscribe(receiver)
        await bureau.look_after(children=3)
        await bureau.tell()
        first = await listed(bureau, subscription, limit=4)
        rest = await listed(bureau, subscription, limit=4, after=first["next"])
        assert [each["position"] for each in first["deliveries"] + rest["deliveries"]] == [1, 2, 3, 4, 5, 6]
        assert rest["next"] is None


async def test_nobody_listening_is_an_attempt_like_any_other(bureau):
    async with Receiver.listening() as receiver:
        subscription = await bureau.subscribe(receiver, "deadline.breached")
    await bureau.look_after()
    await bureau.tell()
    [delivery] = (await listed(bureau, subscription))["deliveries"]
    assert delivery["tried"][0]["outcome"] == "unreachable"
    assert delivery["tried"][0]["status"] is None


async def test_an_address_nobody_can_reach_costs_only_its_own_delivery(bureau):
    async with Receiver.listening() as receiver:
        good = await bureau.subscribe(receiver, "deadline.breached")
        await bureau.look_after()
        await bureau.town.rows(
            "INSERT INTO subscription (authority_id, id, url, secret, created_at, created_by) "
            "SELECT authority_id, gen_random_uuid(), 'http://127.0.0.1:99999/', secret, created_at, created_by "
            "FROM subscription RETURNING id",
            "duecare_scheduler",
        )
        await bureau.tell()
        assert len(receiver.hooks) == 1
        [delivery] = (await listed(bureau, good))["deliveries"]
        assert delivery["state"] == "delivered"
        states = await bureau.town.rows("SELECT outcome FROM delivery_attempt ORDER BY outcome")
        assert [row.outcome for row in states] == ["barred", "delivered"]


async def test_a_receivers_cookie_is_not_sent_on(bureau):
    async with Receiver.listening(extra="set-cookie: mark=1; path=/\r\n") as receiver:
        await bureau.subscribe(receiver, "deadline.breached")
        await bureau.look_after()
        await bureau.tell()
        await bureau.look_after()
        await bureau.tell()
        assert len(receiver.hooks) == 2
        assert all("cookie" not in hook.headers for hook in receiver.hooks)
