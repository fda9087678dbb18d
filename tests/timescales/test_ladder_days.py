"""The days that somebody said: by which the child needs it, and for which an action is promised."""

from datetime import date

import pytest

from shared.timescales.engine import Deadline
from shared.timescales.london import london_date

from .builders import only
from .ladders import action, needed, of_escalation

# Friday 20 June 2025
FRIDAY = "2025-06-20"
NEEDED, PROMISED = needed(FRIDAY), action("promised", FRIDAY)


def told(deadline: Deadline) -> tuple[str, date | None]:
    """The outcome, and the day of it."""
    assert deadline.due_on == date(2025, 6, 20)
    return deadline.outcome.value, deadline.closed_on


@pytest.mark.parametrize(
    ("closing", "day", "outcome"),
    [
        ("put_right", 2, "met"),
        ("put_right", 20, "met"),
        ("put_right", 21, "met_late"),
        ("let_go", 2, "ended"),
        ("let_go", 20, "ended"),
        ("let_go", 21, "ended_unmet"),
    ],
)
def test_what_the_child_needs_by_a_day_is_put_right_by_then_or_not(
    closing: str, day: int, outcome: str
) -> None:
    closed = of_escalation("closed", f"2025-06-{day:02}T17:00:00+01:00", closing=closing)
    assert told(only("alert-needed-by", NEEDED, closed)) == (outcome, date(2025, 6, day))


def test_until_it_is_closed_it_is_owed_whatever_else_happens() -> None:
    settled = of_escalation("settled", "2025-06-10T17:00:00+01:00")
    assert told(only("alert-needed-by", NEEDED, settled)) == ("open", None)


def test_a_day_that_somebody_said_is_warned_of_before_it_comes() -> None:
    by_child, by_manager = only("alert-needed-by", NEEDED), only("alert-action", PROMISED)
    assert [london_date(each) for each in by_child.warnings] == [date(2025, 6, 13), date(2025, 6, 19)]
    assert [london_date(each) for each in by_manager.warnings] == [date(2025, 6, 18)]


def test_the_explanation_says_that_it_is_due_on_the_day() -> None:
    lines = only("alert-needed-by", NEEDED).explanation
    assert lines[0] == "Day 0 is Fri 20 June 2025, the day by which the child needs it."
    assert lines[1].startswith("What was asked for, by the day the child needs it: on the day (guidance: ")
    assert "Due by the end of Fri 20 June 2025, London time." in lines


@pytest.mark.parametrize(
    ("day", "outcome"), [("2025-06-02", "met"), (FRIDAY, "met"), ("2025-06-23", "met_late")]
)
def test_an_action_is_done_early_on_its_day_or_late(day: str, outcome: str) -> None:
    found = only("alert-action", PROMISED, action("done", day))
    assert told(found) == (outcome, date.fromisoformat(day))


@pytest.mark.parametrize(
    ("day", "outcome"), [("2025-06-02", "ended"), (FRIDAY, "ended"), ("2025-06-23", "ended_unmet")]
)
def test_an_action_that_is_dropped_is_owed_no_more(day: str, outcome: str) -> None:
    found = only("alert-action", PROMISED, action("dropped", day))
    assert told(found) == (outcome, date.fromisoformat(day))


@pytest.mark.parametrize(("day", "outcome"), [(2, "ended"), (23, "ended_unmet")])
def test_an_action_of_a_closed_escalation_is_owed_no_more(day: int, outcome: str) -> None:
    closed = of_escalation("closed", f"2025-06-{day:02}T17:00:00+01:00", closing="put_right")
    assert told(only("alert-action", PROMISED, closed)) == (outcome, date(2025, 6, day))


def test_another_action_keeps_its_own_day() -> None:
    others = action("done", "2025-06-02", 111), action("dropped", "2025-06-03", 112)
    assert told(only("alert-action", PROMISED, *others)) == ("open", None)


def test_an_action_that_was_done_before_the_escalation_was_closed_is_done() -> None:
    closed = of_escalation("closed", "2025-06-10T17:00:00+01:00", closing="put_right")
    assert told(only("alert-action", PROMISED, action("done", "2025-06-10"), closed)) == (
        "met",
        date(2025, 6, 10),
    )
