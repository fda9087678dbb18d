"""A council changes its file under escalations that live: what is lost is said, and no other child waits for it."""

from contextlib import asynccontextmanager

import pytest

from shared.auth.principal import Role
from tests.lending import lent

LADDER = """
authority = "E08000014"
extends = "sefton"

[[ladder]]
code = "own"
title = "Our own"
from = 2026-01-01
chairs = true
decide = "5 working days"
follow_up = "20 working days"
suggestions_lapse = "10 working days"
ends = "the director"
basis = "local"
source = "Our protocol"
confirmed = false
"""
STAGE = """
[[stage]]
ladder = "own"
code = "{0}"
title = "{0}"
formal = true
responder = "The manager"
roles = ["team_manager"]
limit = "5 working days"
silence = "enable"
copied = []
"""


@pytest.fixture(scope="session")
def files(tmp_path_factory):
    """The council's file, and the same from which the middle stage was taken."""
    folder = tmp_path_factory.mktemp("practice")
    for name, stages in {"whole": "one two three", "less": "one three"}.items():
        rows = [STAGE.format(code) for code in stages.split()]
        (folder / f"{name}.toml").write_text("".join([LADDER, *rows]))
    return {name: folder / f"{name}.toml" for name in ("whole", "less")}


@pytest.fixture
def practice(files):
    return files["whole"]


@asynccontextmanager
async def stage_taken_out(town, files):
    """The services start again, with the stage gone from the file."""
    before = dict(town.apps)
    async with lent(town.settings.model_copy(update={"policy": files["less"]}), town.clock) as services:
        town.apps |= services
        yield
    town.apps |= before


async def test_others_are_still_listed_where_a_stage_was_taken_out_of_the_file(story, files):
    lost, other = await story.begun(stage="two", because="At once."), await story.begun()
    async with stage_taken_out(story.town, files):
        assert {each["id"] for each in await story.listed()} == {lost.id, other.id}
        assert "advance" not in (await lost.read())["possible"]
        assert "advance" in (await other.read())["possible"]


@pytest.mark.parametrize("step", ["advance", "responses"])
async def test_it_is_refused_plainly_where_its_stage_was_taken_out_of_the_file(story, files, step):
    ladder = await story.begun(stage="two", because="At once.")
    async with stage_taken_out(story.town, files):
        said = {"answer": "Done.", "send": True} if step == "responses" else None
        role = Role.TEAM_MANAGER if step == "responses" else Role.IRO
        refusal = await ladder.refused(step, said, role)
        assert (refusal["status"], refusal["code"]) == (409, "stage_lost")


async def test_an_answer_waits_where_its_stage_was_taken_out_of_the_file(story, files):
    ladder = await story.begun(stage="two", because="At once.")
    answer = await ladder.answer()
    async with stage_taken_out(story.town, files):
        refusal = await ladder.refused(f"responses/{answer}/reject")
        assert (refusal["status"], refusal["code"]) == (409, "stage_lost")
    await ladder.done(f"responses/{answer}/reject")


async def test_it_can_still_be_ended_where_its_stage_was_taken_out_of_the_file(story, files):
    ladder = await story.begun(stage="two", because="At once.")
    async with stage_taken_out(story.town, files):
        assert (await ladder.done("withdraw"))["state"] == "withdrawn"
        refusal = await ladder.refused("reopen")
        assert (refusal["status"], refusal["code"]) == (409, "stage_lost")
