"""duecare rebuild: deadlines worked out anew where the law in force is another than it was."""

import asyncio
from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from services.cli.console import CommandRefused, forget_interruption, read_settings, say, stop_on_signals

if TYPE_CHECKING:
    from services.cli.rebuilding import Task
    from shared.settings import Settings

WORKERS_HELP = "Processes side by side."
ALL_HELP = "Every history, also those worked out under the law in force."


def rebuild(
    workers: Annotated[int, typer.Option(min=1, max=64, help=WORKERS_HELP)] = 2,
    every: Annotated[bool, typer.Option("--all", help=ALL_HELP)] = False,
    authority: Annotated[
        str | None, typer.Option(metavar="CODE", help="One council (default: all in the database).")
    ] = None,
) -> None:
    """Work deadlines out anew where the rules have changed.

    After an upgrade, and after a change of the council's own timescales or settings. Looks at every history that was
    worked out under other rules than those in force. What is closed stays as it was decided; what still runs gets
    the date that it has now, and what the rules ask for in addition is opened. What lies in the past already is
    recorded as history, and wakes nobody. The services may run meanwhile.

    It may be stopped or killed at any time, and run again: it goes on where it was. A second run changes nothing.
    """
    from shared.db.server import database_server

    settings = read_settings()
    stop_on_signals()
    try:
        with database_server(settings.database_url, settings.home) as database_url:
            _rebuild(_task(database_url, settings, authority), workers, every)
    except KeyboardInterrupt:
        forget_interruption()
        raise CommandRefused("Stopped. What was done stays done: run `duecare rebuild` again.") from None


def _task(database_url: str, settings: "Settings", authority: str | None) -> "Task":
    from services.cli.rebuilding import Task
    from shared.db.authorities import known_authorities
    from shared.deadlines.law import law

    if law(settings.practice).catalogue.authority not in (None, settings.authority):
        raise CommandRefused(
            "DUECARE_POLICY or DUECARE_OVERLAY names another council's practice than DUECARE_AUTHORITY's."
        )
    councils = asyncio.run(known_authorities(database_url))
    if authority is not None and authority not in councils:
        raise CommandRefused("There is no council with that code in this database.")
    return Task(database_url, settings.practice, tuple(councils if authority is None else [authority]))


def _rebuild(task: "Task", workers: int, every: bool) -> None:
    from services.cli.progress import progress
    from services.cli.rebuild_workers import work_off, work_off_together
    from services.cli.rebuilding import BATCH, count_behind

    whole = asyncio.run(count_behind(task, every=every))
    workers = min(workers, -(-whole // BATCH))
    count: Counter[str] = Counter()
    with progress("Working out the deadlines") as report:

        def told(histories: int, deadlines: int) -> None:
            count.update(histories=histories, deadlines=deadlines)
            report(count["histories"], whole)

        if workers > 1:
            work_off_together(task, workers, told)
        else:
            asyncio.run(work_off(task, told))
    asyncio.run(_record_past_breaches(task))
    say(f"Looked at {count['histories']} histories: {count['deadlines']} deadlines opened or changed.")


async def _record_past_breaches(task: "Task") -> None:
    from services.cli.import_ import record_past_breaches
    from shared.clock import SystemClock

    for council in task.councils:
        await record_past_breaches(task.database_url, council, SystemClock().now())
