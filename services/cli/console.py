"""What the commands say: errors that somebody can put right, in one line, and never a secret."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from pydantic import ValidationError

    from shared.settings import Settings


class CommandRefused(Exception):
    """A command cannot go on; the text, mostly one line, says what to do about it and holds no secret."""


def say(line: str) -> None:
    """One line to the terminal, at once, also where it goes into a file."""
    typer.echo(line)
    sys.stdout.flush()


def read_settings() -> "Settings":
    """The settings from the environment. Raises CommandRefused naming each variable at fault, never its value."""
    from pydantic import ValidationError

    from shared.settings import Settings

    try:
        return Settings()
    except ValidationError as error:
        raise CommandRefused(complaints(error)) from None


def complaints(error: "ValidationError") -> str:
    """What is wrong with the settings, variable by variable, in one line without their values."""
    return "; ".join(_complaint(each) for each in error.errors(include_input=False))


def _complaint(error: Any) -> str:
    if not error["loc"]:  # of several variables together, which it names itself
        return str(error["msg"]).removeprefix("Value error, ")
    field = str(error["loc"][0])
    variable = field if field == "DATABASE_URL" else f"DUECARE_{field.upper()}"
    return f"{variable} cannot be used: {str(error['msg']).removeprefix('Value error, ').lower()}"


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turns what the user can put right into one line on stderr and exit code 1."""
    try:
        yield
    except Exception as error:
        line = _in_one_line(error)
        if line is None:
            raise
        typer.echo(line, err=True)
        raise typer.Exit(1) from None


def _in_one_line(error: Exception) -> str | None:
    # By name where the class would have to be imported: most commands need no database driver to start.
    if isinstance(error, CommandRefused):
        return str(error)
    if type(error).__name__ in _SPEAK_FOR_THEMSELVES:
        return " ".join(str(error).split())
    if type(error).__module__ == "alembic.util.exc":
        return f"This Duecare cannot migrate that database, which may be a newer one's: {error}"
    if isinstance(error, OSError) and error.filename is not None:
        return f"Cannot use {error.filename}: {error.strerror}."
    state = getattr(getattr(error, "orig", None), "sqlstate", None)
    if state is None:
        return None
    reason = _POSTGRES_SAYS.get(state, f"it answered with error {state}")
    return f"PostgreSQL did not do what was asked: {reason}."


_SPEAK_FOR_THEMSELVES = {"ServerUnavailable", "MigrationBlocked", "CatalogueError"}
_POSTGRES_SAYS = {
    "42501": "the user of DATABASE_URL lacks a right that this needs; migrate as the database's owner, "
    "who may create roles",
    "42P01": "a table is missing; run `duecare migrate` first",
    "42703": "a column is missing; run `duecare migrate` first",
    "3F000": "the schema is missing; run `duecare migrate` first",
    "22023": "a role of Duecare's is missing; run `duecare migrate` first",
    "23514": "a value is not allowed; DUECARE_AUTHORITY is 1 to 32 letters, digits, - or _",
    "57P01": "it is shutting down",
}


def stop_on_signals() -> None:
    """From here on SIGTERM unwinds this process as Ctrl-C does, so that nothing is left running.

    SIGINT is set too: a shell that starts us in the background has it ignored.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)


def forget_interruption() -> None:
    """Call it where an interruption was caught and is no fault. One that fell into an exec of text (a dataclass is made
    by one) is remembered by CPython, which then dies of SIGINT at its end, whatever the exit code; another exec
    makes it forget."""
    exec("")  # noqa: S102


@contextmanager
def undisturbed_end() -> Iterator[None]:
    """What ends after this block ends undisturbed: a second Ctrl-C must not leave half of it running.

    For the last block of a process, which hears no signal from then on.
    """
    try:
        yield
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
