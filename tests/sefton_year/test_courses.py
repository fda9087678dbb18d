"""Every course that an escalation of the made-up year can take is one that the services let people take."""

from datetime import date
from itertools import count
from random import Random

from services.cli.sefton_year.concerns import Concern
from services.cli.sefton_year.courses import FORMAL, GOING_UP, INFORMAL, tell_course
from services.cli.sefton_year.deeds import Line
from services.cli.sefton_year.escalations import raised
from services.cli.sefton_year.play import play
from services.cli.sefton_year.rhythm import Rhythm
from services.cli.sefton_year.stage import asking
from shared.auth.principal import Role
from shared.timescales.calendar import england
from tests.sefton_year.recounting import recount

TOLD, RAISED, UNTIL = date(2020, 4, 1), date(2020, 4, 6), date(2020, 6, 30)
CONCERN = Concern("iro-1", Role.IRO, ("C-0001",), "north", "no_evidence_of_visits", "No visit.", RAISED)
CHILD = Line(TOLD, "child", "C-0001", {"display_name": "Rowan Example", "team": "north", "source_version": 1})
FORMALLY = {"kind": "practice_alert", "because": "It is too serious for a quiet word."}
ENDS = {"resolved", "partly_resolved", "withdrawn"}


def deeds():
    """Each way to end informally, each way to go up, and each way to end formally."""
    rhythm, names = Rhythm(Random(5), england()), (f"E-{number}" for number in count(1))
    stories = [({}, ({way: 1},)) for way in INFORMAL]
    stories += [({}, ({up: 1}, {next(iter(FORMAL)): 1})) for up in GOING_UP]
    stories += [(FORMALLY, ({way: 1},)) for way in FORMAL]
    yield CHILD
    for (more, ways), name in zip(stories, names, strict=False):
        yield raised(rhythm, CONCERN, name, **more)
        yield from tell_course(rhythm, CONCERN, name, *ways)


async def listed(town):
    answer = await town.ask("escalation", "GET", "/v1/escalations?limit=200", role=Role.IRO_MANAGER)
    return answer.json()["items"]


async def test_every_course_leads_to_its_end_and_leaves_a_record_that_verifies(town):
    async with asking(town.authority, town.clock, town.issuer, town.apps) as stage:
        await play(stage, deeds(), UNTIL, lambda *_: None)
    escalations = await listed(town)
    assert len(escalations) == len(INFORMAL) + len(GOING_UP) + len(FORMAL)
    assert {each["state"] for each in escalations} == ENDS
    assert sum(each["formal_at"] is not None for each in escalations) == len(GOING_UP) + len(FORMAL)
    assert not any((await recount(town)).values())


async def test_the_silences_of_the_story_are_told_of_and_close_nothing(town):
    silent = date(
        2020, 4, 24
    )  # the tenth working day after Easter has gone by, and nobody has acted on it yet
    async with asking(town.authority, town.clock, town.issuer, town.apps) as stage:
        story = [deed for deed in deeds() if deed.on <= RAISED]
        await play(stage, story, silent, lambda *_: None)
    told = await town.rows("SELECT subject_id FROM outbox_event WHERE type = 'alert.unanswered'")
    escalations = await listed(town)
    assert {str(each.subject_id) for each in told} == {each["id"] for each in escalations}
    assert {each["state"] for each in escalations} == {"open"}
