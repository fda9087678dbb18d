"""How soon managers answer. The clock says Monday 23 November 2026, noon; a practice alert has five working days."""

import pytest

from services.escalation_api.escalation_figures.working_days import Lengths
from shared.auth.principal import Role

COUNTS = ("asked", "answered", "in_time", "late", "unanswered", "silent", "waiting", "in_time_percent")


def said(stage):
    return tuple(stage[name] for name in COUNTS)


async def test_answers_in_time_late_and_silence_are_told_apart(office):
    await office.child_of("east", "C-1")
    prompt, late, silent, left = [await office.alert("C-1") for _ in range(4)]
    office.town.pass_time(days=1)
    await office.answer(prompt)
    await office.do(left, "withdraw", reason="Of another child.")
    office.town.pass_time(days=7)  # Tuesday 1 December: a day too late
    await office.answer(late)
    waiting = await office.alert("C-1")
    (found,) = (await office.figures("response_times"))["stages"]
    assert (found["ladder"], found["stage"], found["title"]) == (
        "sefton-2021",
        "practice_alert",
        "Practice alert",
    )
    assert said(found) == (5, 2, 1, 1, 3, 1, 1, 33)
    assert found["to_answer"] == {"count": 2, "median": 3.5, "ninetieth": 6}
    assert silent["state"] == waiting["state"] == "open"


async def test_a_stage_left_in_silence_stays_silent(office):
    await office.child_of("east", "C-1")
    alert = await office.alert("C-1")
    office.town.pass_time(days=8)
    await office.do(alert, "advance")
    first, second = (await office.figures("response_times"))["stages"]
    assert [(each["stage"], said(each)) for each in (first, second)] == [
        ("practice_alert", (1, 0, 0, 0, 1, 1, 0, 0)),
        ("service_manager", (1, 0, 0, 0, 1, 0, 1, None)),
    ]


async def test_each_team_has_its_own(office):
    await office.child_of("east", "C-1")
    await office.child_of("west", "C-2")
    await office.answer(await office.alert("C-1"))
    await office.alert("C-2")
    await office.raise_one("C-2")
    found = (await office.figures("response_times"))["by_team"]
    shown = {team: [(each["stage"], said(each)) for each in stages] for team, stages in found.items()}
    assert shown == {
        "east": [("practice_alert", (1, 1, 1, 0, 0, 0, 0, 100))],
        "west": [
            ("informal", (1, 0, 0, 0, 1, 0, 1, None)),
            ("practice_alert", (1, 0, 0, 0, 1, 0, 1, None)),
        ],
    }
    assert found["east"][0]["to_answer"] == {"count": 1, "median": 0, "ninetieth": 0}


async def test_a_rejected_answer_asks_the_next_stage(office):
    await office.child_of("east", "C-1")
    alert = await office.alert("C-1")
    await office.answer(alert, then="reject")
    office.town.pass_time(days=2)
    await office.answer(alert, role=Role.SENIOR_MANAGER)
    stages = (await office.figures("response_times"))["stages"]
    assert [(each["stage"], each["to_answer"]["median"]) for each in stages] == [
        ("practice_alert", 0),
        ("service_manager", 2),
    ]


async def test_what_was_asked_on_another_day_is_not_counted(office):
    await office.child_of("east", "C-1")
    await office.alert("C-1")
    assert (await office.figures("response_times", from_="2026-11-24", to="2026-12-31"))["stages"] == []
    assert (await office.figures("response_times", to="2026-11-22"))["stages"] == []
    assert len((await office.figures("response_times", from_="2026-11-23", to="2026-11-23"))["stages"]) == 1


@pytest.mark.parametrize(
    ("lengths", "median", "ninetieth"),
    [
        ([], None, None),
        ([4], 4, 4),
        ([1, 2], 1.5, 2),
        ([9, 1, 2], 2, 9),
        ([1, 2, 3, 4, 5, 6, 7, 8, 9, 40], 5.5, 9),
        ([1, 2, 3, 4, 5, 6, 7, 8, 9, 30, 40], 6, 30),
    ],
)
def test_the_middle_and_what_nine_of_ten_kept_to(lengths, median, ninetieth):
    found = Lengths.of(lengths)
    assert (found.count, found.median, found.ninetieth) == (len(lengths), median, ninetieth)
