"""The report's figures beside the ones that were counted: what differs is marked, and is a failure."""

import pytest
import typer

from services.cli.recount import FAULTS
from services.cli.sefton_year.figures import Between, Compared, Figure, Question, compare, table
from services.cli.sefton_year.proof import conclude
from services.cli.sefton_year.report import (
    FIGURES,
    average,
    times_each,
    within_72_hours,
)

ASKED = Question("/v1/review_figures?from=2020-04-01&to=2021-03-31")
HELD = Figure("reviews chaired", "section 1", 1140, (ASKED,), lambda answer: answer["held"])


def concluded(compared, faults=None):
    """What is said, and the exit code."""
    said = []
    try:
        conclude(compared, faults if faults is not None else dict.fromkeys(FAULTS, 0), said.append)
    except typer.Exit as ended:
        return said, ended.exit_code
    return said, 0


def test_a_figure_that_was_counted_as_reported_passes():
    said, code = concluded(compare([HELD], {ASKED: {"held": 1140}}))
    assert code == 0
    assert "1 figures, of which 0 differ." in said


def test_a_figure_that_differs_by_one_is_marked_and_fails():
    compared = compare([HELD], {ASKED: {"held": 1139}})
    said, code = concluded(compared)
    assert code == 1
    (line,) = [each for each in table(compared) if "reviews chaired" in each]
    assert line.startswith("!!") and "1140" in line and "1139" in line and line in said


def test_a_figure_that_nobody_could_count_fails():
    assert concluded([Compared(HELD, None)])[1] == 1


def test_a_fault_in_the_record_fails_though_all_figures_agree():
    fault = {name: int(n == 0) for n, name in enumerate(FAULTS)}
    assert concluded(compare([HELD], {ASKED: {"held": 1140}}), fault)[1] == 1


@pytest.mark.parametrize(
    ("counted", "agrees"), [(77, True), (80, True), (76.9, False), (80.1, False), (None, False)]
)
def test_a_range_of_the_report_holds_both_its_ends(counted, agrees):
    figure = Figure("children to a full-time IRO", "section 1", Between(77, 80), (ASKED,), lambda _: counted)
    assert compare([figure], {ASKED: {}})[0].agrees is agrees


def test_no_figure_of_the_table_is_compared_with_itself():
    """Every figure is read from an answer: without one there is none."""
    for figure in FIGURES:
        assert figure.questions
        with pytest.raises((KeyError, TypeError, AttributeError)):
            figure.read(*(None for _ in figure.questions))


def test_all_were_allocated_within_72_hours_or_it_says_how_many():
    answer = {"became": {"count": 3}, "allocated": [{"timescale": "iro-allocation-sefton", "in_time": 3}]}
    assert within_72_hours(answer) == "all"
    answer["allocated"][0]["in_time"] = 2
    assert within_72_hours(answer) == "2/3"


def test_the_average_is_of_full_time_officers_in_post():
    officers = [
        {"in_post": True, "fte": 1.0, "children": 77},
        {"in_post": True, "fte": 1.0, "children": 80},
        {"in_post": True, "fte": 0.5, "children": 2},
        {"in_post": None, "fte": None, "children": 9},
    ]
    assert average({"officers": officers}) == 78.5


def test_what_each_officer_had_equally_often_is_one_number():
    once = [{"worker_id": name, "held_on": "2020-05-01"} for name in ("a", "b")]
    assert times_each("held_on")([*once, {"worker_id": "a", "held_on": "2021-04-01"}]) == 1
    assert times_each("held_on")([*once, {"worker_id": "a", "held_on": "2020-06-01"}]) == "[1, 2]"
