"""Services as processes that can be killed and started anew in a blink, under the machine's clock or one that a file
tells.

`python -m tests.stateful.server` loads once what takes long, and then reads orders from its standard input, a line
each: a service, a port, and perhaps variables of the environment. For each it starts a process that serves, and says
its id. When the orders end, so do they all.
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
from services.scheduler import crashpoints
from services.scheduler.app import create_app as create_scheduler
from shared.clock import Clock, SystemClock
from shared.settings import Settings

CREATE = {"reviews": create_reviews_api, "scheduler": create_scheduler}


class ToldClock:
    """Tells the instant that a file holds."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def now(self) -> datetime:
        return datetime.fromisoformat(self.path.read_text()).astimezone(UTC)


def main() -> None:
    told = os.environ.get("TOLD_CLOCK")
    clock = ToldClock(Path(told)) if told else SystemClock()
    made = {name: create(Settings(), clock) for name, create in CREATE.items()}
    signal.signal(
        signal.SIGCHLD, signal.SIG_IGN
    )  # who has died is gone at once, and nobody need ask after them
    children = []
    for order in sys.stdin:
        service, port, *variables = order.split()
        child = os.fork()
        if not child:
            serve(one(service, made, clock, variables), int(port))
        children.append(child)
        print(child, flush=True)
    for child in children:
        end(child)


def one(service: str, made: dict[str, FastAPI], clock: Clock, variables: list[str]) -> FastAPI:
    """The service that was made before, or one that goes by other variables."""
    changed = dict(each.split("=", 1) for each in variables)
    os.environ.update(changed)
    crashpoints.arm(changed.pop("DUECARE_CRASHPOINT", ""))
    return CREATE[service](Settings(), clock) if changed else made[service]


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
