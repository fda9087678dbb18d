"""Whoever has answered an alert, and reviews as well, neither judges it nor reads what is private."""

import pytest

from shared.auth.principal import Role
from tests.escalations.ladder_story import WORDS

MINE = {"answer": "In other words.", "promises": [{"action": "A visit.", "due_on": "2026-11-30"}]}
LATER = {
    "move": {"due_on": "2027-11-30", "reason": "There is no hurry."},
    "drop": {"reason": "It is not needed."},
}


@pytest.mark.parametrize("how", ["accept", "accept_partly", "reject"])
async def test_nobody_decides_on_an_answer_that_they_have_rewritten(story, how):
    ladder = await story.formal()
    draft = (await ladder.draft(role=Role.SOCIAL_WORKER))["id"]
    rewritten = await ladder.ask(
        "PUT", f"/responses/{draft}", MINE, Role.TEAM_MANAGER, by="both", if_match='"1"'
    )
    assert rewritten.status_code == 200, rewritten.text
    await ladder.done(f"responses/{draft}/send", {}, Role.TEAM_MANAGER)
    assert (await ladder.refused(f"responses/{draft}/{how}", WORDS[how], by="both"))["status"] == 403
    await ladder.done(f"responses/{draft}/{how}")


async def test_it_stays_on_record_who_has_rewritten_the_answer_of_another(story):
    ladder = await story.formal()
    draft = (await ladder.draft(role=Role.SOCIAL_WORKER))["id"]
    await ladder.ask("PUT", f"/responses/{draft}", MINE, Role.TEAM_MANAGER, by="both", if_match='"1"')
    step = (await ladder.read())["steps"][-1]
    assert (step["verb"], step["taken_by"], step["about_id"]) == ("rewrite", "both", draft)


@pytest.mark.parametrize("step", LATER)
async def test_nobody_lets_themselves_off_what_they_have_promised(story, step):
    ladder = await story.formal()
    answer = (await ladder.done("responses", MINE | {"send": True}, Role.TEAM_MANAGER, by="both"))["id"]
    await ladder.done(f"responses/{answer}/accept")
    (promise,) = await ladder.promises()
    path = f"promises/{promise['id']}/{step}"
    assert (await ladder.refused(path, LATER[step], by="both"))["status"] == 403
    await ladder.done(path, LATER[step])


async def test_an_officer_s_note_is_not_read_by_somebody_who_has_answered(story):
    ladder = await story.formal()
    await ladder.done("notes", {"words": "She asked me not to tell."})
    await ladder.done("responses", MINE, Role.TEAM_MANAGER, by="both")
    answer = await ladder.ask("GET", "/notes", by="both")
    assert (answer.status_code, "She asked" in answer.text) == (403, False)
    assert len((await ladder.ask("GET", "/notes")).json()["items"]) == 1
