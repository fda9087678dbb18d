"""duecare states: what can be done with every record that has a life, and the page of the docs made from that."""

from pathlib import Path
from typing import Annotated

import typer

from services.cli.console import say

HEAD = """\
# States

Made from the tables in the code by `make docs`, and never edited by hand. A step that the table does not have is
refused with 409, and the answer says what is possible instead.

A step is a POST to the record's own address and its name, such as `/v1/escalations/{id}/advance`, but: `draft` is the
record's PUT; an escalation is answered, and its answers are decided on (`accept_answer`, `accept_partly`, `reject`),
under `/v1/escalations/{id}/responses`; rejecting takes it up at once where the ladder goes on; `resolve_partly` is
`resolve` with `"partly": true`.
"""


def states(
    out: Annotated[Path | None, typer.Option(help="The file to write (default: show it).")] = None,
) -> None:
    """Show the states of every record that has a life, as diagrams in Markdown."""
    page = states_page()
    if out is None:
        say(page)
    else:
        out.write_text(page)


def states_page() -> str:
    """The page as Markdown."""
    from services.cli.lifecycles import LIFECYCLES

    parts = [HEAD]
    for life in LIFECYCLES:
        title = life.noun[0].upper() + life.noun[1:]
        parts.append(f"\n## {title}\n\n```mermaid\n{life.diagram()}\n```\n")
    return "".join(parts)
