"""duecare ladder: the stages of an escalation as the policy has them, and the page of the docs made from that."""

from pathlib import Path
from typing import Annotated

import typer

from services.cli.timescales.practice import Overlay, mistakes_told, practised


def ladder(
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write it there, not to the terminal.")
    ] = None,
    overlay: Overlay = None,
) -> None:
    """Show the ladder of escalation, stage by stage, as a diagram in Markdown.

    Who answers within how long, what silence does, where it ends: of the ladder in force and of every other that is
    known.
    """
    from services.cli.ladder.page import page
    from shared.clock import SystemClock, today

    with mistakes_told():
        text = page(practised(overlay), today(SystemClock()))
    if out is None:
        typer.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")
