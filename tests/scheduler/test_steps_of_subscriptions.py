import pytest

from tests.scheduler.receiver import Receiver

NOWHERE = "/v1/subscriptions/00000000-0000-7000-8000-000000000000"


async def step(bureau, subscription, verb, expect=200, **headers):
    path = f"/v1/subscriptions/{subscription['id']}/{verb}"
    answer = await bureau.town.ask("scheduler", "POST", path, **headers)
    assert answer.status_code == expect, answer.text
    return answer.json()


async def put(bureau, subscription, expect, if_match=None, **body):
    headers = {"if_match": if_match} if if_match else {}
    path = f"/v1/subscriptions/{subscription['id']}"
    answer = await bureau.town.ask("scheduler", "PUT", path, body, **headers)
    assert answer.status_code == expect, answer.text
    return answer


async def end(bureau, subscription):
    await bureau.town.ask("scheduler", "DELETE", f"/v1/subscriptions/{subscription['id']}")


async def test_while_it_is_paused_all_waits_and_then_all_is_sent_in_order(bureau):
    async with Receiver.listening() as receiver:
        created = await bureau.subscribe(receiver)
        for _ in range(2):
            paused = await step(bureau, created, "pause")
        assert (paused["state"], paused["paused_by"], paused["version"]) == ("paused", "somebody", 2)
        assert paused["possible"] == ["change", "rotate", "resume", "end"]
        [history] = await bureau.look_after()
        await bureau.tell()
        bureau.town.pass_time(days=3)
        await bureau.tell()
        assert receiver.hooks == []
        for _ in range(2):
            resumed = await step(bureau, created, "resume")
        assert (resumed["state"], resumed["paused_at"], resumed["version"]) == ("active", None, 3)
        await bureau.deliver()
        story = [hook.event["type"] for hook in receiver.hooks if str(history) in hook.body.decode()]
        assert story == ["deadline.opened", "deadline.breached"]


async def test_a_ping_reaches_the_one_that_asked_whatever_its_filters_and_nobody_else(bureau):
    async with Receiver.listening() as receiver, Receiver.listening() as other:
        created = await bureau.subscribe(receiver, "review.held", teams=["north"])
        await bureau.subscribe(other)
        pinged = await step(bureau, created, "ping", 202)
        await bureau.tell()
        [hook] = receiver.hooks
        assert (hook.id, hook.event["type"]) == (pinged["event_id"], "subscription.pinged")
        assert other.hooks == []


async def test_another_ping_takes_along_those_that_failed_before_it(bureau):
    async with Receiver.listening("500 Oh No") as receiver:
        created = await bureau.subscribe(receiver, "review.held")
        first = await step(bureau, created, "ping", 202)
        await bureau.tell()
        again = await step(bureau, created, "ping", 202)
        await bureau.tell()
        await bureau.deliver()
        assert receiver.ids == [first["event_id"], first["event_id"], again["event_id"]]


async def test_nothing_is_done_with_one_that_ended_and_no_ping_is_sent_to_one_that_is_paused(bureau):
    created = await bureau.subscribe("http://127.0.0.1:9/hooks")
    await step(bureau, created, "pause")
    assert "It can be" in (await step(bureau, created, "ping", 409))["detail"]
    await end(bureau, created)
    for verb in ("ping", "pause", "resume", "rotate"):
        await step(bureau, created, verb, 409)
    await put(bureau, created, 409, '"3"', url="http://127.0.0.1:9/other")
    shown = (await bureau.town.ask("scheduler", "GET", f"/v1/subscriptions/{created['id']}")).json()
    assert (shown["state"], shown["possible"]) == ("ended", [])


@pytest.mark.parametrize("verb", ["ping", "pause", "resume", "rotate", "steps", ""])
async def test_one_that_is_not_there_is_404(bureau, verb):
    method = {"steps": "GET", "": "PUT"}.get(verb, "POST")
    body = {"url": "http://127.0.0.1:9/hooks"} if method == "PUT" else None
    answer = await bureau.town.ask("scheduler", method, f"{NOWHERE}/{verb}".rstrip("/"), body)
    assert answer.status_code == 404


async def test_a_change_needs_the_version_that_was_read_and_the_same_again_changes_nothing(bureau):
    created = await bureau.subscribe("http://127.0.0.1:9/hooks", "review.held")
    wanted = {"url": "http://127.0.0.1:9/other", "types": ["deadline.*", "deadline.*"], "teams": ["north"]}
    await put(bureau, created, 428, **wanted)
    await put(bureau, created, 412, '"7"', **wanted)
    changed = await put(bureau, created, 200, '"1"', **wanted)
    assert changed.headers["etag"] == '"2"'
    assert (changed.json()["types"], changed.json()["officers"]) == (["deadline.*"], None)
    assert (await put(bureau, created, 200, **wanted)).json() == changed.json()
    moved = await put(bureau, created, 200, '"2"', **wanted | {"url": "http://127.0.0.1:9/third"})
    assert (moved.json()["teams"], moved.headers["etag"]) == (["north"], '"3"')
    await step(bureau, created, "pause", 412, if_match='"1"')


async def test_the_record_says_who_did_what_and_what_it_was_before(bureau):
    created = await bureau.subscribe("http://127.0.0.1:9/hooks", "review.held")
    await put(bureau, created, 200, '"1"', url="http://127.0.0.1:9/other", types=["review.held"])
    await step(bureau, created, "rotate")
    await end(bureau, created)
    answer = await bureau.town.ask("scheduler", "GET", f"/v1/subscriptions/{created['id']}/steps")
    steps = answer.json()["steps"]
    assert [(each["verb"], each["version"]) for each in steps] == [
        ("end", 4),
        ("rotate", 3),
        ("change", 2),
        ("subscribe", 1),
    ]
    assert {each["taken_by"] for each in steps} == {"somebody"}
    assert steps[2]["was"] == {"url": "http://127.0.0.1:9/hooks"}
    assert "whsec_" not in answer.text


async def test_the_end_of_a_subscription_is_told_once(bureau):
    created = await bureau.subscribe("http://127.0.0.1:9/hooks")
    for _ in range(2):
        await end(bureau, created)
    await bureau.relay()
    assert await bureau.told() == ["subscription.ended"]
