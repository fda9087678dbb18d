"""A front end can show the council's ladder without knowing it."""

from shared.auth.principal import Role
from tests.escalations.story import CONCERN


async def ladders(story, role=Role.IRO):
    answer = await story.town.ask("escalation", "GET", "/v1/ladders", role=role)
    assert answer.status_code == 200, answer.text
    return {each["code"]: each for each in answer.json()["items"]}


async def test_the_ladder_in_force_is_the_one_on_which_an_escalation_begins(story):
    raised = await story.raised()
    shown = await ladders(story)
    assert [code for code, each in shown.items() if each["in_force"]] == [raised["ladder"]]
    stages = shown[raised["ladder"]]["stages"]
    assert stages[0]["code"] == raised["stage"]
    assert [each["formal"] for each in stages] == [False, True, True, True, True]
    assert stages[1]["within"] == "5 working days" and stages[1]["roles"] == ["team_manager"]


async def test_every_formal_stage_that_is_shown_can_be_begun_at_and_has_its_clock(story):
    await story.child()
    shown = await ladders(story, Role.TEAM_MANAGER)
    for stage in shown["sefton-2021"]["stages"][1:]:
        body = CONCERN | {"stage": stage["code"], "because": "It is grave."}
        assert (await story.post("", body)).status_code == 201
        running = await story.town.rows(
            "SELECT 1 FROM deadline WHERE timescale = :code AND outcome = 'open'", code=stage["timescale"]
        )
        assert len(running) == 1


async def test_older_ladders_are_shown_for_what_still_stands_on_them(story):
    shown = await ladders(story)
    assert shown["sefton-2020"]["in_force"] is False
    assert shown["sefton-2020"]["from_on"] < shown["sefton-2021"]["from_on"]
