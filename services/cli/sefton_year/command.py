"""duecare demo-year: a council's year, played and counted again."""

from typing import Annotated

import typer

from services.cli.console import read_settings, say, stop_on_signals

SEED_HELP = "Another number makes up other children, of whom the same is so in figures."


def demo_year(
    seed: Annotated[int, typer.Option(help=SEED_HELP)] = 2021,
) -> None:
    """Play Sefton's reporting year 2020-21 with made-up children, and compare the figures with the report's.

    Tells everything from February 2020 to March 2021 through the services' HTTP API, day by day under a moved clock,
    in a database of its own; then asks for the figures, prints the report's beside them, and verifies the record.
    Exit code 0: every figure agrees and every count of the verification is 0. 1: one does not.
    """
    from services.cli.sefton_year.generator import make_year
    from services.cli.sefton_year.proof import prove
    from shared.db.server import database_server

    settings = read_settings()
    stop_on_signals()
    try:
        with database_server(settings.database_url, settings.home) as database_url:
            prove(settings, database_url, make_year(seed), say)
    except KeyboardInterrupt:
        raise typer.Exit(130) from None
