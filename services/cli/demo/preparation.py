"""Everything that must be there before the services start: schema, council, keys and tokens."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from services.cli.demo.loading import Progress as Report
from services.cli.demo.loading import load_council
from services.cli.migrate import prepare
from shared.clock import Clock
from shared.deadlines.law import Law
from shared.settings import Settings


def prepare_database(database_url: str, settings: Settings, law: Law, clock: Clock, console: Console) -> None:
    """Migrate, and load the made-up council where the authority has no children yet."""
    console.print("Bringing the schema up to date ...")
    asyncio.run(prepare(database_url, settings))
    with _progress(console) as report:
        loaded = asyncio.run(load_council(database_url, settings.authority, law, clock.now(), report))
    if loaded is None:
        console.print(f"{settings.authority_name} has children already: keeping the data as they are.")
        return
    console.print(
        f"Made up {len(loaded.children)} children, {len(loaded.reviews)} reviews and "
        f"{len(loaded.midpoint_checks)} midpoint checks for {settings.authority_name}. None of them is real.",
    )


@contextmanager
def _progress(console: Console) -> Iterator[Report]:
    """A bar in a terminal; elsewhere a line at each quarter."""
    if not console.is_terminal:
        yield _Quarters(console)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Looking for the council", total=None)

        def report(done: int, whole: int) -> None:
            bar.update(task, completed=done, total=whole, description="Working out what is due")

        yield report


class _Quarters:
    def __init__(self, console: Console) -> None:
        self.console, self.said = console, 0

    def __call__(self, done: int, whole: int) -> None:
        if done * 4 // whole > self.said:
            self.said = done * 4 // whole
            self.console.print(f"Working out what is due: {done} of {whole} children")
