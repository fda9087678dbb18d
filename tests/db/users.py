"""Processes that use an embedded server, and what can be seen of it from outside."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import asyncpg

from shared.db.embedded_postmaster import Postmaster, running_postmaster

ROOT = Path(__file__).parents[2]
USE_UNTIL_KILLED = """
import sys, time
from pathlib import Path
from shared.db.embedded import EmbeddedServer, EmbeddedServerError
try:
    print(EmbeddedServer(Path(sys.argv[1])).start(), flush=True)
except EmbeddedServerError as error:
    sys.exit(str(error))
time.sleep(600)
"""


def answer(url: str, statement: str) -> object:
    async def ask() -> object:
        connection = await asyncpg.connect(url)
        try:
            return await connection.fetchval(statement)
        finally:
            await connection.close()

    return asyncio.run(ask())


def server_of(home: Path) -> Postmaster | None:
    return running_postmaster(home.resolve() / "postgres")


def modes_above(*paths: Path) -> dict[Path, int]:
    """The modes of every folder above these paths."""
    return {folder: folder.stat().st_mode for path in paths for folder in path.parents}


def another_user_of(
    home: Path,
    python: str = sys.executable,
    user: int | None = None,
    variables: Mapping[str, str] | None = None,
) -> subprocess.Popen[str]:
    """Another process that uses the server in `home` until it is killed; its first line is the URL."""
    return subprocess.Popen(
        [python, "-c", USE_UNTIL_KILLED, str(home)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd="/",
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path[1:]]), **(variables or {})},
        user=user,
        group=user,
        extra_groups=None if user is None else [],
    )


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()
