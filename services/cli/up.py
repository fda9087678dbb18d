"""duecare up: the services, run for real."""

import gc
import os
import signal
import socket
import sys
import threading
import time
from importlib import import_module
from typing import Annotated

import typer

from services.cli.console import (
    CommandRefused,
    complaints,
    forget_interruption,
    read_settings,
    say,
    stop_on_signals,
    undisturbed_end,
)
from services.cli.logs import log_json_lines
from services.cli.ports import SERVICES, base_url, check_ports, listen
from services.cli.processes import ServiceProcesses
from shared.settings import Settings

# Seconds that open requests and streams have to finish: as long as one takes whose database has fallen silent. What is
# being sent ends after them, and all is over within the ten seconds that a service is given.
GRACEFUL = 6
SERVICE_HELP = "reviews_api, escalation_api or scheduler; all three where left out."


def up(
    service: Annotated[str | None, typer.Argument(metavar="[SERVICE]", help=SERVICE_HELP)] = None,
    while_stdin_is_open: Annotated[bool, typer.Option("--while-stdin-is-open", hidden=True)] = False,
) -> None:
    """Run one service, or all three, until Ctrl-C or SIGTERM. Logs go to stderr, a JSON object per line.

    The database must be migrated (`duecare migrate`). Tokens are checked with the keys of your OpenID Connect
    provider: DUECARE_OIDC_ISSUER, DUECARE_OIDC_AUDIENCE, DUECARE_OIDC_JWKS_URL. Each service listens on
    DUECARE_HOST (127.0.0.1) at DUECARE_REVIEWS_PORT (8001), DUECARE_ESCALATION_PORT (8002) or
    DUECARE_SCHEDULER_PORT (8003).
    """
    if service is not None and service not in SERVICES:
        raise CommandRefused(f"There is no such service. The services are {', '.join(SERVICES)}.")
    settings = read_settings()
    stop_on_signals()
    if while_stdin_is_open:
        threading.Thread(target=_end_with_stdin, daemon=True).start()
    try:
        _run(settings, service)
    except KeyboardInterrupt:
        forget_interruption()
        raise typer.Exit(0) from None


def _end_with_stdin() -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def _run(settings: Settings, service: str | None) -> None:
    from shared.db.server import database_server

    if service is None:
        check_ports(settings)
        with database_server(settings.database_url, settings.home) as database_url, undisturbed_end():
            run_all(settings, os.environ | {"DATABASE_URL": database_url})
        return
    with (
        listen(settings, service) as listening,
        database_server(settings.database_url, settings.home) as database_url,
        undisturbed_end(),
    ):
        run_one(settings.model_copy(update={"database_url": database_url}), service, listening)


def run_one(settings: Settings, service: str, listening: socket.socket) -> None:
    """Serve until a signal. Raises CommandRefused for settings that the service cannot work with."""
    import uvicorn
    from pydantic import ValidationError

    log_json_lines()
    gc.disable()  # what is loaded to stay is not looked through while it is loaded: that takes a fifth of the time
    try:
        application = import_module(f"services.{service}.app").create_app(settings)
    except ValidationError as error:
        raise CommandRefused(complaints(error)) from None
    except (ValueError, OSError) as error:
        raise CommandRefused(str(error)) from None
    gc.freeze()  # nor, as long as the service lives, again and again
    gc.enable()
    config = uvicorn.Config(
        application,
        http="h11",
        ws="none",
        log_config=None,
        access_log=False,  # the service writes a line of its own, without addresses that hold references
        server_header=False,
        proxy_headers=False,
        h11_max_incomplete_event_size=16_384,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=GRACEFUL,
    )
    server = uvicorn.Server(config)
    server.run(sockets=[listening])
    if not server.started:
        raise CommandRefused(f"{service} did not start: see its log lines above.")


def run_all(settings: Settings, environment: dict[str, str]) -> None:
    """All three, each as a process, until a signal or until one of them ends. Raises CommandRefused for that."""
    with ServiceProcesses(environment) as processes, undisturbed_end():
        for service in SERVICES:
            say(f"{service}: {base_url(settings, service)}/docs")
        while (ended := processes.ended()) is None:
            time.sleep(0.1)
        raise CommandRefused(processes.obituary(ended) + " The others were ended with it.")
