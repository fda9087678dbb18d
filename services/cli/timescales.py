"""duecare timescales: what the law would say, without a database."""

import json
from datetime import date, datetime
from typing import Annotated

import typer

from shared.timescales.calendar import england
from shared.timescales.catalogue import CatalogueError, load_catalogue
from shared.timescales.preview import Preview, PreviewRefused, preview
from shared.timescales.wording import day_in_words, instant_in_words

timescales = typer.Typer(no_args_is_help=True)
START_HELP = "A date (2025-04-17); for hours, an instant with its offset (2025-10-24T16:00:00+01:00)."
OVERLAY_HELP = "The council's own timescales: the name of a set that ships, or a .toml file."


@timescales.callback()
def _timescales() -> None:
    """Ask what a timescale says: the due date, and the reason for it."""


@timescales.command()
def due(
    code: Annotated[str, typer.Argument(metavar="CODE", help="The timescale, such as lac-review-first.")],
    start: Annotated[str, typer.Argument(metavar="START", help=START_HELP)],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    overlay: Annotated[str, typer.Option(help=OVERLAY_HELP)] = "sefton",
) -> None:
    """Print when a clock that starts at START is due, whether that may still move, and how it was counted."""
    try:
        answer = preview(code, start, load_catalogue(overlay), england())
    except (PreviewRefused, CatalogueError) as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(2) from None
    typer.echo(_as_json(answer) if as_json else _as_text(answer))


def _as_json(answer: Preview) -> str:
    return json.dumps(
        {
            "code": answer.code,
            "start": answer.start,
            "due": _written(answer.due),
            "provisional": answer.provisional,
            "explanation": list(answer.explanation),
        },
        indent=2,
    )


def _as_text(answer: Preview) -> str:
    known = instant_in_words(answer.due) if isinstance(answer.due, datetime) else day_in_words(answer.due)
    doubt = ", provisional" if answer.provisional else ""
    return "\n".join([f"{answer.code}: due {_written(answer.due)} ({known}{doubt})", "", *answer.explanation])


def _written(due: date | datetime) -> str:
    return due.isoformat().replace("+00:00", "Z")
