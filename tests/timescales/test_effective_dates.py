"""What the law was on the day a clock started, and the months of 2020 in which it was another."""

from datetime import date
from pathlib import Path

import pytest

from shared.timescales.engine import Outcome

from .builders import all_of, codes_of, exempted, fact, held, only, started
from .rows import ROW, written

STAGES = """in_force = [
    { from = 2011-04-01, to = 2020-04-23 },
    { from = 2020-04-24, to = 2020-09-24, limit = "%s" },
    { from = 2020-09-25 },
]"""


def placed(on: str, **codes: str) -> tuple:
    return started("2020-01-06"), fact("placement.started", on, 5, placement_type="foster", **codes)


@pytest.mark.parametrize(
    ("day", "owed"),
    [("2020-04-23", True), ("2020-04-24", False), ("2020-09-24", False), ("2020-09-25", True)],
)
def test_no_placement_plan_was_owed_by_a_day_in_the_coronavirus_months(day: str, owed: bool) -> None:
    assert (all_of("placement-plan", *placed(day)) != []) is owed
    assert all_of("placement-notify", *placed(day)) != []


def test_a_plan_owed_before_the_gap_is_owed_still_within_it() -> None:
    late = *placed("2020-04-23"), fact("placement_plan.completed", "2020-05-01", 5)
    plan = only("placement-plan", *late)
    assert (plan.due_on, plan.outcome) == (date(2020, 4, 30), Outcome.MET_LATE)


@pytest.mark.parametrize(
    ("day", "emergency", "approval"),
    [
        ("2020-04-23", date(2020, 5, 1), date(2020, 8, 13)),
        ("2020-04-24", date(2020, 10, 9), date(2020, 10, 9)),
        ("2020-09-24", date(2021, 3, 11), date(2021, 3, 11)),
        ("2020-09-25", date(2020, 10, 5), date(2021, 1, 15)),
    ],
)
def test_six_days_and_sixteen_weeks_were_twenty_four_weeks_in_those_months(
    day: str, emergency: date, approval: date
) -> None:
    assert only("emergency-foster", *placed(day, emergency="yes")).due_on == emergency
    assert only("temp-carer-approval", *placed(day), fact("temporary_approval.given", day)).due_on == approval


def test_the_gateway_of_seventeen_days_was_open_in_those_months_and_that_of_the_year_was_not() -> None:
    child = started("2020-01-06", regime="short_breaks")
    for day, marks in (("2020-04-23", 2), ("2020-04-24", 1), ("2020-09-24", 1), ("2020-09-25", 2)):
        codes = codes_of(child, fact("short_break.began", day))
        assert len([code for code in codes if code in GATEWAY]) == marks


GATEWAY = ("shortbreak-stay-17-days", "shortbreak-year-75-days")


def test_the_sefton_year_keeps_its_figures_for_reviews() -> None:
    facts = started("2020-05-01"), held("2020-05-20")
    assert only("lac-review-first", *facts).due_on == date(2020, 6, 2)
    assert only("lac-review-second", *facts).due_on == date(2020, 8, 20)


# Rows of one's own


def test_the_start_decides_although_the_law_changes_before_the_date(tmp_path: Path) -> None:
    row = ROW.replace("in_force  = [{ from = 2011-04-01 }]", STAGES % "30 working days")
    catalogue = written(tmp_path, row)
    assert only("review-soon", started("2020-04-23"), catalogue=catalogue).due_on == date(2020, 5, 22)
    assert only("review-soon", started("2020-04-24"), catalogue=catalogue).due_on == date(2020, 6, 9)
    assert only("review-soon", started("2020-09-24"), catalogue=catalogue).due_on == date(2020, 11, 5)


def test_the_due_day_decides_where_the_row_says_so(tmp_path: Path) -> None:
    row = ROW.replace("in_force  = [{ from = 2011-04-01 }]", STAGES % "30 working days")
    catalogue = written(tmp_path, row + 'value_on  = "due"\n')
    due = {
        "2020-03-24": date(2020, 4, 23),  # 20 working days end on the last day of the old rule
        "2020-03-25": date(2020, 5, 11),  # and now a day later, under the next: 30
        "2020-08-12": date(2020, 9, 24),  # 30 end on the last day of their own rule
        "2020-08-13": date(
            2020, 9, 11
        ),  # 30 end under the third rule: 20, and the day is looked at once only
    }
    for start, expected in due.items():
        assert only("review-soon", started(start), catalogue=catalogue).due_on == expected, start
    catalogue = written(tmp_path, row + 'value_on  = "due"\nwaiver = true\n')
    waived = only("review-soon", started("2020-08-13"), exempted("2020-08-14"), catalogue=catalogue)
    assert (waived.outcome, waived.due_on) == (Outcome.WAIVED, date(2020, 9, 11))
    explanation = only("review-soon", started("2020-03-25"), catalogue=catalogue).explanation
    assert explanation[1] == "A review soon: within 30 working days (statutory: An Act)."


def test_a_due_day_in_a_gap_of_the_law_leaves_the_limit_of_the_start(tmp_path: Path) -> None:
    gap = '[{ from = 2011-04-01, to = 2020-04-23 }, { from = 2020-09-25, limit = "30 working days" }]'
    row = ROW.replace("[{ from = 2011-04-01 }]", gap) + 'value_on  = "due"\n'
    due = only("review-soon", started("2020-04-06"), catalogue=written(tmp_path, row)).due_on
    assert due == date(2020, 5, 6)


def test_a_closed_deadline_keeps_the_law_of_its_start_when_the_law_changes(tmp_path: Path) -> None:
    now = written(tmp_path, ROW)
    dated = '[{ from = 2011-04-01, to = 2026-12-31 }, { from = 2027-01-01, limit = "10 working days" }]'
    changed = written(tmp_path, ROW.replace("[{ from = 2011-04-01 }]", dated))
    for facts in ([started("2026-12-15"), held("2027-01-14")], [started("2026-12-31")]):
        assert only("review-soon", *facts, catalogue=now) == only("review-soon", *facts, catalogue=changed)
    assert only("review-soon", started("2027-01-04"), catalogue=changed).due_on == date(2027, 1, 18)
