"""duecare timescales: what the law would say, without a database."""

import typer

from services.cli.timescales.check import check
from services.cli.timescales.due import due
from services.cli.timescales.listing import list_timescales
from services.cli.timescales.page import docs

timescales = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)


@timescales.callback()
def _timescales() -> None:
    """Ask for a due date and its reason; list and check timescales."""


timescales.command()(due)
timescales.command("list")(list_timescales)
timescales.command()(check)
timescales.command()(docs)
