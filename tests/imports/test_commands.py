"""`duecare import ssda903` and `duecare verify`, as they are typed."""

import asyncio
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner, Result

from services.cli.app import app
from shared.db.engine import connect
from shared.db.server import ensure_database
from tests.imports.returns import Return

SAID = Return().child().episode("01/02/2025").review("20/02/2025").review("24/01/2025")


@pytest.fixture(scope="module")
def empty_database(server: str) -> Iterator[str]:
    """A database in which nothing has been made yet."""
    name = f"duecare_import_{os.getpid()}"
    yield ensure_database(server, name)
    asyncio.run(execute(server, f'DROP DATABASE "{name}" WITH (FORCE)'))


async def execute(url: str, sql: str) -> None:
    engine = connect(url, None, name="tests", pool_size=1)
    async with engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(text("SELECT set_config('duecare.authority', 'NEW', false)"))
        await connection.execute(text(sql))
    await engine.dispose()


def duecare(*words: str, database_url: str = "postgresql://nobody@127.0.0.1:1/none") -> Result:
    result = CliRunner().invoke(app, list(words), env={"DATABASE_URL": database_url})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    assert "Traceback" not in result.output
    return result


def test_an_empty_database_is_made_ready_read_into_and_verified(empty_database: str, tmp_path: Path) -> None:
    command = ("import", "ssda903", str(SAID.write(tmp_path)), "--authority", "NEW", "--json")
    first = duecare(*command, database_url=empty_database)
    assert first.exit_code == 0, first.output
    summary = json.loads(first.stdout)
    assert summary["reviews"] == {"read": 2, "accepted": 1, "unchanged": 0, "rejected": 1}
    assert summary["rejections"] == [
        {
            "file": "reviews.csv",
            "row": 3,
            "column": "REVIEW",
            "code": "no_care_period",
            "message": "The child was not looked after on that date, as far as the episodes say.",
        }
    ]
    assert (summary["children"], summary["care_periods"], summary["dry_run"]) == (1, 1, False)
    assert summary["deadlines"] == {"met": 1, "late": 0, "overdue": 1, "running": 0}
    verified = duecare("verify", database_url=empty_database)
    assert verified.exit_code == 0, verified.output
    assert "0 overdue deadlines without a breach" in verified.stdout
    asyncio.run(execute(empty_database, "DELETE FROM breach"))
    faulty = duecare("verify", "--json", database_url=empty_database)
    assert faulty.exit_code == 1
    assert json.loads(faulty.stdout)["overdue_without_breach"] == 1


def test_the_terminal_shows_the_first_twenty_and_counts_them_all(empty_database: str, tmp_path: Path) -> None:
    said = Return().child()
    for day in range(1, 26):
        said.review(f"{day:02}/01/2020")
    command = ("import", "ssda903", str(said.write(tmp_path)), "--dry-run")
    shown = duecare(*command, database_url=empty_database)
    assert shown.exit_code == 0, shown.output
    assert "25 no_care_period" in shown.stdout
    assert shown.stdout.count("reviews.csv, row") == 20
    assert "and 5 more" in shown.stdout
    assert "A dry run: nothing was kept." in shown.stdout


@pytest.mark.parametrize("break_it", ["no folder", "no file", "no column", "no such code"])
def test_input_that_cannot_be_used_is_one_line_and_exit_code_2(tmp_path: Path, break_it: str) -> None:
    folder = SAID.write(tmp_path / "here")
    words = ["import", "ssda903", str(folder)]
    if break_it == "no folder":
        words[-1] = str(tmp_path / "there")
    elif break_it == "no file":
        (folder / "header.csv").unlink()
    elif break_it == "no column":
        (folder / "header.csv").write_text("CHILD\n")
    else:
        words += ["--authority", "not a code"]
    result = duecare(*words)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)


def test_a_database_out_of_reach_is_one_line_and_exit_code_1(tmp_path: Path) -> None:
    result = duecare("import", "ssda903", str(SAID.write(tmp_path)))
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)


def test_verifying_a_database_without_tables_is_one_line_and_exit_code_1(server: str) -> None:
    result = duecare("verify", database_url=server)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)


@pytest.mark.parametrize(
    "words", [("import", "--help"), ("import", "ssda903", "--help"), ("verify", "--help")]
)
def test_help_is_there_for_a_newcomer(words: tuple[str, ...]) -> None:
    assert duecare(*words).exit_code == 0


def test_a_dry_run_adds_no_council(empty_database: str, tmp_path: Path) -> None:
    folder = str(Return().child().write(tmp_path))
    shown = duecare(
        "import", "ssda903", folder, "--authority", "MISTYPED", "--dry-run", database_url=empty_database
    )
    assert (shown.exit_code, shown.output) == (1, "There is no council MISTYPED yet: a dry run adds none.\n")
