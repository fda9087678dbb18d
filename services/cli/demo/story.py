"""The demonstration from beginning to end."""

import asyncio
import os
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass
from datetime import datetime

from rich.console import Console

from services.cli.console import CommandRefused, undisturbed_end
from services.cli.demo.api import Api, open_api
from services.cli.demo.board import show_board
from services.cli.demo.credentials import Credentials, make_credentials, services_environment
from services.cli.demo.following import following
from services.cli.demo.ladder import raise_an_alert
from services.cli.demo.live import BREACH, Hearing, Live, Wanted, subscribe
from services.cli.demo.newcomers import register_newcomers
from services.cli.demo.preparation import prepare_database
from services.cli.demo.receiver import receiving
from services.cli.ports import SERVICES, base_url, check_ports
from services.cli.processes import ServiceProcesses
from shared.clock import Clock
from shared.db.server import database_server
from shared.deadlines.law import Law, law
from shared.settings import Settings

READY_WITHIN = 60.0  # seconds
HEARD_WITHIN = 60.0
LIVE = """
Live, by signed webhook, and each breach by live stream and in the feed as well, the same event:
72 hours are about to run out, and an alert has waited too long for an answer."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What every scene needs."""

    settings: Settings
    database_url: str
    law: Law
    clock: Clock
    console: Console
    credentials: Credentials
    started: datetime


def run_demo(settings: Settings, clock: Clock, console: Console, *, once: bool) -> None:
    """Run until interrupted; with `once`, until all that is wanted of this run was heard. Raises CommandRefused."""
    started, rules = clock.now(), law(settings.practice)
    check_ports(settings)
    with ExitStack() as stack:
        stack.callback(console.print, f"Stopped. The data stay in {_where(settings)}.")
        console.print("Starting PostgreSQL ..." if not settings.database_url else "Asking PostgreSQL ...")
        database_url = stack.enter_context(database_server(settings.database_url, settings.home))
        stack.enter_context(undisturbed_end())
        prepare_database(database_url, settings, rules, clock, console)
        credentials = make_credentials(settings, clock.now())
        environment = services_environment(credentials, settings, database_url, os.environ)
        console.print("Starting the three services ...")
        logs = settings.home.absolute() / "logs"
        processes = stack.enter_context(ServiceProcesses(environment, logs))
        stack.callback(console.print, "\nStopping ...")
        stack.enter_context(undisturbed_end())
        asyncio.run(
            play(Stage(settings, database_url, rules, clock, console, credentials, started), processes, once)
        )


async def play(stage: Stage, processes: ServiceProcesses, once: bool) -> None:
    """What happens while the services run."""
    async with AsyncExitStack() as stack:
        api = await stack.enter_async_context(open_api(stage.settings, stage.credentials.tokens))
        await until_ready(api, processes)
        hearing: Hearing = asyncio.Queue()
        receiver = await stack.enter_async_context(receiving(hearing.put_nowait))
        await subscribe(api, receiver)
        await stack.enter_async_context(following(api, {BREACH}, hearing.put_nowait))
        references = await register_newcomers(api, stage.clock.now(), once=once)
        alert = await raise_an_alert(api, stage.settings, stage.database_url, stage.law, stage.clock.now())
        introduce(stage)
        await show_board(api, stage.console, stage.clock.now())
        stage.console.print(LIVE, style="bold")
        titles = {each.code: each.title for each in stage.law.catalogue.timescales}
        live = Live(api, stage.console, stage.clock, titles, references)
        await watch(stage, processes, hearing, live, Wanted(stage.started, alert) if once else None)


async def until_ready(api: Api, processes: ServiceProcesses) -> None:
    """Wait until every service can work. Raises CommandRefused with the last log lines of one that ended."""
    try:
        async with asyncio.timeout(READY_WITHIN):
            for service in SERVICES:
                while not await api.is_ready(service):
                    _must_run(processes)
                    await asyncio.sleep(0.1)
    except TimeoutError:
        raise CommandRefused(
            f"{service} is not ready after a minute: see {processes.log_of(service)}."
        ) from None


async def watch(
    stage: Stage, processes: ServiceProcesses, hearing: Hearing, live: Live, wanted: Wanted | None
) -> None:
    """Print events as they come: for ever, or until all that is wanted was heard. Raises CommandRefused."""
    listening = asyncio.create_task(_listen(stage, hearing, live, wanted))
    try:
        async with asyncio.timeout(HEARD_WITHIN if wanted else None):
            while not listening.done():
                _must_run(processes)
                await asyncio.wait([listening], timeout=0.5)
        listening.result()
    except TimeoutError:
        raise CommandRefused(
            f"Not heard within {HEARD_WITHIN:.0f} seconds: {wanted}. See {processes.log_of('scheduler')}."
        ) from None
    finally:
        listening.cancel()


async def _listen(stage: Stage, hearing: Hearing, live: Live, wanted: Wanted | None) -> None:
    while wanted is None or wanted.left:
        heard = await live.show(hearing)
        if wanted is not None:
            wanted.hear(heard)
    stage.console.print("Heard: all that this run waited for, a breach by each way; the signatures verify.")


def introduce(stage: Stage) -> None:
    """Print the addresses and the tokens, ready to paste."""
    console = stage.console
    console.print("\nAddresses (each with its own documentation)", style="bold")
    for service in SERVICES:
        console.print(f"  {service:<15} {base_url(stage.settings, service)}/docs")
    console.print("\nTokens, valid for 12 hours", style="bold", end="")
    console.print(f"; also in {stage.credentials.folder}")
    for role, token in stage.credentials.tokens.items():
        console.print(f"  {role.value:<17} {token}")
    console.print()


def _must_run(processes: ServiceProcesses) -> None:
    if (ended := processes.ended()) is not None:
        raise CommandRefused(processes.obituary(ended))


def _where(settings: Settings) -> str:
    return "your database" if settings.database_url else f"{settings.home}; the next start takes seconds"
