"""Starts the three services with a small council and asks each of them all that its document offers, and much that it
does not: `make schemas`, or `make schemas ARGS=--long` for an hour's worth."""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from bench.servers import free_port
from services.cli.demo.api import open_api
from services.cli.demo.credentials import Credentials, make_credentials, services_environment
from services.cli.demo.story import until_ready
from services.cli.migrate import prepare
from services.cli.ports import SERVICES, base_url
from services.cli.processes import ServiceProcesses
from shared.clock import SystemClock
from shared.db.server import database_server, passing_database
from shared.settings import Settings
from shared.timescales.london import london_date
from tests.schemas.council import Council
from tests.schemas.plan import plan
from tests.schemas.roles import ORDERS

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "ignored_auth",
)
"""Not missing_required_header: it leaves out the token, which is then sent all the same. ignored_auth does without."""
SECONDS = {"reviews_api": 50, "escalation_api": 8, "scheduler": 12}
"""How long each service is asked in the short run, at most."""
COMMON = (f"--checks={','.join(CHECKS)}", "--seed=617", "--no-color")
LONG = ("--phases=examples,coverage,fuzzing,stateful", "--max-examples=60")


def main() -> int:
    """The number of runs that found something."""
    options, more = _options()
    with tempfile.TemporaryDirectory() as folder, _served(Path(folder)) as (settings, credentials, processes):
        known = asyncio.run(_settled(settings, credentials, processes))
        failed = 0
        for order in ORDERS if options.long else ORDERS[:1]:
            for service in options.service or SERVICES:
                config = Path(folder) / "schemathesis.toml"
                config.write_text(plan(service, order, credentials.tokens, known))
                extent = (*(LONG if options.long else _short(service)), *more)
                failed += _run(config, base_url(settings, service), extent) != 0
        return failed


def _options() -> tuple[argparse.Namespace, list[str]]:
    """Ours, and those that schemathesis is to have as they are."""
    parser = argparse.ArgumentParser(prog="python -m tests.schemas")
    parser.add_argument("--service", choices=SERVICES, action="append", help="only this one; may be repeated")
    parser.add_argument("--long", action="store_true", help="ask far more, as three roles in turn")
    return parser.parse_known_args()


@contextmanager
def _served(folder: Path) -> Iterator[tuple[Settings, Credentials, ServiceProcesses]]:
    """The services, on free ports and a database of their own."""
    ports = {port: free_port() for port in SERVICES.values()}
    settings = Settings(home=folder, **ports)
    with (
        database_server(settings.database_url, folder) as server,
        passing_database(server, f"duecare_schemas_{os.getpid()}") as url,
    ):
        asyncio.run(prepare(url, settings))
        credentials = make_credentials(settings, SystemClock().now())
        told = {f"DUECARE_{name.upper()}": str(port) for name, port in ports.items()}
        environment = services_environment(credentials, settings, url, os.environ) | told
        with ServiceProcesses(environment, folder / "logs") as processes:
            yield settings, credentials, processes


async def _settled(
    settings: Settings, credentials: Credentials, processes: ServiceProcesses
) -> Mapping[str, list[str]]:
    async with open_api(settings, credentials.tokens) as api:
        await until_ready(api, processes)
        documents = {service: await _document(api.client, settings, service) for service in SERVICES}
        council = Council(api, documents, london_date(SystemClock().now()))
        await council.settle()
        return council.known


async def _document(client: httpx.AsyncClient, settings: Settings, service: str) -> Any:
    return (await client.get(f"{base_url(settings, service)}/openapi.json")).json()


def _run(config: Path, url: str, extent: tuple[str, ...]) -> int:
    command = [Path(sys.executable).with_name("schemathesis"), "--config-file", config, "run"]
    return subprocess.run([*command, f"{url}/openapi.json", *COMMON, *extent], check=False).returncode


def _short(service: str) -> tuple[str, ...]:
    return ("--phases=examples,fuzzing", "--no-shrink", f"--max-time={SECONDS[service]}")


if __name__ == "__main__":
    sys.exit(main())
