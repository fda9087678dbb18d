"""duecare events: what Duecare tells, as an AsyncAPI document for machines and a page of the docs for people."""

from pathlib import Path
from typing import Annotated

import typer


def events(
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write the AsyncAPI document there.")
    ] = None,
    page: Annotated[
        Path | None, typer.Option("--page", metavar="FILE", help="Write the page for people there.")
    ] = None,
) -> None:
    """Show every event that Duecare tells of, and how to hear them, as an AsyncAPI 3 document.

    With --out, or --page for people, nothing is shown.
    """
    from services.cli.events.page import events_page
    from services.scheduler.event_types.asyncapi import asyncapi_text

    if out is not None:
        out.write_text(asyncapi_text(), encoding="utf-8")
    if page is not None:
        page.write_text(events_page(), encoding="utf-8")
    if out is None and page is None:
        typer.echo(asyncapi_text(), nl=False)
