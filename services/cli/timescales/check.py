"""duecare timescales check: whether a council's own timescales can be used, and every reason why not."""

from pathlib import Path
from typing import Annotated

import typer

from shared.timescales.catalogue import CatalogueError, load_catalogue
from shared.timescales.toml_file import TomlFile
from shared.timescales.wording import counted


def check(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The file that DUECARE_POLICY shall name.")],
) -> None:
    """Check a council's own timescales before relying on them.

    They are read as they would be laid over England's, and every mistake is told at once, each in a line with the
    file, the line, the row and the reason. Exit code 0: the file is sound. 1: it has mistakes. 2: it cannot be read.
    """
    path = Path(file)
    if reason := _unreadable(path):
        typer.echo(reason, err=True)
        raise typer.Exit(2)
    try:
        load_catalogue(file)
    except CatalogueError as error:
        for mistake in sorted(error.mistakes, key=lambda each: (each.file, each.line)):
            typer.echo(_printable(" ".join(str(mistake).split())))
        raise typer.Exit(1) from None
    typer.echo(_printable(f"{path.name} is sound: {_counts(TomlFile.at(path))}."))


def _unreadable(path: Path) -> str | None:
    if path.suffix != ".toml":
        return "The name of a council's own file must end in .toml."
    try:
        path.read_bytes()
    except (OSError, ValueError):
        return "There is no such file, or it cannot be read."
    return None


def _counts(file: TomlFile) -> str:
    rows = file.entries("timescale")
    replaced = sum(entry.table.get("replaces") is True for entry in rows)
    own, off = len(rows) - replaced, len(file.entries("off"))
    ladders = len(file.entries("ladder"))
    escalation = f", {counted(ladders, 'ladder')} of escalation" if ladders else ""
    return f"{counted(own, 'row')} of its own, {replaced} replaced, {off} switched off{escalation}"


def _printable(line: str) -> str:
    """The line without what no terminal can show: a file's name may be any bytes."""
    return line.encode(errors="replace").decode()
