"""duecare timescales due: one date, and the reason for it."""

import json
from datetime import date, datetime
from typing import Annotated

import typer

from services.cli.timescales.practice import Overlay, mistakes_told, practised
from shared.timescales.calendar import england
from shared.timescales.london import london_date
from shared.timescales.preview import Preview, preview
from shared.timescales.wording import day_in_words, instant_in_words, listed

START_HELP = "A date (2025-04-17); for hours, an instant with its offset (2025-10-24T16:00:00+01:00)."
FACT_HELP = "Something else that happened and bears on it, such as child.born=2025-05-01. May be repeated."
SET_HELP = "A setting other than the council's, such as review_interval=days. May be repeated."


def due(
    code: Annotated[str, typer.Argument(metavar="CODE", help="The timescale, such as lac-review-first.")],
    start: Annotated[str, typer.Argument(metavar="START", help=START_HELP)],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    overlay: Overlay = None,
    fact: Annotated[list[str] | None, typer.Option(metavar="KIND=DATE", help=FACT_HELP)] = None,
    setting: Annotated[list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help=SET_HELP)] = None,
) -> None:
    """Print when a clock that starts at START is due, and why.

    Also whether that may still move, how it was counted, and when somebody is warned of it.

    Exit code 0: that. 2: it was asked wrongly, and the one line on stderr says what of it.
    """
    with mistakes_told():
        answer = preview(code, start, practised(overlay, setting or ()), england(), fact or ())
    typer.echo(_as_json(answer) if as_json else _as_text(answer))


def _as_json(answer: Preview) -> str:
    return json.dumps(
        {
            "code": answer.code,
            "start": answer.start,
            "due": _written(answer.due),
            "provisional": answer.provisional,
            "explanation": list(answer.explanation),
            "warnings": [_written(at) for at in answer.warnings],
        },
        indent=2,
    )


def _as_text(answer: Preview) -> str:
    known = instant_in_words(answer.due) if isinstance(answer.due, datetime) else day_in_words(answer.due)
    doubt = ", provisional" if answer.provisional else ""
    first = f"{answer.code}: due {_written(answer.due)} ({known}{doubt})"
    return "\n".join([first, "", *answer.explanation, *_warned(answer)])


def _warned(answer: Preview) -> list[str]:
    if not answer.warnings:
        return []
    hours = isinstance(answer.due, datetime)
    moments = [instant_in_words(at) if hours else day_in_words(london_date(at)) for at in answer.warnings]
    return [f"Somebody is warned {'at' if hours else 'as the day begins, on'} {listed(moments)}."]


def _written(due: date | datetime) -> str:
    return due.isoformat().replace("+00:00", "Z")
