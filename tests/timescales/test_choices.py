"""The questions on which practice differs: what each answer does to the dates."""

from datetime import date
from pathlib import Path

import pytest

from shared.timescales.catalogue import CatalogueError, load_catalogue

from .builders import all_of, choosing, fact, held, only, started
from .rows import OVERLAY, ROW, written

CHILD = started("2024-08-05")
SETTING = """\
[[setting]]
name = "review_interval"
title = "In months or in days"
values = ["months", "days"]
default = "months"
source = "An Act"
"""


def test_every_question_has_a_default_and_every_answer_can_be_chosen() -> None:
    settings = load_catalogue().settings
    assert {each.name: each.default for each in settings} == {
        "review_interval": "months",
        "conference_interval": "months",
        "icpc_start": "section47",
        "review_date": "first_meeting",
        "transfer_in_start": "notified",
        "days_before": "days",
        "health_band": "last_assessment",
    }
    for each in settings:
        assert each.title and each.source
        for value in each.values:
            catalogue = choosing(**{each.name: value})
            assert catalogue.chosen[each.name] == value
            assert (catalogue.version == load_catalogue().version) is (value == each.default)


@pytest.mark.parametrize(
    ("interval", "second", "later"),
    [("months", date(2024, 11, 30), date(2025, 5, 30)), ("days", date(2024, 11, 30), date(2025, 6, 1))],
)
def test_review_intervals_in_months_or_in_days(interval: str, second: date, later: date) -> None:
    catalogue = choosing(review_interval=interval)
    facts = CHILD, held("2024-08-31", 10), held("2024-11-30", 11)
    assert only("lac-review-second", *facts, catalogue=catalogue).due_on == second
    assert only("lac-review-subsequent", *facts, catalogue=catalogue).due_on == later
    authorised = fact("adoption.authorised", "2024-12-02")
    first = only("aar-review-authorised-first", CHILD, authorised, catalogue=catalogue)
    assert first.due_on == (date(2025, 3, 2) if interval == "months" else date(2025, 3, 3))


def test_the_reference_has_the_two_disagree_both_ways() -> None:
    days = choosing(review_interval="days")
    facts = CHILD, held("2024-08-31", 10), held("2024-08-31", 11)
    assert only("lac-review-subsequent", *facts).due_on == date(2025, 2, 28)
    assert only("lac-review-subsequent", *facts, catalogue=days).due_on == date(2025, 3, 2)
    plan, days = fact("plan.started", "2024-12-01"), choosing(conference_interval="days")
    assert only("rcpc-first", plan).due_on == date(2025, 3, 1)
    assert only("rcpc-first", plan, catalogue=days).due_on == date(2025, 3, 2)


@pytest.mark.parametrize(
    ("start", "starts"),
    [
        ("section47", ["2025-04-10"]),
        ("first", ["2025-04-02"]),
        ("each", ["2025-04-02", "2025-04-10", "2025-04-14"]),
    ],
)
def test_the_strategy_discussion_that_counts(start: str, starts: list[str]) -> None:
    facts = (
        fact("strategy_discussion.held", "2025-04-02", 5, section47="not_initiated"),
        fact("strategy_discussion.held", "2025-04-10", 6, section47="initiated"),
        fact("strategy_discussion.held", "2025-04-14", 7, section47="continued"),
    )
    found = all_of("icpc-15wd", *facts, catalogue=choosing(icpc_start=start))
    assert [each.starts_on.isoformat() for each in found] == starts


def test_a_transfer_in_is_counted_from_the_notice_or_from_its_acceptance() -> None:
    facts = fact("transfer_in.notified", "2025-01-06"), fact("transfer_in.accepted", "2025-01-13")
    assert only("cp-transfer-in", *facts).due_on == date(2025, 1, 27)
    accepted = only("cp-transfer-in", *facts, catalogue=choosing(transfer_in_start="accepted"))
    assert accepted.due_on == date(2025, 2, 3)


def test_clear_days_before_a_meeting_come_one_day_sooner() -> None:
    planned = CHILD, fact("review.scheduled", "2025-05-06")
    clear = choosing(days_before="clear_days")
    for code, days, clear_days in (
        ("sw-pre-review-report", date(2025, 4, 30), date(2025, 4, 29)),
        ("review-invitations", date(2025, 4, 28), date(2025, 4, 25)),
    ):
        assert only(code, *planned).due_on == days
        assert only(code, *planned, catalogue=clear).due_on == clear_days


def test_a_date_that_hangs_on_a_setting_says_so_and_another_does_not() -> None:
    said = "The council's setting: review_interval = days."
    facts = CHILD, held("2024-08-31", 10)
    assert said in only("lac-review-second", *facts, catalogue=choosing(review_interval="days")).explanation
    assert "The council's setting: review_interval = months." in only("lac-review-second", *facts).explanation
    assert "setting" not in "".join(only("lac-review-first", *facts).explanation)


# In files


@pytest.mark.parametrize("overlay", ["", "[settings]\n", '[settings]\nreview_interval = "months"\n'])
def test_a_council_that_says_nothing_has_the_default(tmp_path: Path, overlay: str) -> None:
    row = ROW + 'choose.review_interval.days = { limit = "28 days" }\n'
    catalogue = written(tmp_path, SETTING + row, OVERLAY + overlay)
    assert str(catalogue.timescales[0].limit) == "20 working days"
    assert catalogue.timescales[0].chosen == {"review_interval": "months"}


def test_the_answer_replaces_only_what_it_says(tmp_path: Path) -> None:
    row = ROW + 'choose.review_interval.days = { limit = "28 days", source = "A circular" }\n'
    catalogue = written(tmp_path, SETTING + row, OVERLAY + '[settings]\nreview_interval = "days"\n')
    (found,) = catalogue.timescales
    assert (str(found.limit), found.source, found.title) == ("28 days", "A circular", "A review soon")


@pytest.mark.parametrize(
    ("choice", "reason"),
    [
        ('choose.review_interval.days = { limit = "a while" }', "'a while' is not a period"),
        ('choose.review_interval.weeks = { limit = "4 weeks" }', "unknown key 'weeks'"),
        ('choose.colour.red = { limit = "4 weeks" }', "unknown key 'colour'"),
        ('choose.review_interval.days = { basis = "local" }', "unknown key 'basis'"),
        ('choose.review_interval.days = { code = "other" }', "unknown key 'code'"),
        ('choose.review_interval.days = { starts = { fact = "review.hold" } }', "unknown kind of fact"),
        ("choose.review_interval.days = 28", "'days' must be a table"),
        ("choose.review_interval = 28", "'review_interval' must be a table"),
        ("choose = 28", "'choose' must be a table"),
    ],
)
def test_a_mistake_in_an_answer_that_nobody_chose_is_refused_too(
    tmp_path: Path, choice: str, reason: str
) -> None:
    with pytest.raises(CatalogueError) as refusal:
        written(tmp_path, SETTING + ROW + choice + "\n")
    assert (refusal.value.line, refusal.value.mistakes[0].row) == (20, "review-soon"), refusal.value
    assert reason in refusal.value.reason


def test_an_answer_that_does_not_fit_the_row_is_refused_before_anybody_chooses_it(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="known only to the day"):
        written(tmp_path, SETTING + ROW + 'choose.review_interval.days = { limit = "72 hours", warn = [] }\n')
    with pytest.raises(CatalogueError, match="is no fact of the history care_period"):
        written(
            tmp_path, SETTING + ROW + 'choose.review_interval.days = { stops = { fact = "plan.ended" } }\n'
        )


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('default = "months"', 'default = "weeks"', "the default is none of the values"),
        ('name = "review_interval"', "", "'name' is missing"),
        ('source = "An Act"', 'colour = "red"', "unknown key 'colour'"),
    ],
)
def test_a_question_that_is_wrong_is_refused(tmp_path: Path, old: str, new: str, reason: str) -> None:
    with pytest.raises(CatalogueError, match=reason):
        written(tmp_path, SETTING.replace(old, new) + ROW)
