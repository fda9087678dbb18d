"""The clocks of an escalation, worked out from what happened: each stage, the officer, the whole, and the child."""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from shared.timescales.catalogue import load_catalogue
from shared.timescales.engine import Deadline
from shared.timescales.facts import Fact
from shared.timescales.london import london_date

from .builders import all_of, only, running_on
from .ladders import (
    PRACTICE_ALERT,
    QUIET_WORD,
    SECOND,
    accepted,
    anchor,
    answered,
    decided,
    ladders,
    needed,
    of_escalation,
    opened,
    stage_closed,
)

# Monday 2 June 2025, a month without bank holidays; five working days end on Monday 9 June.
MONDAY = "2025-06-02T10:00:00+01:00"
ALERT, SECOND_STAGE = "alert-sefton-2021-practice-alert", "alert-sefton-2021-service-manager"
DECISION, OUTCOME = "alert-sefton-2021-decision", "alert-sefton-2021-outcome"
RAISED = opened(MONDAY, "sefton-2021.practice_alert", PRACTICE_ALERT)
FORMAL = of_escalation("went_formal", MONDAY)


def at(day: int, time: str = "10:00:00") -> str:
    """An instant of June 2025."""
    return f"2025-06-{day:02}T{time}+01:00"


def up(day: int) -> Fact:
    """The second stage was opened."""
    return opened(at(day, "12:00:00"), "sefton-2021.service_manager", SECOND)


def told(deadline: Deadline) -> tuple[str, date | None, date]:
    """The outcome, the day of it, and the day on which it was due."""
    return deadline.outcome.value, deadline.closed_on, deadline.due_on


# A stage


def test_a_stage_is_due_so_many_working_days_after_it_was_opened() -> None:
    assert told(only(ALERT, RAISED)) == ("open", None, date(2025, 6, 9))
    assert only(ALERT, RAISED).anchor == anchor(PRACTICE_ALERT)


@pytest.mark.parametrize(("day", "outcome"), [(2, "met"), (9, "met"), (10, "met_late")])
def test_an_answer_meets_the_stage_until_the_end_of_its_last_day(day: int, outcome: str) -> None:
    answer = answered(at(day, "23:30:00"), PRACTICE_ALERT)
    assert told(only(ALERT, RAISED, answer)) == (outcome, date(2025, 6, day), date(2025, 6, 9))


def test_an_answer_to_another_stage_does_not_meet_this_one() -> None:
    assert only(ALERT, RAISED, answered(at(3), SECOND)).outcome == "open"


def test_a_stage_that_nobody_answered_ends_unmet_when_the_next_is_opened_and_that_has_its_own_time() -> None:
    facts = RAISED, stage_closed(at(10), PRACTICE_ALERT), up(10)
    assert told(only(ALERT, *facts)) == ("ended_unmet", date(2025, 6, 10), date(2025, 6, 9))
    assert told(only(SECOND_STAGE, *facts)) == ("open", None, date(2025, 6, 17))


def test_an_answer_after_the_stage_was_closed_changes_nothing() -> None:
    facts = RAISED, stage_closed(at(10), PRACTICE_ALERT), up(10), answered(at(12), PRACTICE_ALERT)
    assert told(only(ALERT, *facts)) == ("ended_unmet", date(2025, 6, 10), date(2025, 6, 9))


def test_a_stage_that_is_closed_in_time_without_an_answer_is_no_breach() -> None:
    withdrawn = RAISED, stage_closed(at(4), PRACTICE_ALERT)
    assert told(only(ALERT, *withdrawn)) == ("ended", date(2025, 6, 4), date(2025, 6, 9))


def test_only_the_stage_that_was_opened_has_a_clock() -> None:
    quiet = opened(MONDAY, "sefton-2021.informal", QUIET_WORD)
    assert running_on("2025-06-02", quiet) == ["alert-sefton-2021-informal"]
    assert running_on("2025-06-02", opened(MONDAY, "nobody-s.informal", QUIET_WORD)) == []


def test_an_escalation_keeps_the_times_of_the_ladder_under_which_it_began() -> None:
    older = opened(MONDAY, "sefton-2020.practice_alert", PRACTICE_ALERT)
    assert running_on("2025-06-02", older) == ["alert-sefton-2020-practice-alert"]
    assert only("alert-sefton-2020-practice-alert", older).due_on == date(2025, 6, 16)


def test_it_is_warned_of_two_working_days_before() -> None:
    (warning,) = only(ALERT, RAISED).warnings
    assert london_date(warning) == date(2025, 6, 5)


def test_the_explanation_says_whose_number_it_is_and_that_nobody_read_it() -> None:
    lines = only(ALERT, RAISED).explanation
    assert lines[0] == "Day 0 is Mon 2 June 2025, when the stage was opened."
    assert lines[1].startswith(
        "Practice alert answered: within 5 working days (local: Sefton IRO annual report"
    )
    assert any(line.startswith("Not confirmed") for line in lines)


# Hours


@pytest.mark.parametrize(("time", "outcome"), [("10:00:00", "met"), ("10:00:01", "met_late")])
def test_a_ladder_may_count_hours_to_the_second(tmp_path: Path, time: str, outcome: str) -> None:
    catalogue = ladders(tmp_path)
    head = opened(MONDAY, "ours.head", SECOND)
    found = only("alert-ours-head", head, answered(at(5, time), SECOND, "ours"), catalogue=catalogue)
    assert found.outcome == outcome
    (warning,) = found.warnings
    assert warning.isoformat() == "2025-06-04T09:00:00+00:00"


# The officer


def test_the_officer_has_a_time_to_decide_on_an_answer() -> None:
    answer = answered(at(4), PRACTICE_ALERT)
    assert told(only(DECISION, RAISED, answer)) == ("open", None, date(2025, 6, 11))
    for day, outcome in ((4, "met"), (11, "met"), (12, "met_late")):
        assert only(DECISION, RAISED, answer, decided(at(day), PRACTICE_ALERT)).outcome == outcome
    assert only(DECISION, RAISED, answer, decided(at(5), SECOND)).outcome == "open"


def test_nothing_is_to_be_decided_once_the_stage_is_closed() -> None:
    facts = RAISED, answered(at(4), PRACTICE_ALERT), stage_closed(at(5), PRACTICE_ALERT)
    assert told(only(DECISION, *facts)) == ("ended", date(2025, 6, 5), date(2025, 6, 11))


def test_an_accepted_answer_is_followed_to_its_outcome() -> None:
    facts = (
        RAISED,
        answered(at(4), PRACTICE_ALERT),
        decided(at(4), PRACTICE_ALERT),
        accepted(at(4), PRACTICE_ALERT),
    )
    assert told(only(OUTCOME, *facts)) == ("open", None, date(2025, 7, 2))
    closed = of_escalation("closed", at(20), closing="put_right")
    assert told(only(OUTCOME, *facts, closed)) == ("met", date(2025, 6, 20), date(2025, 7, 2))


def test_what_was_accepted_and_goes_up_after_all_has_no_outcome_to_wait_for() -> None:
    facts = RAISED, accepted(at(4), PRACTICE_ALERT)
    assert told(only(OUTCOME, *facts, up(16))) == ("ended", date(2025, 6, 16), date(2025, 7, 2))


def test_within_one_day_the_order_is_that_of_the_instants() -> None:
    """Opened, answered, decided, accepted on one morning: the opening ends no outcome, and the next stage does."""
    facts = RAISED, answered(at(2, "10:05:00"), PRACTICE_ALERT), accepted(at(2, "10:10:00"), PRACTICE_ALERT)
    assert only(OUTCOME, *facts).outcome == "open"
    assert told(only(OUTCOME, *facts, up(2)))[:2] == ("ended", date(2025, 6, 2))
    at_once = RAISED, answered(MONDAY, PRACTICE_ALERT), accepted(MONDAY, PRACTICE_ALERT)
    assert only(OUTCOME, *at_once).outcome == "open"


# The whole formal process


def test_the_formal_process_has_twenty_working_days_across_its_stages() -> None:
    climbing = [FORMAL, RAISED]
    for facts in ((), (stage_closed(at(10), PRACTICE_ALERT), up(10)), (answered(at(16), SECOND),)):
        climbing += facts
        assert told(only("alert-formal", *climbing)) == ("open", None, date(2025, 6, 30))
    assert [london_date(each) for each in only("alert-formal", *climbing).warnings] == [
        date(2025, 6, 16),
        date(2025, 6, 23),
        date(2025, 6, 26),
    ]


def test_a_quiet_word_starts_no_formal_clock() -> None:
    assert all_of("alert-formal", opened(MONDAY, "sefton-2021.informal", QUIET_WORD)) == []


def test_a_second_beginning_moves_the_cap_no_more_than_a_second_stage() -> None:
    again = Fact("escalation.went_formal", anchor(200), date(2025, 6, 16), up(16).at.replace(day=16))
    assert only("alert-formal", FORMAL, again).due_on == date(2025, 6, 30)


def test_a_settled_dispute_stops_the_formal_clock_and_one_reopened_has_the_date_it_had() -> None:
    settled = of_escalation("settled", at(20))
    assert told(only("alert-formal", FORMAL, settled)) == ("met", date(2025, 6, 20), date(2025, 6, 30))
    assert told(only("alert-formal", FORMAL)) == ("open", None, date(2025, 6, 30))
    late = of_escalation("settled", "2025-07-01T09:00:00+01:00")
    assert told(only("alert-formal", FORMAL, late)) == ("met_late", date(2025, 7, 1), date(2025, 6, 30))


def test_an_escalation_that_is_closed_unsettled_ends_the_formal_clock() -> None:
    closed = of_escalation("closed", at(20), closing="let_go")
    assert told(only("alert-formal", FORMAL, closed)) == ("ended", date(2025, 6, 20), date(2025, 6, 30))


def test_settled_and_closed_at_one_instant_is_settled() -> None:
    both = of_escalation("settled", at(20)), of_escalation("closed", at(20), closing="put_right")
    assert only("alert-formal", FORMAL, *both).closed_by == "escalation.settled"


def test_the_cap_can_be_neither_paused_nor_put_off() -> None:
    row = load_catalogue().find("alert-formal")
    assert row is not None and not row.relief.pause and row.relief.extension is None and not row.relief.waiver
    codes = {
        "timescale": "alert-formal",
        "anchor": str(UUID(int=100)),
        "from": "2025-06-03",
        "until": "2025-06-20",
    }
    paused = Fact("pause.granted", UUID(int=300), date(2025, 6, 3), None, codes)
    assert only("alert-formal", FORMAL, paused).due_on == date(2025, 6, 30)


# Nothing starts any more


def test_a_closed_escalation_starts_no_clock() -> None:
    closed = of_escalation("closed", at(10), closing="let_go")
    assert all_of(SECOND_STAGE, RAISED, closed, up(11)) == []
    assert all_of("alert-needed-by", closed, needed("2025-06-20"))[0].outcome == "ended"
