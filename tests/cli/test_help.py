"""What a newcomer reads."""

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from services.cli.app import COMMANDS, app


def test_the_list_of_commands_says_where_to_begin() -> None:
    said = CliRunner().invoke(app, ["--help"])
    assert said.exit_code == 0
    assert "`duecare demo` shows everything" in said.output
    for command in COMMANDS:
        assert command in said.output


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("demo", "made-up council"),
        ("demo-year", "moved clock"),
        ("up", "until Ctrl-C"),
        ("migrate", "newest schema"),
        ("import", "ssda903"),
        ("verify", "deadline"),
        ("rebuild", "After an upgrade"),
        ("timescales", "due date"),
        ("ladder", "what silence does"),
        ("events", "how to hear them"),
    ],
)
def test_every_command_explains_itself(command: str, words: str) -> None:
    said = CliRunner().invoke(app, [command, "--help"])
    assert said.exit_code == 0, said.output
    assert words in " ".join(said.output.split())


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("due", "START"),
        ("list", "on whose authority"),
        ("check", "every mistake is told at once"),
        ("docs", "Markdown"),
    ],
)
def test_every_question_about_timescales_explains_itself(command: str, words: str) -> None:
    said = CliRunner().invoke(app, ["timescales", command, "--help"])
    assert said.exit_code == 0, said.output
    assert words in " ".join(said.output.split())


@pytest.mark.parametrize("question", [["due", "lac-review-first", "2025-04-17"], ["list"], ["docs"]])
def test_a_command_that_needs_no_database_imports_none(question: list[str]) -> None:
    script = (
        "import sys; from typer.testing import CliRunner; from services.cli.app import app;"
        f"result = CliRunner().invoke(app, ['timescales', *{question!r}]); assert result.exit_code == 0;"
        "sys.exit(bool({'sqlalchemy', 'fastapi', 'asyncpg', 'uvicorn'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_a_command_that_does_not_exist_is_refused() -> None:
    assert CliRunner().invoke(app, ["escalate"]).exit_code == 2
