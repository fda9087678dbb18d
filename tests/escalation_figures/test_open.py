"""What is open now, and how it stands. The clock says Monday 23 November 2026, noon."""

from services.escalation_api.escalation_figures.ages import BANDS, band
from tests.calendar.almanac import Almanac


def counted(found, *names):
    """The alerts of each part, and what else is asked of it."""
    return {code: tuple(each[name] for name in ("alerts", *names)) for code, each in found.items()}


async def test_what_is_closed_or_only_suggested_is_not_open(office):
    await office.suggestion()
    await office.raise_one("C-1", kind="good_practice")
    for verb, body in (("resolve", {"outcome": "Visited."}), ("withdraw", {"reason": "Of another."})):
        await office.do(await office.raise_one("C-1"), verb, **body)
    again = await office.raise_one("C-1")
    await office.do(again, "resolve", outcome="Visited.")
    await office.do(again, "reopen", reason="It was not.")
    found = await office.figures("open")
    assert (found["all"]["alerts"], found["all"]["child_alerts"]) == (1, 1)
    assert found["as_at"] == "2026-11-23T12:00:00Z"


async def test_open_alerts_are_counted_by_stage_team_theme_and_state(office):
    await office.child_of("east", "C-1")
    await office.child_of("east", "C-2")
    await office.raise_one(children=["C-1", "C-2"])
    await office.raise_one(team="west", theme="no_core_group")
    answered = await office.alert("C-1")
    await office.answer(answered)
    found = await office.figures("open")
    assert [(e["ladder"], e["stage"], e["alerts"], e["child_alerts"]) for e in found["by_stage"]] == [
        ("sefton-2021", "informal", 2, 2),
        ("sefton-2021", "practice_alert", 1, 1),
    ]
    assert counted(found["by_team"], "child_alerts") == {"east": (2, 3), "west": (1, 0)}
    assert counted(found["by_theme"]) == {"no_core_group": (1,), "no_evidence_of_visits": (2,)}
    assert counted(found["by_state"]) == {"answered": (1,), "open": (2,)}


async def test_a_responder_is_the_ladder_s_and_answers_what_waits_for_them(office):
    await office.child_of("east", "C-1")
    await office.alert("C-1")
    await office.answer(await office.alert("C-1"))
    rejected = await office.alert("C-1")
    await office.answer(rejected, then="reject")
    found = (await office.figures("open"))["by_responder"]
    assert [(e["responder"], e["roles"], e["alerts"], e["to_answer"]) for e in found] == [
        ("The service manager", ["senior_manager"], 1, 1),
        ("The team manager", ["team_manager"], 2, 1),
    ]


async def test_an_alert_grows_older_by_the_council_s_working_days(office):
    await office.child_of("east", "C-1")
    await office.raise_one("C-1")
    ages = []
    for day in (23, 30):  # Monday, and the Monday after: five working days
        office.town.clock.set(office.town.clock.now().replace(day=day))
        ages.append(counted((await office.figures("open"))["by_age"]))
    assert ages[0] == ages[1] == {name: (1,) if name == "0_to_5" else (0,) for name, _ in BANDS}
    office.town.pass_time(days=1)
    assert (await office.figures("open"))["by_age"]["6_to_10"]["alerts"] == 1
    office.town.pass_time(days=20)  # Monday 21 December: the 20th
    assert (await office.figures("open"))["by_age"]["11_to_20"]["alerts"] == 1
    office.town.pass_time(days=1)
    assert (await office.figures("open"))["by_age"]["21_to_40"]["alerts"] == 1


async def test_a_day_that_the_council_was_told_of_makes_nothing_older(office):
    await office.child_of("east", "C-1")
    await office.raise_one("C-1")
    assert (await Almanac(office.town).add(on="2026-11-30")).status_code == 201
    office.town.pass_time(days=8)  # Tuesday 1 December
    assert (await office.figures("open"))["by_age"]["0_to_5"]["alerts"] == 1


def test_every_age_has_its_band():
    ends = [band(days) for days in (0, 5, 6, 10, 11, 20, 21, 40, 41, 400)]
    assert ends == [name for name, _ in BANDS for _ in range(2)]


async def test_a_stage_that_passed_its_time_is_overdue_until_it_is_answered(office):
    await office.child_of("east", "C-1")
    alert = await office.alert("C-1")  # to be answered by Monday 30 November
    office.town.clock.set(office.town.clock.now().replace(day=30, hour=23))
    assert (await office.figures("open"))["all"]["overdue"] == 0
    office.town.pass_time(hours=1)
    found = await office.figures("open")
    assert (found["all"]["overdue"], found["all"]["past_whole"]) == (1, 0)
    assert counted(found["by_team"], "overdue") == {"east": (1, 1)}
    await office.answer(alert)
    assert (await office.figures("open"))["all"]["overdue"] == 0


async def test_the_whole_process_is_past_its_twenty_days_until_it_is_settled(office):
    await office.child_of("east", "C-1")
    alert = await office.alert("C-1")  # 20 working days: to the end of Monday 21 December
    await office.raise_one("C-1")  # an informal one has no such clock
    office.town.clock.set(office.town.clock.now().replace(month=12, day=21, hour=23))
    assert (await office.figures("open"))["all"]["past_whole"] == 0
    office.town.pass_time(hours=1)
    assert (await office.figures("open"))["all"]["past_whole"] == 1
    await office.answer(alert, "2026-12-24", then="accept")
    found = await office.figures("open")
    assert (found["all"]["alerts"], found["all"]["past_whole"]) == (2, 0)


async def test_a_stage_that_was_left_in_silence_is_overdue_no_more(office):
    await office.child_of("east", "C-1")
    alert = await office.alert("C-1")
    office.town.pass_time(days=8)
    assert (await office.figures("open"))["all"]["overdue"] == 1
    await office.do(alert, "advance")
    assert (await office.figures("open"))["all"]["overdue"] == 0
