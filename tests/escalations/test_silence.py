"""Nobody answers: it is told of once, the matter goes up where the ladder says so, and nothing is closed by it."""

import asyncio
from datetime import UTC, datetime

import pytest

from services.escalation_api.app import create_app
from services.escalation_api.reactions import follow_authority
from services.scheduler.calendar.mover import Mover
from shared.auth.principal import Role

ENABLE = pytest.mark.parametrize("practice", ["enable"], indirect=True)
PERFORM = pytest.mark.parametrize("practice", ["perform"], indirect=True)
UNANSWERED = "alert.unanswered"


@pytest.fixture
def practice(request, told_of_little, four_stages):
    return {"enable": told_of_little, "perform": four_stages}[request.param]


async def hear_all(story):
    while await story.hear():
        pass


async def listen_again(story):
    """As after a restore: the reader's place is lost, and every event is heard a second time."""
    await story.town.rows("UPDATE feed_cursor SET position = 0 RETURNING 1", role="duecare_escalation")
    await hear_all(story)


async def stands(ladder):
    shown = await ladder.read()
    return shown["state"], shown["stage"]


@ENABLE
async def test_without_an_answer_it_stays_open_and_overdue(story):
    ladder = await story.formal()
    story.town.pass_time(days=8)
    await hear_all(story)
    assert await stands(ladder) == ("open", "practice_alert")
    assert "advance" in (await ladder.read())["possible"]
    late = await story.town.ask("reviews", "GET", "/v1/due?overdue=true", role=Role.IRO)
    assert [each["timescale"] for each in late.json()["items"]] == ["alert-sefton-2021-practice-alert"]


@ENABLE
async def test_it_is_told_once_that_a_stage_was_not_answered_however_often_that_is_heard(story):
    ladder = await story.formal()
    story.town.pass_time(days=7, hours=11)
    await hear_all(story)
    assert UNANSWERED not in await ladder.told()
    story.town.pass_time(hours=2)
    await hear_all(story)
    before = await ladder.whole()
    await listen_again(story)
    story.town.pass_time(days=5)
    await listen_again(story)
    assert await ladder.whole() == before
    assert (await ladder.told()).count(UNANSWERED) == 1


@ENABLE
async def test_what_is_told_names_the_stage_its_ladder_and_the_day_and_no_word_of_anybody(story):
    ladder = await story.formal()
    story.town.pass_time(days=8)
    await hear_all(story)
    [(said,)] = await story.town.rows(
        "SELECT envelope -> 'data' FROM outbox_event WHERE type = :type", type=UNANSWERED
    )
    assert (said["escalation_id"], said["due_on"]) == (ladder.id, "2026-11-30")
    assert (said["ladder"], said["stage"]) == ("sefton-2021", "practice_alert")
    assert set(said) == {
        *("escalation_id", "child_id", "link", "ladder", "stage"),
        *("deadline_id", "deadline_version", "timescale", "due_on", "team"),
    }


@ENABLE
async def test_every_stage_that_is_left_unanswered_is_told_of(story):
    ladder = await story.begun()
    for _ in range(3):
        story.town.pass_time(days=15)
        await hear_all(story)
        await ladder.done("advance")
    assert (await ladder.told()).count(UNANSWERED) == 3


@ENABLE
async def test_an_answer_in_time_is_told_as_one_and_never_as_silence(story):
    ladder = await story.formal()
    await ladder.answer()
    story.town.pass_time(days=60)
    await hear_all(story)
    assert UNANSWERED not in await ladder.told()


@ENABLE
async def test_an_officer_who_does_not_decide_is_no_silence_of_the_manager(story):
    ladder = await story.formal()
    await ladder.answer()
    story.town.pass_time(days=15)
    await hear_all(story)
    assert await stands(ladder) == ("answered", "practice_alert")
    late = await story.town.rows("SELECT timescale FROM breach JOIN deadline ON id = deadline_id")
    assert [row.timescale for row in late] == ["alert-sefton-2021-decision"]


@PERFORM
async def test_without_an_answer_it_goes_up_by_itself(story):
    ladder = await story.begun()
    story.town.pass_time(days=8)
    await hear_all(story)
    assert await stands(ladder) == ("open", "stage_2")
    shown = await ladder.read()
    step, stage = shown["steps"][-1], shown["stages"][-1]
    assert (step["verb"], step["taken_by"], step["reason"]) == ("advance", None, "Nobody answered in time.")
    assert (stage["why"], stage["opened_by"], stage["opened_at"]) == ("silence", None, "2026-12-01T12:00:00Z")
    assert (await ladder.told())[-2:] == [UNANSWERED, "escalation.advanced"]


@PERFORM
async def test_it_goes_up_once_however_often_the_silence_is_heard(story):
    ladder = await story.begun()
    story.town.pass_time(days=8)
    await hear_all(story)
    before = await ladder.whole()
    await listen_again(story)
    await listen_again(story)
    assert await ladder.whole() == before


@PERFORM
async def test_two_replicas_take_it_up_once(story):
    ladder = await story.begun()
    story.town.pass_time(days=8)
    await story.sweep_and_relay()
    town = story.town
    other = create_app(town.settings, town.clock).state.door
    doors = (town.apps["escalation"].state.door, other)
    await asyncio.gather(*(follow_authority(door, town.authority) for door in doors for _ in range(3)))
    await other.engine.dispose()
    assert await stands(ladder) == ("open", "stage_2")
    assert [each["why"] for each in (await ladder.read())["stages"]] == ["raised", "silence"]


@PERFORM
async def test_an_answer_that_came_late_but_before_the_silence_was_heard_is_decided_on_where_it_is(story):
    ladder = await story.begun()
    story.town.pass_time(days=8)
    await story.sweep_and_relay()
    await ladder.answer()
    await hear_all(story)
    assert await stands(ladder) == ("answered", "stage_1")
    assert UNANSWERED in await ladder.told()


@PERFORM
async def test_what_an_officer_took_up_meanwhile_does_not_go_up_a_second_time(story):
    ladder = await story.begun()
    story.town.pass_time(days=8)
    await story.sweep_and_relay()
    await ladder.done("advance")
    await hear_all(story)
    assert await stands(ladder) == ("open", "stage_2")


@PERFORM
async def test_what_was_withdrawn_meanwhile_stays_withdrawn(story):
    ladder = await story.begun()
    story.town.pass_time(days=8)
    await story.sweep_and_relay()
    await ladder.done("withdraw")
    await hear_all(story)
    assert await stands(ladder) == ("withdrawn", "stage_1")


@PERFORM
async def test_a_draft_that_was_not_sent_is_no_answer(story):
    ladder = await story.begun()
    await ladder.draft()
    story.town.pass_time(days=8)
    await hear_all(story)
    assert await stands(ladder) == ("open", "stage_2")
    assert [each["state"] for each in await ladder.responses()] == ["discarded"]


@PERFORM
async def test_silence_goes_up_to_the_top_and_closes_nothing_there(story):
    ladder = await story.begun()
    for stage in ("stage_2", "stage_3", "stage_4", "stage_4", "stage_4"):
        story.town.pass_time(days=8)
        await hear_all(story)
        assert await stands(ladder) == ("open", stage)
    shown = await ladder.read()
    assert (shown["closed_at"], shown["settled_at"]) == (None, None)
    assert (await ladder.told()).count(UNANSWERED) == 4
    assert ("alert-formal", "open") in {(code, outcome) for code, _, outcome in await ladder.clocks()}


@PERFORM
async def test_a_stage_that_a_bank_holiday_gave_another_day_is_not_left_early(story):
    """The breach is in the feed, that it was withdrawn is not yet."""
    ladder = await story.begun()
    story.town.clock.set(datetime(2026, 12, 1, 9, tzinfo=UTC))
    await story.sweep_and_relay()
    day = {"on": "2026-11-26", "name": "Mourning", "announced_on": "2026-11-25", "source": "The Gazette"}
    answer = await story.town.ask("scheduler", "POST", "/v1/calendar/days", day, role=Role.OPERATOR)
    assert answer.status_code == 201, answer.text
    door = story.town.apps["scheduler"].state.door
    assert await Mover(door.engine, story.town.authority, door.law, door.clock, 100).move_all()
    await follow_authority(story.town.apps["escalation"].state.door, story.town.authority)
    assert await stands(ladder) == ("open", "stage_1")
    story.town.pass_time(days=1)
    await hear_all(story)
    assert await stands(ladder) == ("open", "stage_2")
