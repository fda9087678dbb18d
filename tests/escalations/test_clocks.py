"""The clocks of an escalation: how long each is, when it stops, where it shows, and that the 20 days never move."""

from datetime import date

import pytest

from shared.auth.principal import Role
from tests.escalations.story import CONCERN

WHOLE = "alert-formal"
NEVER = date(2026, 12, 21)  # 20 working days from Monday 23 November
OF = "alert-sefton-2021-"


async def test_a_quiet_word_is_answered_in_ten_working_days(story):
    ladder = await story.begun()
    assert await ladder.clocks() == [(OF + "informal", date(2026, 12, 7), "open")]


FORMAL = ("practice_alert", "service_manager", "head", "director")


@pytest.mark.parametrize("stage", FORMAL)
async def test_a_formal_stage_is_answered_in_five_working_days_and_the_whole_takes_twenty(story, stage):
    ladder = await story.formal(stage)
    assert await ladder.clocks() == [
        (OF + stage.replace("_", "-"), date(2026, 11, 30), "open"),
        (WHOLE, NEVER, "open"),
    ]


async def test_an_answer_stops_the_stages_clock_and_starts_the_officers(story):
    ladder = await story.begun()
    story.town.pass_time(days=1)
    await ladder.answer()
    assert await ladder.clocks() == [
        (OF + "decision", date(2026, 12, 1), "open"),
        (OF + "informal", date(2026, 12, 7), "met"),
    ]


async def test_an_answer_that_comes_late_meets_the_clock_late(story):
    ladder = await story.formal()
    story.town.pass_time(days=8)
    await ladder.answer()
    assert (OF + "practice-alert", date(2026, 11, 30), "met_late") in await ladder.clocks()


@pytest.mark.parametrize("how", ["accept", "accept_partly", "reject"])
async def test_a_decision_stops_the_officers_clock(story, how):
    ladder = await story.formal()
    await ladder.decide(how)
    assert await ladder.clocks(OF + "decision") == [(OF + "decision", date(2026, 11, 30), "met")]


@pytest.mark.parametrize(("how", "outcomes"), [("accept", 1), ("accept_partly", 1), ("reject", 0)])
async def test_an_accepted_answer_asks_for_an_outcome_within_twenty_working_days(story, how, outcomes):
    ladder = await story.begun()
    await ladder.decide(how)
    assert await ladder.clocks(OF + "outcome") == [(OF + "outcome", NEVER, "open")] * outcomes


async def test_an_outcome_that_is_recorded_stops_its_clock(story):
    ladder = await story.begun()
    await ladder.decide("accept")
    story.town.pass_time(days=3)
    await ladder.done("resolve")
    assert await ladder.clocks() == [
        (OF + "decision", date(2026, 11, 30), "met"),
        (OF + "informal", date(2026, 12, 7), "met"),
        (OF + "outcome", NEVER, "met"),
    ]


async def test_what_goes_up_after_all_asks_for_no_outcome_of_the_stage_it_left(story):
    ladder = await story.begun()
    await ladder.decide("accept_partly")
    story.town.pass_time(days=1)
    await ladder.done("advance")
    assert await ladder.clocks(OF + "outcome") == [(OF + "outcome", NEVER, "ended")]


async def whole(ladder):
    return [(due_on, outcome) for _, due_on, outcome in await ladder.clocks(WHOLE)]


async def test_the_twenty_working_days_run_from_the_first_formal_stage_across_all_others(story):
    ladder = await story.begun()
    story.town.pass_time(days=1)  # to the 24th: until 22 December
    await ladder.done("advance")
    for stage in FORMAL[1:]:
        story.town.pass_time(days=3)
        assert (await ladder.done("advance"))["stage"] == stage
        assert await whole(ladder) == [(date(2026, 12, 22), "open")]


async def test_a_rejected_answer_does_not_move_the_twenty_working_days(story):
    ladder = await story.formal("head")
    for role in (Role.SENIOR_MANAGER,) * 2:
        story.town.pass_time(days=2)
        await ladder.decide("reject", role=role)
        assert await whole(ladder) == [(NEVER, "open")]
    await ladder.done("ask_again")
    assert await whole(ladder) == [(NEVER, "open")]


@pytest.mark.parametrize(
    ("step", "outcome"), [("resolve", "met"), ("withdraw", "ended"), ("supersede", "ended")]
)
async def test_the_twenty_working_days_are_kept_by_an_end_and_cut_short_by_letting_go(story, step, outcome):
    ladder = await story.formal()
    story.town.pass_time(days=2)
    await ladder.done(step)
    assert await whole(ladder) == [(NEVER, outcome)]


async def test_the_twenty_working_days_are_over_once_an_answer_is_accepted_in_full(story):
    ladder = await story.formal()
    await ladder.decide("accept_partly")
    assert await whole(ladder) == [(NEVER, "open")]
    await ladder.done("advance")
    await ladder.decide("accept", role=Role.SENIOR_MANAGER)
    assert await whole(ladder) == [(NEVER, "met")]


@pytest.mark.parametrize("step", ["resolve", "withdraw", "supersede"])
async def test_reopened_it_has_the_date_that_it_had(story, step):
    ladder = await story.formal()
    story.town.pass_time(days=2)
    await ladder.done(step)
    story.town.pass_time(days=30)
    await ladder.done("reopen")
    assert await whole(ladder) == [(NEVER, "open")]
    await story.hear()
    assert await overdue(story) == [WHOLE]


async def test_reopened_its_stage_is_answered_anew(story):
    ladder = await story.formal()
    await ladder.done("withdraw")
    story.town.pass_time(days=2)
    await ladder.done("reopen")
    clock = OF + "practice-alert"
    assert await ladder.clocks(clock) == [
        (clock, date(2026, 11, 30), "ended"),
        (clock, date(2026, 12, 2), "open"),
    ]


async def test_an_accepted_answer_that_goes_up_after_all_has_the_date_that_it_had(story):
    ladder = await story.formal()
    await ladder.decide("accept")
    story.town.pass_time(days=7)
    await ladder.done("advance")
    assert await whole(ladder) == [(NEVER, "open")]


async def test_the_day_by_which_the_child_needs_it_is_a_clock_of_its_own(story):
    ladder = await story.begun(needed_on="2026-11-26")
    assert ("alert-needed-by", date(2026, 11, 26), "open") in await ladder.clocks()
    await ladder.done("advance")
    assert ("alert-needed-by", date(2026, 11, 26), "open") in await ladder.clocks()


@pytest.mark.parametrize(
    ("days", "step", "outcome"),
    [
        (1, "resolve", "met"),
        (4, "resolve", "met_late"),
        (1, "withdraw", "ended"),
        (4, "withdraw", "ended_unmet"),
    ],
)
async def test_what_the_child_needs_by_a_day_is_put_right_by_then_or_not(story, days, step, outcome):
    ladder = await story.begun(needed_on="2026-11-26")
    story.town.pass_time(days=days)
    await ladder.done(step)
    assert ("alert-needed-by", date(2026, 11, 26), outcome) in await ladder.clocks()


async def test_what_is_due_lists_the_clocks_of_an_escalation_with_those_of_the_child(story):
    await story.formal(needed_on="2026-11-26")
    shown = [(each["child"], each["timescale"], each["due_on"]) for each in await due(story)]
    assert shown == [
        ("C-1", "alert-needed-by", "2026-11-26"),
        ("C-1", OF + "practice-alert", "2026-11-30"),
        ("C-1", WHOLE, "2026-12-21"),
    ]


async def test_what_is_due_says_that_a_stage_is_overdue(story):
    await story.formal()
    story.town.pass_time(days=8)
    await story.hear()
    (late,) = await due(story, "&overdue=true")
    assert (late["timescale"], late["breached"], late["standing"]) == (OF + "practice-alert", True, "overdue")


async def test_a_warning_is_told_two_working_days_before_a_stage_runs_out(story):
    ladder = await story.formal()
    told = "SELECT envelope FROM outbox_event WHERE type = 'deadline.approaching' ORDER BY seq"
    story.town.pass_time(days=2)
    await story.hear()
    assert await story.town.rows(told) == []
    story.town.pass_time(days=1)
    await story.hear()
    [(envelope,)] = await story.town.rows(told)
    assert envelope["data"]["timescale"] == OF + "practice-alert"
    assert envelope["data"]["history_id"] == ladder.id
    story.town.pass_time(days=20)


async def test_who_is_about_to_run_out_of_their_twenty_days_is_warned_of(story):
    await story.formal("director")
    warned = set()
    for _ in range(28):
        story.town.pass_time(days=1)
        await story.hear()
        rows = await story.town.rows(
            "SELECT envelope -> 'data' ->> 'timescale' FROM outbox_event WHERE type = 'deadline.approaching'"
        )
        warned = [code for (code,) in rows if code == WHOLE]
    assert len(warned) == 3  # ten, five and two working days before


async def due(story, more=""):
    answer = await story.town.ask("reviews", "GET", f"/v1/due?days=60{more}", role=Role.IRO)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def overdue(story):
    rows = await story.town.rows(
        "SELECT d.timescale FROM breach b JOIN deadline d ON d.id = b.deadline_id WHERE b.withdrawn_at IS NULL"
    )
    return [row.timescale for row in rows]


async def test_what_a_child_needs_is_not_asked_for_a_day_gone_by(story):
    await story.child()
    answer = await story.post("", CONCERN | {"needed_on": "2026-11-22"})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/needed_on")
    assert (await story.post("", CONCERN | {"needed_on": "2026-11-23"})).status_code == 201
