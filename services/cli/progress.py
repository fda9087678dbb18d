"""How far a long command has come, on stderr, so that what it prints can be piped on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

PATIENCE = 2.0  # seconds without a word
Report = Callable[[int, int], None]


@contextmanager
def progress(doing: str) -> Iterator[Report]:
    """A function that is told how much is done, of how much: a bar in a terminal, a line now and then elsewhere."""
    console = Console(stderr=True, soft_wrap=True)
    if not console.is_terminal:
        yield _Lines(console, doing)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(doing, total=None)
        yield lambda done, whole: bar.update(task, completed=done, total=whole)


class _Lines:
    """A line whenever there is news and the last was two seconds ago."""

    def __init__(self, console: Console, doing: str) -> None:
        self.console, self.doing, self.said_at = console, doing, monotonic()

    def __call__(self, done: int, whole: int) -> None:
        if monotonic() - self.said_at >= PATIENCE:
            self.console.print(f"{self.doing}: {done} of {whole}", highlight=False)
            self.said_at = monotonic()
