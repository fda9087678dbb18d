"""duecare demo: everything at once, with a council that does not exist."""

from typing import Annotated

import typer

from services.cli.console import forget_interruption, read_settings, stop_on_signals

ONCE_HELP = (
    "Without a person: wait until a breach of this run is heard by webhook, stream and feed, and an unanswered alert "
    "(at most a minute), stop, and exit 0."
)


def demo(once: Annotated[bool, typer.Option("--once", help=ONCE_HELP)] = False) -> None:
    """Show Duecare at work with a made-up council of 617 children; Ctrl-C ends it.

    Starts an embedded PostgreSQL (or uses the one that DATABASE_URL names), loads the council on the first
    start, runs the three services, and prints their addresses, a token for each role, what is overdue and what
    is due this week. Three children's 72 hours run out while you watch, and each breach arrives by signed
    webhook, by live stream and in the feed; so does, by webhook, word of a practice alert, raised three weeks ago,
    that nobody has answered.

    Everything is kept in DUECARE_HOME (.duecare). Ports are DUECARE_REVIEWS_PORT (8001),
    DUECARE_ESCALATION_PORT (8002) and DUECARE_SCHEDULER_PORT (8003).
    """
    from rich.console import Console

    from services.cli.demo.story import run_demo
    from shared.clock import SystemClock

    settings = read_settings()
    console = Console(soft_wrap=True, highlight=False, markup=False)
    stop_on_signals()
    try:
        run_demo(settings, SystemClock(), console, once=once)
    except KeyboardInterrupt:
        forget_interruption()
        raise typer.Exit(0) from None
