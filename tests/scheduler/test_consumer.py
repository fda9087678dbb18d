"""The consumer that docs/examples shows, beside a real scheduler: each event has its effect once, whatever happens."""

import asyncio
import base64
import json
import os
import random
import shutil
import signal
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from functools import partial
from pathlib import Path

import consumer
import httpx
import pytest
import uvicorn
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from signatures import verified
from standardwebhooks import WebhookVerificationError

from shared.auth.principal import Role
from shared.clock import FixedClock, SystemClock
from tests.scheduler.bureau import Bureau
from tests.scheduler.process import ROOT, free_port
from tests.scheduler.receiver import Receiver
from tests.scheduler.restoring import restored_to
from tests.town import Town


@pytest.fixture
def clock() -> FixedClock:
    """Now: a signature is valid for five minutes of the receiver's own clock."""
    return FixedClock(SystemClock().now())


@pytest.fixture
async def feed(town: Town) -> AsyncIterator[httpx.Client]:
    """The scheduler, served over HTTP, as the consumer's client reaches it."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(town.apps["scheduler"], lifespan="off", log_level="error")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    token = {"authorization": f"Bearer {town.token(Role.CASE_SYSTEM)}"}
    with httpx.Client(base_url=f"http://127.0.0.1:{listening.getsockname()[1]}", headers=token) as client:
        yield client
    server.should_exit = True
    await serving


def note(db: sqlite3.Connection, event: consumer.Event) -> None:
    """An effect that shows whether it was there once; the event is read by CloudEvents' own library."""
    read = JSONFormat().read(CloudEvent, json.dumps(event))
    db.execute("CREATE TABLE IF NOT EXISTS done (id TEXT, type TEXT)")
    db.execute("INSERT INTO done VALUES (?, ?)", (read.get_id(), read.get_type()))


def done(inbox: consumer.Inbox) -> list[str]:
    with closing(sqlite3.connect(inbox.path)) as db:
        return [row[0] for row in db.execute("SELECT id FROM done ORDER BY rowid")]


@pytest.fixture
def inbox(tmp_path: Path) -> consumer.Inbox:
    return consumer.Inbox(str(tmp_path / "consumer.db"), note)


async def catch_up(feed: httpx.Client, inbox: consumer.Inbox) -> int:
    return await asyncio.to_thread(consumer.catch_up, feed, inbox)


async def test_webhooks_that_repeat_come_in_any_order_and_lose_their_answers_have_their_effect_once(
    bureau: Bureau, inbox: consumer.Inbox, feed: httpx.Client
) -> None:
    lost = iter([False, True, True, False, True])

    class Forgetful(consumer.Hooks):
        def answer(self, status: int) -> None:
            if next(lost, False):
                self.connection.shutdown(socket.SHUT_RDWR)
            else:
                super().answer(status)

    async with Receiver.listening() as overheard:
        secret = (await bureau.subscribe(overheard))["secret"]
        await bureau.look_after(children=6)
        await bureau.tell()
    hooks = overheard.hooks * 3
    random.Random(11).shuffle(hooks)

    with consumer.serve(inbox, secret, 0, Forgetful) as server:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{server.server_port}") as sender:
            statuses = [await post(sender, hook.body, hook.headers) for hook in hooks]
            forged = overheard.hooks[0].body.replace(b"lac-review", b"lax-review")
            assert await post(sender, forged, overheard.hooks[0].headers) == 401
        server.shutdown()

    assert statuses.count(None) == 3 and set(statuses) == {None, 204}
    assert len(done(inbox)) == len(set(done(inbox))) == len(overheard.hooks) > 6
    assert await catch_up(feed, inbox) == 0
    assert inbox.place()[0] == len(overheard.hooks)


async def post(sender: httpx.AsyncClient, body: bytes, headers: dict[str, str]) -> int | None:
    """The status of the answer; None where the connection broke."""
    signed = {name: value for name, value in headers.items() if name.startswith("webhook-")}
    try:
        return (await sender.post("/hooks", content=body, headers=signed)).status_code
    except httpx.TransportError:
        return None


async def test_an_effect_that_fails_is_not_there_and_the_event_is_not_seen(
    bureau: Bureau, inbox: consumer.Inbox, feed: httpx.Client
) -> None:
    await bureau.look_after(children=3)
    await bureau.tell()

    def half(db: sqlite3.Connection, event: consumer.Event) -> None:
        note(db, event)
        if event["type"] == "deadline.breached":
            raise RuntimeError("The power failed.")

    with pytest.raises(RuntimeError):
        await catch_up(feed, consumer.Inbox(inbox.path, half))
    assert inbox.place() == (0, "")
    assert await catch_up(feed, inbox) == 6
    assert done(inbox) == [each["event"]["id"] for each in await bureau.feed()]


async def test_killed_with_webhooks_coming_in_it_catches_up_from_where_it_was(
    bureau: Bureau, feed: httpx.Client, tmp_path: Path
) -> None:
    port = free_port()
    answer = await bureau.town.ask(
        "scheduler", "POST", "/v1/subscriptions", {"url": f"http://127.0.0.1:{port}/hooks"}
    )
    db = tmp_path / "consumer.db"
    environment = os.environ | {
        "CONSUMER_DB": str(db),
        "CONSUMER_PORT": str(port),
        "DUECARE_SECRET": answer.json()["secret"],
        "DUECARE_TOKEN": bureau.town.token(Role.CASE_SYSTEM),
        "DUECARE_URL": str(feed.base_url),
    }
    start = partial(asyncio.create_subprocess_exec, sys.executable, "docs/examples/consumer.py", cwd=ROOT)
    quiet = {"env": environment, "stdout": asyncio.subprocess.DEVNULL}

    first = await start(**quiet)
    await until_it_has_read(db, 0)
    await bureau.look_after(children=30)
    await bureau.sweep()
    await bureau.relay()
    delivering = asyncio.create_task(bureau.deliver())
    await until_it_has_read(db, 5)
    first.kill()
    await asyncio.gather(first.wait(), delivering)
    await bureau.look_after(children=4)
    await bureau.sweep()
    await bureau.relay()

    second = await start(**quiet)
    await until_it_has_read(db, 68)
    second.kill()
    await second.wait()
    with closing(sqlite3.connect(db)) as read:
        assert read.execute("SELECT * FROM breaches").fetchall() == [("lac-review-first", 34)]


@pytest.mark.skipif(
    shutil.which("curl") is None, reason="curl is not here: the README's block cannot be run."
)
async def test_the_readmes_consumer_runs_as_pasted(
    bureau: Bureau, feed: httpx.Client, tmp_path: Path
) -> None:
    section = (ROOT / "README.md").read_text().split("## Hearing of it")[1]
    block, port = section.split("```sh\n")[1].split("```")[0], free_port()
    (tmp_path / "token").write_text(bureau.town.token(Role.CASE_SYSTEM) + "\n")
    here = {
        "http://127.0.0.1:8003": str(feed.base_url).rstrip("/"),
        ".duecare/tokens/case_system": str(tmp_path / "token"),
        ".venv/bin/python": sys.executable,
        "8900": str(port),
    }
    for words, ours in here.items():
        assert words in block
        block = block.replace(words, ours)
    db = tmp_path / "consumer.db"
    environment = os.environ | {"CONSUMER_DB": str(db), "CONSUMER_PORT": str(port)}
    shell = await asyncio.create_subprocess_exec(
        "bash", "-c", block, cwd=ROOT, env=environment, stdout=asyncio.subprocess.PIPE, start_new_session=True
    )
    assert shell.stdout
    try:
        await until_it_has_read(db, 0)
        await bureau.look_after()
        await bureau.tell()
        async with asyncio.timeout(20):
            while not (await shell.stdout.readline()).startswith(b"deadline.breached by webhook"):
                pass
    finally:
        os.killpg(shell.pid, signal.SIGINT)
        await shell.wait()


async def until_it_has_read(db: Path, events: int) -> None:
    async with asyncio.timeout(20):
        while True:
            try:
                with closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as read:
                    if read.execute("SELECT count(*) FROM seen").fetchone()[0] >= events:
                        return
            except sqlite3.OperationalError:
                pass  # not made yet
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("since", [0, 9])
async def test_after_a_backup_was_put_back_it_reads_from_the_start_and_repeats_nothing(
    bureau: Bureau, inbox: consumer.Inbox, feed: httpx.Client, since: int
) -> None:
    await bureau.look_after(children=3)
    await bureau.tell()
    assert await catch_up(feed, inbox) == 6

    await asyncio.to_thread(consumer.report, feed, inbox, "example")

    await restored_to(bureau.town, 3)
    await bureau.look_after(children=since)
    await bureau.relay()

    assert await catch_up(feed, inbox) == since
    assert await catch_up(feed, inbox) == 0
    assert len(done(inbox)) == len(set(done(inbox))) == 6 + since
    assert inbox.place()[0] == 3 + since
    await asyncio.to_thread(consumer.report, feed, inbox, "example")
    assert await bureau.town.rows("SELECT reference, position FROM consumer") == [("example", 3 + since)]


async def test_what_another_consumer_said_under_the_same_name_is_not_taken_back_by_one_that_is_behind(
    bureau: Bureau, inbox: consumer.Inbox, feed: httpx.Client, tmp_path: Path
) -> None:
    await bureau.look_after(children=3)
    await bureau.tell()
    assert await catch_up(feed, inbox) == 6
    await asyncio.to_thread(consumer.report, feed, inbox, "example")

    other = consumer.Inbox(str(tmp_path / "other.db"), note)
    with pytest.raises(httpx.HTTPStatusError, match="409"):
        await asyncio.to_thread(consumer.report, feed, other, "example")
    assert await bureau.town.rows("SELECT position FROM consumer") == [(6,)]


async def test_it_says_that_it_went_back_until_that_was_heard_and_then_no_more(
    bureau: Bureau, inbox: consumer.Inbox, feed: httpx.Client
) -> None:
    await bureau.look_after(children=3)
    await bureau.tell()
    assert await catch_up(feed, inbox) == 6
    await restored_to(bureau.town, 3)
    assert await catch_up(feed, inbox) == 0

    said: list[object] = []

    def hear(request: httpx.Request) -> httpx.Response:
        said.append(json.loads(request.content))
        return httpx.Response(503 if len(said) == 1 else 200)

    with httpx.Client(base_url="http://duecare.example", transport=httpx.MockTransport(hear)) as deaf:
        with pytest.raises(httpx.HTTPStatusError, match="503"):
            consumer.report(deaf, inbox, "example")
        for again in (consumer.Inbox(inbox.path, note), inbox):  # as after a new start
            consumer.report(deaf, again, "example")
    assert said == [{"position": 3, "back": back} for back in (True, True, False)]


class Enough(Exception):
    """Ends a consumer that would follow for ever."""


@pytest.mark.parametrize("status", [403, 409])
def test_a_position_that_is_refused_is_told_with_what_was_answered_to_what(
    inbox: consumer.Inbox, capsys: pytest.CaptureFixture[str], status: int
) -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        if len(asked) == 2:
            raise Enough
        asked.append(request.method)
        end = {"events": [], "next": 0, "head": 0}
        return httpx.Response(200, json=end) if request.method == "GET" else httpx.Response(status)

    far = httpx.Client(base_url="http://duecare.example", transport=httpx.MockTransport(answer))
    with far as feed, pytest.raises(Enough):
        consumer.follow(feed, inbox, "example", seconds=0)
    assert capsys.readouterr().out == f"{status} to PUT /v1/consumers/example; again in 0 s\n"


def test_the_token_in_a_file_is_read_anew_once_it_was_replaced(
    tmp_path: Path, inbox: consumer.Inbox, capsys: pytest.CaptureFixture[str]
) -> None:
    file, shown = tmp_path / "token", []

    def answer(request: httpx.Request) -> httpx.Response:
        shown.append(request.headers["authorization"])
        if shown[-1] == "Bearer second":
            raise Enough
        file.write_text("second\n")
        return httpx.Response(401)

    file.write_text("first\n")
    auth = consumer.bearer({"DUECARE_TOKEN_FILE": str(file), "DUECARE_TOKEN": "another"})
    far = httpx.Client(base_url="http://duecare.example", auth=auth, transport=httpx.MockTransport(answer))
    with far as feed, pytest.raises(Enough):
        consumer.follow(feed, inbox, None, seconds=0)
    assert shown == ["Bearer first", "Bearer second"]
    assert capsys.readouterr().out == "401 to GET /v1/events; again in 0 s\n"


def test_a_webhook_signed_with_another_key_or_long_ago_is_nobodys() -> None:
    pair = Ed25519PrivateKey.generate()
    public = "whpk_" + base64.b64encode(pair.public_key().public_bytes_raw()).decode()
    body, now = b'{"type": "review.held"}', int(SystemClock().now().timestamp())

    def headers(at: int, by: Ed25519PrivateKey = pair) -> dict[str, str]:
        signature = base64.b64encode(by.sign(f"e1.{at}.".encode() + body)).decode()
        return {
            "webhook-id": "e1",
            "webhook-timestamp": str(at),
            "webhook-signature": f"v1,AA== v1a,{signature}",
        }

    assert verified(public, body, headers(now)) == {"type": "review.held"}
    forged = [
        headers(now - 301),
        headers(now, Ed25519PrivateKey.generate()),
        headers(now) | {"webhook-id": "e2"},
        {},
    ]
    for each in forged:
        with pytest.raises(WebhookVerificationError):
            verified(public, body, each)
