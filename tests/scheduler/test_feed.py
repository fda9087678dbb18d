import asyncio
import time
from datetime import timedelta
from urllib.parse import quote

import httpx
import pytest

from services.cli.demo.following import told_in
from shared.auth.principal import Role
from shared.clock import SystemClock
from tests.scheduler.receiver import Receiver


async def test_the_feed_is_read_page_by_page_from_a_position(bureau):
    await bureau.look_after(children=3)
    await bureau.sweep()
    await bureau.relay()
    first = (await bureau.town.ask("scheduler", "GET", "/v1/events?limit=4")).json()
    rest = (await bureau.town.ask("scheduler", "GET", f"/v1/events?after={first['next']}")).json()
    end = (await bureau.town.ask("scheduler", "GET", f"/v1/events?after={rest['next']}")).json()
    assert [each["position"] for each in first["events"] + rest["events"]] == [1, 2, 3, 4, 5, 6]
    assert (first["head"], rest["next"]) == (6, 6)
    assert end == {"events": [], "next": 6, "head": 6}


async def test_an_event_is_thin_and_says_which_deadline_of_which_child(bureau):
    [history] = await bureau.look_after()
    await bureau.sweep()
    await bureau.relay()
    event = (await bureau.feed())[-1]["event"]
    assert event["subject"] == f"deadline/{event['data']['deadline_id']}"
    assert event["data"]["history_id"] == str(history)
    assert event["data"]["timescale"] == "lac-review-first"
    assert event["data"]["link"] == f"/v1/children/{event['data']['child_id']}"


@pytest.mark.parametrize("path", ["/v1/events", "/v1/events/stream"])
@pytest.mark.parametrize("after", ["-1", "x", "1.5", "99", str(2**63), "1e3", "%00"])
async def test_a_position_that_was_never_given_out_is_refused(bureau, path, after):
    assert (await bureau.town.ask("scheduler", "GET", f"{path}?after={after}")).status_code == 422


@pytest.mark.parametrize("forged", ["-1", "1 2", "99", "\u0661", "9" * 30])
async def test_a_stream_refuses_to_resume_from_a_forged_event_id(bureau, forged):
    stream = "/v1/events/stream"
    answer = await bureau.town.ask("scheduler", "GET", stream, last_event_id=forged.encode())
    assert answer.status_code == 422
    answer = await bureau.town.ask("scheduler", "GET", f"{stream}?lastEventId={quote(forged)}")
    assert answer.status_code == 422


@pytest.mark.parametrize("limit", ["0", "1001", "-1", "many"])
async def test_a_page_has_between_one_and_a_thousand_events(bureau, limit):
    assert (await bureau.town.ask("scheduler", "GET", f"/v1/events?limit={limit}")).status_code == 422


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.BUSINESS_SUPPORT, Role.ANALYST])
async def test_the_feed_is_not_for_everybody(bureau, role):
    assert (await bureau.town.ask("scheduler", "GET", "/v1/events", role=role)).status_code == 403


async def test_a_stream_resumes_where_it_broke_and_ends_cleanly_when_the_service_stops(live):
    async with live.scheduler() as process:
        process.start()
        await process.ready()
        await live.bureau.look_after(children=3)
        await live.drained()
        first = await read_stream(live, process, events=2)
        [third] = await read_stream(live, process, query=f"?lastEventId={first[-1].position}", events=1)
        assert third.position == first[-1].position + 1
        resumed = asyncio.create_task(
            read_stream(live, process, last_event_id=str(first[-1].position), events=7)
        )
        await asyncio.sleep(0.5)
        await live.bureau.look_after(children=1)
        await live.drained()
        await asyncio.sleep(1)
        began = time.monotonic()
        process.terminate()
        rest = await asyncio.wait_for(resumed, 10)
        assert await process.ended() in (0, -15)
        assert time.monotonic() - began < 10
    told = first + rest
    assert [each.position for each in told] == list(range(1, 9))
    assert [each.type for each in told].count("deadline.breached") == 4
    assert "deadline.opened" in told[0].data


async def test_a_stream_ends_when_its_token_expires(live):
    async with live.scheduler() as process:
        process.start()
        await process.ready()
        now = SystemClock().now()
        token = live.town.token(Role.IRO, at=now - timedelta(hours=12) + timedelta(seconds=3))
        await asyncio.wait_for(read_stream(live, process, token=token), 8)
        assert timedelta(seconds=2) <= SystemClock().now() - now


async def test_a_scheduler_without_a_schema_stops_and_says_so_by_its_status(live, server):
    async with live.scheduler(DATABASE_URL=server) as process, Receiver.listening():
        process.start()
        assert await process.ended() == 70


async def read_stream(live, process, *, events=None, last_event_id=None, token=None, query=""):
    """The stream's events until there are so many, or until the service ends it."""
    headers = {"authorization": f"Bearer {token or live.town.token(Role.IRO)}"}
    if last_event_id:
        headers["last-event-id"] = last_event_id
    told = []
    async with (
        httpx.AsyncClient(timeout=20, trust_env=False) as client,
        client.stream("GET", f"{process.url}/v1/events/stream{query}", headers=headers) as answer,
    ):
        assert answer.status_code == 200
        async for each in told_in(answer.aiter_lines()):
            told.append(each)
            if len(told) == events:
                break
    return told
