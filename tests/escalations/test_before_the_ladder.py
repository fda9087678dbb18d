"""Escalations that are older than the ladder, or whose ladder's tables were taken back and made again."""

from sqlalchemy import text

# As a council's rows are after the upgrade from a version that knew of no ladder.
FORGOTTEN = (
    "UPDATE escalation SET ladder = NULL, stage = NULL, stage_id = NULL, raised_as = NULL, formal_at = NULL",
    "DELETE FROM escalation_stage",
)


async def forget_the_ladder(story):
    async with story.town.owner.begin() as connection:
        confine = text("SELECT set_config('duecare.authority', :a, true)")
        await connection.execute(confine, {"a": story.town.authority})
        for statement in FORGOTTEN:
            await connection.execute(text(statement))


async def test_one_that_was_closed_before_there_was_a_ladder_is_reopened_at_its_foot(story):
    ladder = await story.begun()
    await ladder.done("resolve")
    await forget_the_ladder(story)
    reopened = await ladder.done("reopen")
    assert (reopened["state"], reopened["stage"]) == ("open", "informal")
    assert (await ladder.clocks())[-1][0] == "alert-sefton-2021-informal"


async def test_one_whose_history_is_there_already_is_taken_on_and_the_feed_is_followed(story):
    ladder = await story.begun()
    await forget_the_ladder(story)
    assert await story.hear() > 0
    shown = await ladder.read()
    assert (shown["stage"], shown["steps"][-1]["verb"]) == ("informal", "take_over")
