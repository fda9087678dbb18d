"""A small year, played through the API of real services for two months."""

from datetime import date

import pytest
import typer

from services.cli.recount import Recount
from services.cli.sefton_year.deeds import Line
from services.cli.sefton_year.figures import Figure, Question
from services.cli.sefton_year.generator import make_year
from services.cli.sefton_year.play import play
from services.cli.sefton_year.proof import conclude, count
from services.cli.sefton_year.report import at
from services.cli.sefton_year.stage import asking
from services.cli.sefton_year.year import FIRST_DAY
from services.cli.verify import AUDITOR, NO_HURRY
from shared.db.engine import connect
from shared.deadlines.law import law

UNTIL = date(2020, 4, 30)
HELD = Question(f"/v1/review_figures?from={FIRST_DAY}&to={UNTIL}")
CARE = Question(f"/v1/care_figures?from={FIRST_DAY}&to={UNTIL}")
SAMPLE = Question("/v1/dip_samples/DS-2020-03/figures")


def intended(deeds):
    """Reviews held in the first month, and children in care at its end, as they were made up."""
    lines = [deed for deed in deeds if isinstance(deed, Line)]
    held = [each for each in lines if each.record == "review" and FIRST_DAY <= each.on <= UNTIL]
    periods = [each for each in lines if each.record == "care_period" and each.on <= UNTIL]
    ends = sum("ended_on" in each.fields for each in periods)
    return len(held), len(periods) - 2 * ends


async def recount(town):
    engine = connect(town.database_url, AUDITOR, name="tests", pool_size=1, waits=NO_HURRY)
    try:
        return await Recount(engine, law("sefton"), town.clock.now()).count(town.authority, lambda *_: None)
    finally:
        await engine.dispose()


async def test_two_months_of_a_small_year_come_out_as_they_were_made_up(town):
    deeds = make_year(scale=20)
    held, children = intended(deeds)
    figures = [
        Figure("reviews chaired", "here", held, (HELD,), at("held")),
        Figure("looked after", "here", children, (CARE,), lambda care: care["looked_after"][-1]["children"]),
        Figure("sampled", "here", 149 // 20, (SAMPLE,), at("sampled")),
    ]
    days = []
    async with asking(town.authority, town.clock, town.issuer, town.apps) as stage:
        await play(stage, deeds, UNTIL, lambda day, last: days.append(day))
        compared = await count(stage, figures)
        wrong = await count(stage, [Figure("reviews chaired", "here", held + 1, (HELD,), at("held"))])
    assert held > 0 and days[-1] == UNTIL
    faults = await recount(town)
    conclude(compared, faults, print)
    with pytest.raises(typer.Exit) as ended:
        conclude(wrong, faults, print)
    assert ended.value.exit_code == 1
