"""The proof: the year played in a database of its own, its figures compared, its record verified."""

import asyncio
import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

import typer

from services.cli.migrate import prepare
from services.cli.sefton_year.deeds import Deed
from services.cli.sefton_year.figures import Compared, Figure, Question, compare, table
from services.cli.sefton_year.play import play
from services.cli.sefton_year.report import FIGURES, NOTES
from services.cli.sefton_year.stage import Stage, set_stage
from services.cli.sefton_year.year import FIRST_LOAD, LAST_DAY
from services.cli.verify import as_text, recount_all
from shared.db.server import passing_database
from shared.settings import Settings
from shared.timescales.london import day_starts_at

Say = Callable[[str], None]
PRACTICE = Path(__file__).with_name("practice.toml")
SEFTON = {"authority": "E08000014", "authority_name": "Sefton", "policy": PRACTICE}


def prove(settings: Settings, database_url: str, deeds: Sequence[Deed], say: Say) -> None:
    """Play the year in a database of its own, compare its figures and verify its record. Raises typer.Exit."""
    settings = settings.model_copy(update=SEFTON)
    with (
        passing_database(database_url, f"sefton_year_{os.getpid()}") as own,
        TemporaryDirectory() as folder,
    ):
        asyncio.run(_prove(settings, own, Path(folder), deeds, say))


async def _prove(
    settings: Settings, database_url: str, folder: Path, deeds: Sequence[Deed], say: Say
) -> None:
    await prepare(database_url, settings)
    began = monotonic()
    async with set_stage(settings, database_url, folder, day_starts_at(FIRST_LOAD)) as stage:
        say(f"Made up the year: {len(deeds):,} things to tell, none of them real.")
        await play(stage, deeds, LAST_DAY, _Months(say, began))
        compared = await count(stage, FIGURES)
        faults = await recount_all(database_url, settings.practice, stage.clock.now())
    say(f"Played, counted and verified in {monotonic() - began:.0f} seconds.")
    conclude(compared, faults, say)


def conclude(compared: Sequence[Compared], faults: Mapping[str, int], say: Say) -> None:
    """Say how it came out. Raises typer.Exit with 1 where a figure differs, or the recount found a fault."""
    for line in table(compared):
        say(line)
    for note in NOTES:
        say(f"Note: {note}.")
    differ = sum(not each.agrees for each in compared)
    say(f"{len(compared)} figures, of which {differ} differ.")
    say(as_text(faults))
    if differ or any(faults.values()):
        raise typer.Exit(1)


async def count(stage: Stage, figures: Sequence[Figure]) -> list[Compared]:
    """Ask every question once, and lay the figures beside each other."""
    questions = dict.fromkeys(question for figure in figures for question in figure.questions)
    return compare(figures, {each: await _answer(stage, each) for each in questions})


async def _answer(stage: Stage, question: Question) -> Any:
    if question.listed:
        return await stage.read_list(question.path, role=question.role, service=question.service)
    return await stage.ask("GET", question.path, role=question.role, service=question.service)


class _Months:
    """Says each month as it is over."""

    def __init__(self, say: Say, began: float) -> None:
        self.say, self.began = say, began

    def __call__(self, day: date, last: date) -> None:
        if day.day == 1:
            self.say(f"{day:%B %Y} ... ({monotonic() - self.began:.0f} s)")
