"""A small year, played through the API of real services until the end of May."""

from datetime import date

import pytest
import typer

from services.cli.sefton_year.deeds import Line, Step
from services.cli.sefton_year.figures import Figure, Question
from services.cli.sefton_year.generator import make_year
from services.cli.sefton_year.play import play
from services.cli.sefton_year.proof import conclude, count
from services.cli.sefton_year.report import at
from services.cli.sefton_year.stage import asking
from services.cli.sefton_year.year import FIRST_DAY
from tests.sefton_year.recounting import recount

UNTIL = date(2020, 5, 31)
HELD = Question(f"/v1/review_figures?from={FIRST_DAY}&to={UNTIL}")
CARE = Question(f"/v1/care_figures?from={FIRST_DAY}&to={UNTIL}")
RAISED = Question(f"/v1/escalation_figures/raised?from={FIRST_DAY}&to={UNTIL}", service="escalation")
SAMPLE = Question("/v1/dip_samples/DS-2020-03/figures")


def intended(deeds):
    """Reviews held in the first two months, and children in care at their end, as they were made up."""
    lines = [deed for deed in deeds if isinstance(deed, Line)]
    held = [each for each in lines if each.record == "review" and FIRST_DAY <= each.on <= UNTIL]
    periods = [each for each in lines if each.record == "care_period" and each.on <= UNTIL]
    ends = sum("ended_on" in each.fields for each in periods)
    return len(held), len(periods) - 2 * ends


def intended_alerts(deeds):
    """How many were raised informally in those months, and how many at once formally."""
    raised = [deed for deed in deeds if isinstance(deed, Step) and deed.verb == "raise" and deed.on <= UNTIL]
    kinds = [step.body.get("kind") for step in raised]
    return kinds.count(None), kinds.count("practice_alert")


async def test_two_months_of_a_small_year_come_out_as_they_were_made_up(town):
    deeds = make_year(scale=20)
    (held, children), (informal, formal) = intended(deeds), intended_alerts(deeds)
    figures = [
        Figure("reviews chaired", "here", held, (HELD,), at("held")),
        Figure("looked after", "here", children, (CARE,), lambda care: care["looked_after"][-1]["children"]),
        Figure("informal", "here", informal, (RAISED,), at("informal", "alerts")),
        Figure("formal at once", "here", formal, (RAISED,), at("began_formally", "alerts")),
        Figure("sampled", "here", 149 // 20, (SAMPLE,), at("sampled")),
    ]
    days = []
    async with asking(town.authority, town.clock, town.issuer, town.apps) as stage:
        await play(stage, deeds, UNTIL, lambda day, last: days.append(day))
        compared = await count(stage, figures)
        wrong = await count(stage, [Figure("reviews chaired", "here", held + 1, (HELD,), at("held"))])
    assert held > 0 and informal > 0 and formal > 0 and days[-1] == UNTIL
    faults = await recount(town)
    conclude(compared, faults, print)
    with pytest.raises(typer.Exit) as ended:
        conclude(wrong, faults, print)
    assert ended.value.exit_code == 1
