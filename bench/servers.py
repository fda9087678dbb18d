"""Processes that answer on this machine while something is measured, and one that asks them."""

import asyncio
import json
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from bench.ground import Ground
from shared.auth.local_issuer import LocalIssuer
from shared.settings import Settings

CONNECTIONS = 16
OURS = [sys.executable, "-m", "services.cli.app", "up", "reviews_api"]
OTHER = [sys.executable, "-m", "bench.serving"]


@asynccontextmanager
async def answering(
    ground: Ground, folder: Path, wanted: Sequence[str]
) -> AsyncIterator[tuple[dict[str, int], LocalIssuer]]:
    """The ports of reviews_api ("ours") and of the applications of bench.serving, each a process of its own."""
    settings = Settings()
    issuer = LocalIssuer(folder, settings.oidc_issuer, settings.oidc_audience)
    ports = {name: free_port() for name in wanted}
    environment = os.environ | {
        "DATABASE_URL": ground.database_url,
        "DUECARE_OIDC_JWKS_FILE": str(issuer.jwks_file),
        "DUECARE_REVIEWS_PORT": str(ports.get("ours", 0)),
        "DUECARE_POOL_SIZE": str(CONNECTIONS),
    }
    running = [_start(name, port, environment, folder) for name, port in ports.items()]
    try:
        for port in ports.values():
            await _listening(port)
        yield ports, issuer
    except RuntimeError:
        _show_logs(folder)
        raise
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(15)


def _start(name: str, port: int, environment: Mapping[str, str], folder: Path) -> "subprocess.Popen[bytes]":
    command = OURS if name == "ours" else [*OTHER, name, str(port)]
    with (folder / f"{name.partition(':')[0]}.log").open("wb") as log:
        return subprocess.Popen(command, env=environment, stdout=log, stderr=log)


def _show_logs(folder: Path) -> None:
    for log in folder.glob("*.log"):
        print(log.name, *log.read_text().splitlines()[-12:], sep="\n")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


async def _listening(port: int) -> None:
    for _ in range(300):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.close()
            return
        except OSError:
            await asyncio.sleep(0.1)
    raise RuntimeError("A server did not start to listen.")


async def ask(
    port: int,
    token: str,
    seconds: float,
    addresses: Sequence[str],
    *,
    body: str | None = None,
    connections: int = CONNECTIONS,
) -> dict[str, float]:
    """Ask for so long, from a process of its own: `rate` a second, `p50` and `p95` in milliseconds, and how many were
    `asked`. With a body, each address is asked once."""
    asking = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.load", str(port), str(seconds), str(connections)),
        env=os.environ | {"BENCH_TOKEN": token} | ({"BENCH_BODY": body} if body else {}),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    said, _ = await asyncio.wait_for(asking.communicate(json.dumps(addresses).encode()), seconds + 60)
    if asking.returncode:
        raise RuntimeError("Asking went wrong.")
    return dict(json.loads(said))
