"""`duecare rebuild` as it is typed: killed and taken up again, on a database of its own, by the machine's clock."""

import asyncio
import json
import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from shared.clock import SystemClock
from shared.db.engine import connect
from shared.db.server import ensure_database
from tests.cli.runs import duecare, environment
from tests.forked import Forked
from tests.imports.returns import Return

CHILDREN = 120


@pytest.fixture(scope="module")
def loaded(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database with 120 children, each with a review that is still to come."""
    url = ensure_database(server, f"duecare_rebuild_{os.getpid()}")
    today, said = SystemClock().now().date(), Return()
    began, first, second = (f"{today - timedelta(days=n):%d/%m/%Y}" for n in (150, 140, 60))
    for number in range(CHILDREN):
        child = f"C{number}"
        said.child(child).episode(began, child=child).review(first, child=child).review(second, child=child)
    folder = said.write(tmp_path_factory.mktemp("return"))
    done = duecare("import", "ssda903", str(folder), within=120, DATABASE_URL=url)
    assert done.returncode == 0, done.stderr
    yield url
    asyncio.run(_query(server, f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)'))


def query(url: str, sql: str) -> list[Any]:
    return asyncio.run(_query(url, sql))


async def _query(url: str, sql: str) -> list[Any]:
    engine = connect(url, None, name="tests", pool_size=1)
    try:
        async with engine.connect() as connection:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            await connection.execute(text("SELECT set_config('duecare.authority', 'E08000014', false)"))
            result = await connection.execute(text(sql))
            return list(result) if result.returns_rows else []
    finally:
        await engine.dispose()


def age(url: str) -> None:
    """Leave the database as an older release would have."""
    query(url, "UPDATE history SET law = NULL")
    query(url, "DELETE FROM deadline WHERE outcome = 'open'")


def verified(url: str) -> bool:
    counts = json.loads(duecare("verify", "--json", within=60, DATABASE_URL=url).stdout)
    return not any(counts.values())


def wait_until(url: str, sql: str, within: float = 60) -> None:
    give_up = time.monotonic() + within
    while not query(url, sql)[0][0]:
        assert time.monotonic() < give_up, sql
        time.sleep(0.05)


def test_what_was_killed_in_the_middle_is_taken_up_again_and_nothing_is_done_twice(loaded: str) -> None:
    age(loaded)
    with one_deadline_held(loaded):
        command = Forked(["rebuild"], environment(DATABASE_URL=loaded))
        try:
            rest = f"SELECT count(*) = {CHILDREN - 100} FROM history WHERE law IS NOT NULL"
            wait_until(loaded, rest)
        finally:
            command.kill()
            command.wait(10)
    # What waited for the deadline hears only now that nobody is left to answer to.
    gone = "SELECT count(*) = 0 FROM pg_stat_activity WHERE application_name = 'duecare-rebuild'"
    wait_until(loaded, f"{gone} AND datname = current_database()", 15)
    assert 0 < query(loaded, "SELECT count(*) FROM history WHERE law IS NULL")[0][0] < CHILDREN
    assert query(loaded, "SELECT count(*) FROM deadline WHERE outcome = 'open'")[0][0] < CHILDREN

    again = duecare("rebuild", within=60, DATABASE_URL=loaded)
    assert again.returncode == 0, again.stderr
    assert "100 histories: 100 deadlines opened or changed." in again.stdout
    assert query(loaded, "SELECT count(*) FROM deadline WHERE outcome = 'open'")[0][0] == CHILDREN
    assert verified(loaded)


@contextmanager
def one_deadline_held(url: str) -> Iterator[None]:
    """Somebody holds a deadline of the first history, and whoever comes to it waits in the middle of a batch."""
    with ThreadPoolExecutor(1) as thread:
        held, let_go = Event(), Event()
        holding = thread.submit(asyncio.run, _hold_until(url, held, let_go))
        try:
            assert held.wait(10)
            yield
        finally:
            let_go.set()
            holding.result()


async def _hold_until(url: str, held: Event, let_go: Event) -> None:
    engine = connect(url, None, name="tests", pool_size=1)
    async with engine.begin() as connection:
        await connection.execute(text("SELECT set_config('duecare.authority', 'E08000014', true)"))
        await connection.execute(
            text("""SELECT FROM deadline WHERE history_id = (SELECT id FROM history ORDER BY id LIMIT 1)
                    LIMIT 1 FOR UPDATE""")
        )
        held.set()
        await asyncio.to_thread(let_go.wait)
    await engine.dispose()


def test_a_run_with_nothing_to_do_says_so_and_one_of_all_looks_at_all(loaded: str) -> None:
    idle = duecare("rebuild", DATABASE_URL=loaded)
    assert (idle.returncode, idle.stdout) == (
        0,
        "Looked at 0 histories: 0 deadlines opened or changed.\n",
    )
    every = duecare("rebuild", "--all", "--workers", "1", within=60, DATABASE_URL=loaded)
    assert every.stdout == f"Looked at {CHILDREN} histories: 0 deadlines opened or changed.\n"


def test_a_change_of_the_councils_practice_reaches_every_running_date_and_back(
    loaded: str, tmp_path: Path
) -> None:
    dates = "SELECT id, due_on, outcome FROM deadline ORDER BY id"
    before = query(loaded, dates)
    own = tmp_path / "own.toml"
    own.write_text('authority = "E08000014"\nextends = "sefton"\n[settings]\nreview_interval = "days"\n')
    practice = {"DATABASE_URL": loaded, "DUECARE_POLICY": str(own)}
    assert duecare("rebuild", "--workers", "1", within=60, **practice).returncode == 0
    lengths = query(loaded, "SELECT DISTINCT due_on - starts_on FROM deadline WHERE outcome = 'open'")
    assert lengths == [(183,)]
    assert duecare("verify", within=60, **practice).returncode == 0
    assert duecare("rebuild", "--workers", "1", within=60, DATABASE_URL=loaded).returncode == 0
    assert query(loaded, dates) == before and verified(loaded)


@pytest.mark.parametrize(
    ("options", "settings", "reason"),
    [
        (("--authority", "MISTYPED"), {}, "There is no council with that code"),
        ((), {"DUECARE_AUTHORITY": "E08000001"}, "names another council's practice"),
        ((), {"DUECARE_POLICY": "/no/where.toml"}, "cannot be read"),
    ],
)
def test_what_cannot_be_rebuilt_is_one_line(
    loaded: str, options: tuple[str, ...], settings: dict[str, str], reason: str
) -> None:
    refused = duecare("rebuild", *options, DATABASE_URL=loaded, **settings)
    assert (refused.returncode, refused.stdout, refused.stderr.count("\n")) == (1, "", 1)
    assert reason in refused.stderr


def test_a_migration_says_when_a_rebuild_is_to_follow(loaded: str) -> None:
    assert "duecare rebuild" not in duecare("migrate", DATABASE_URL=loaded).stdout
    query(loaded, "UPDATE history SET law = 'older'")
    assert "run `duecare rebuild`" in duecare("migrate", DATABASE_URL=loaded).stdout
