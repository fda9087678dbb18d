"""Two people, or a person and silence, at the same moment: one goes first, and the other finds what is so then."""

import asyncio

import pytest

from services.escalation_api.reactions import follow_authority
from shared.auth.principal import Role
from tests.escalations.ladder_story import WORDS

ANSWER = {"answer": "Cover is in place.", "send": True}


@pytest.fixture
def practice(four_stages):
    """Silence goes up by itself."""
    return four_stages


async def unanswered(story):
    """An alert whose first stage has just passed its time, which nobody has heard of yet."""
    ladder = await story.begun()
    story.town.pass_time(days=8)
    await story.sweep_and_relay()
    return ladder


async def listen(story):
    await follow_authority(story.town.apps["escalation"].state.door, story.town.authority)


async def stands(ladder):
    shown = await ladder.read()
    return shown["state"], shown["stage"]


async def test_an_officer_and_silence_take_it_up_once(story):
    ladder = await unanswered(story)
    answer, _ = await asyncio.gather(ladder.take("advance"), listen(story))
    shown = await ladder.read()
    assert answer.status_code == 200
    assert [each["stage"] for each in shown["stages"]] in (
        ["stage_1", "stage_2"],
        ["stage_1", "stage_2", "stage_3"],
    )
    assert [each["why"] for each in shown["stages"]].count("silence") <= 1
    assert len([each for each in shown["stages"] if each["closed_at"] is None]) == 1


async def test_an_officer_who_has_read_it_does_not_pass_over_a_stage_by_accident(story):
    ladder = await unanswered(story)
    await listen(story)
    assert (await ladder.refused("advance", if_match='"1"'))["status"] == 412
    assert await stands(ladder) == ("open", "stage_2")


async def test_an_answer_and_silence_at_once_leave_it_answered_or_gone_up(story):
    ladder = await unanswered(story)
    answer, _ = await asyncio.gather(ladder.take("responses", ANSWER, Role.TEAM_MANAGER), listen(story))
    went = {201: ("answered", "stage_1"), 403: ("open", "stage_2")}
    assert await stands(ladder) == went[answer.status_code]


async def test_whoever_withdraws_it_while_another_takes_it_up_leaves_no_clock_running(story):
    ladder = await story.begun()
    answers = await asyncio.gather(ladder.take("advance"), ladder.take("withdraw"))
    assert [each.status_code for each in answers] in ([200, 200], [409, 200])
    assert (await ladder.read())["state"] == "withdrawn"
    assert "open" not in {outcome for _, _, outcome in await ladder.clocks()}


async def test_of_two_answers_at_once_one_waits_and_the_other_is_refused(story):
    ladder = await story.begun()
    both = [ladder.take("responses", ANSWER, Role.TEAM_MANAGER) for _ in range(2)]
    assert sorted(each.status_code for each in await asyncio.gather(*both)) == [201, 409]
    assert len(await ladder.responses()) == 1


async def test_what_is_promised_is_kept_once(story):
    ladder = await story.begun()
    await ladder.decide("accept", "2026-12-01")
    (promise,) = await ladder.promises()
    step = f"promises/{promise['id']}"
    kept = {"done_on": "2026-11-23", "evidence": "Seen."}
    both = (ladder.take(f"{step}/keep", kept), ladder.take(f"{step}/drop", {"reason": "No need."}))
    assert sorted(each.status_code for each in await asyncio.gather(*both)) == [200, 409]


async def test_of_ten_who_step_at_once_each_step_is_kept_with_a_version_of_its_own(story):
    ladder = await story.formal("stage_1")
    steps = (
        "advance",
        "advance",
        "withdraw",
        "reopen",
        "reopen",
        "supersede",
        "advance",
        "resolve",
        "reopen",
    )
    answers = await asyncio.gather(*(ladder.take(step, WORDS[step]) for step in steps))
    assert {each.status_code for each in answers} <= {200, 409}
    shown = await ladder.read()
    assert shown["version"] == len(shown["steps"]) == 1 + sum(each.is_success for each in answers)
    assert shown["steps"][-1]["to_state"] == shown["state"]
