"""A consumer of Duecare's events: takes webhooks, catches up from the feed, and does what each event asks once.

What it has seen stands in an SQLite file beside what it made of it, and both change in one transaction: however often
an event comes, in whatever order, by whichever way, and wherever the consumer dies, its effect is there once.
"""

import os
import re
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
from signatures import Event, verified
from standardwebhooks import WebhookVerificationError

LARGEST = 65_536  # bytes; an event is far smaller
PAGE = 500
TABLES = """
    CREATE TABLE IF NOT EXISTS seen (id TEXT PRIMARY KEY);
    CREATE TABLE IF NOT EXISTS place (one INTEGER PRIMARY KEY CHECK (one = 1), position INTEGER, id TEXT);
    CREATE TABLE IF NOT EXISTS went_back (one INTEGER PRIMARY KEY CHECK (one = 1));
    CREATE TABLE IF NOT EXISTS breaches (timescale TEXT PRIMARY KEY, times INTEGER);
"""


def count_breaches(db: sqlite3.Connection, event: Event) -> None:
    """What this consumer is for: put yours here. What it does elsewhere than in `db` may happen twice."""
    change = {"deadline.breached": 1, "breach.withdrawn": -1}.get(event["type"])
    if change:
        add = "INSERT INTO breaches VALUES (?, ?) ON CONFLICT DO UPDATE SET times = times + excluded.times"
        db.execute(add, (event["data"]["timescale"], change))


@dataclass(frozen=True)
class Inbox:
    """What this consumer has seen, and the last event of the feed that it read: its position, and its id."""

    path: str
    effect: Callable[[sqlite3.Connection, Event], None] = count_breaches

    def __post_init__(self) -> None:
        with closing(self._open()) as db:
            db.executescript("PRAGMA journal_mode = wal;" + TABLES)

    def take(self, events: Iterable[Event], place: tuple[int, str] | None = None) -> int:
        """Do what is asked by each event that was not seen yet, and note the place: all of it, or nothing."""
        new = 0
        with closing(self._open()) as db, db:
            db.execute("BEGIN IMMEDIATE")
            for event in events:
                if db.execute("INSERT INTO seen VALUES (?) ON CONFLICT DO NOTHING", (event["id"],)).rowcount:
                    self.effect(db, event)
                    new += 1
            if place:
                db.execute("INSERT OR REPLACE INTO place VALUES (1, ?, ?)", place)
        return new

    def place(self) -> tuple[int, str]:
        """The position and the id of the last event of the feed that was read; 0 and nothing before the first."""
        with closing(self._open()) as db:
            return tuple(db.execute("SELECT position, id FROM place").fetchone() or (0, ""))

    def go_back(self) -> None:
        """Read from the start. Until Duecare has been told, it is to be told that this was meant."""
        with closing(self._open()) as db, db:
            db.execute("DELETE FROM place")
            db.execute("INSERT OR IGNORE INTO went_back VALUES (1)")

    def went_back(self) -> bool:
        """Whether Duecare is yet to be told that going back was meant."""
        with closing(self._open()) as db:
            return db.execute("SELECT one FROM went_back").fetchone() is not None

    def has_told(self) -> None:
        """Duecare knows that going back was meant."""
        with closing(self._open()) as db, db:
            db.execute("DELETE FROM went_back")

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path, timeout=30)


class Hooks(BaseHTTPRequestHandler):
    """Takes webhooks. What is not answered with 2xx comes again, so the answer comes after the commit."""

    inbox: Inbox
    key: str
    timeout = 20  # seconds for each thing that is waited for; Duecare waits no longer for all of it

    def do_POST(self) -> None:
        """204 once its effect is there, known or new; 401 unsigned, 400 of no fit length, 500 to get it again."""
        length = self.headers.get("content-length") or ""
        if not re.fullmatch("[0-9]{1,9}", length) or int(length) > LARGEST:
            self.answer(400)
            return
        body = self.rfile.read(int(length))
        headers = {name.lower(): value for name, value in self.headers.items()}
        try:
            event = verified(self.key, body, headers)
            new = self.inbox.take([event])
        except WebhookVerificationError as error:
            print(f"a webhook was refused ({error})", flush=True)
            self.answer(401)
        except Exception as error:
            print(f"an event could not be taken in ({type(error).__name__})", flush=True)
            self.answer(500)
        else:
            self.answer(204)
            print(f"{event['type']} by webhook{'' if new else ', known already'}", flush=True)

    def answer(self, status: int) -> None:
        """No more than a status: that alone says whether it comes again."""
        self.send_response(status)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Requests are not logged."""


def serve(inbox: Inbox, key: str, port: int, hooks: type[Hooks] = Hooks) -> ThreadingHTTPServer:
    """Take webhooks on this machine, in a thread, until `shutdown`; for others, behind your own TLS."""
    server = ThreadingHTTPServer(("127.0.0.1", port), type("Hooks", (hooks,), {"inbox": inbox, "key": key}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def catch_up(feed: httpx.Client, inbox: Inbox) -> int:
    """Read the feed from the last event that was read to the end; how many events were new."""
    position, last = inbox.place()
    after, new = max(position - 1, 0), 0
    while True:
        answer = feed.get("/v1/events", params={"after": after, "limit": PAGE})
        if after < position and not continues(answer, last):
            # Duecare came back from a backup. Ids stay: read from the start, and drop what was seen.
            inbox.go_back()
            position = after = 0
            continue
        page = answer.raise_for_status().json()
        if page["events"]:
            position, last = page["events"][-1]["position"], page["events"][-1]["event"]["id"]
            new += inbox.take((each["event"] for each in page["events"]), (position, last))
        if page["next"] >= page["head"]:
            return new
        after = page["next"]  # also past a stretch in which nothing was for this reader


def continues(answer: httpx.Response, last: str) -> bool:
    """Whether the last event that was read is still in its place, where the page begins."""
    if answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY:
        return False  # the feed does not come so far any more
    events = answer.raise_for_status().json()["events"]
    return bool(events) and events[0]["event"]["id"] == last


def report(feed: httpx.Client, inbox: Inbox, name: str) -> None:
    """Tell Duecare how far this consumer is, so that somebody notices where it falls behind."""
    # Only who knows why says `back`: any other earlier position is refused, as of a second consumer by this name.
    held = {"position": inbox.place()[0], "back": inbox.went_back()}
    feed.put(f"/v1/consumers/{name}", json=held).raise_for_status()
    inbox.has_told()


def follow(feed: httpx.Client, inbox: Inbox, name: str | None, seconds: float = 5) -> None:
    """Catch up for ever; with growing pauses while Duecare is away."""
    pause = seconds
    while True:
        try:
            if new := catch_up(feed, inbox):
                print(f"{new} new events from the feed, read to {inbox.place()[0]}", flush=True)
            if name:
                report(feed, inbox, name)
            pause = seconds
        except (httpx.HTTPError, OSError) as error:
            pause = min(pause * 2, 300)
            print(f"{failing(error)}; again in {pause:.0f} s", flush=True)
        time.sleep(pause)


def failing(error: Exception) -> str:
    """What was answered to what, or why there was no answer."""
    if isinstance(error, httpx.HTTPStatusError):
        asked = error.request
        return f"{error.response.status_code} to {asked.method} {asked.url.path}"
    return f"no answer to be had ({type(error).__name__})"


def bearer(environment: Mapping[str, str]) -> Callable[[httpx.Request], httpx.Request]:
    """Shows the token with each request; one in a file is read anew each time, as it ends sooner than this does."""

    def show(request: httpx.Request) -> httpx.Request:
        file = environment.get("DUECARE_TOKEN_FILE")
        token = Path(file).read_text().strip() if file else environment["DUECARE_TOKEN"]
        request.headers["authorization"] = f"Bearer {token}"
        return request

    return show


def main() -> None:
    """What the variables of the environment say; webhooks only where there is a DUECARE_SECRET."""
    inbox, key = Inbox(os.environ.get("CONSUMER_DB", "consumer.db")), os.environ.get("DUECARE_SECRET")
    if key:
        serve(inbox, key, int(os.environ.get("CONSUMER_PORT", "8900")))
    address = os.environ.get("DUECARE_URL", "http://127.0.0.1:8003")
    print(
        f"read to {inbox.place()[0]}; {'webhooks are taken' if key else 'no webhooks are taken'}", flush=True
    )
    with httpx.Client(base_url=address, auth=bearer(os.environ), timeout=30) as feed:
        follow(feed, inbox, os.environ.get("CONSUMER_NAME"))


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main()
