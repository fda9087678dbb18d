"""Services as processes that can be killed and started anew in a blink, under a clock that a file tells.

`python -m tests.stateful.server` loads once what takes long, and then reads orders from its standard input, a line
each: a service, a port, and perhaps a crash point. For each it starts a process that serves, and says its id. When the
orders end, so do they all.
"""

import os
import signal
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from services.reviews_api.app import create_app as create_reviews_api
from shared.settings import Settings


class ToldClock:
    """Tells the instant that a file holds."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def now(self) -> datetime:
        return datetime.fromisoformat(self.path.read_text()).astimezone(UTC)


def main() -> None:
    settings, clock = Settings(), ToldClock(Path(os.environ["TOLD_CLOCK"]))
    reviews = create_reviews_api(settings, clock)
    signal.signal(
        signal.SIGCHLD, signal.SIG_IGN
    )  # who has died is gone at once, and nobody need ask after them
    children = []
    for order in sys.stdin:
        service, port, *crash = order.split()
        child = os.fork()
        if not child:
            serve(reviews if service == "reviews" else scheduler(settings, clock, *crash), int(port))
        children.append(child)
        print(child, flush=True)
    for child in children:
        end(child)


def scheduler(settings: Settings, clock: ToldClock, crash: str = "") -> FastAPI:
    """Loaded only here: where it is to die is read when it is loaded."""
    os.environ["DUECARE_CRASHPOINT"] = crash
    from services.scheduler.app import create_app

    return create_app(settings, clock)


def serve(app: FastAPI, port: int) -> None:
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error")).run()
    os._exit(0)


def end(child: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)


if __name__ == "__main__":
    main()
