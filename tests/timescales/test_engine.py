"""What the facts of a child's time in care say about the dates that were owed."""

from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from shared.timescales.calendar import ProclaimedDay, england
from shared.timescales.catalogue import load_catalogue
from shared.timescales.engine import Outcome, deadlines
from shared.timescales.kind import Precision

from .builders import CARE, all_of, ended, fact, held, notified, only, started
from .rows import HALFWAY, limited, written


def test_becoming_looked_after_opens_the_first_review() -> None:
    deadline = only("lac-review-first", started("2025-04-17"))
    assert deadline.due_on == date(2025, 5, 20)
    assert deadline.due_at == datetime(2025, 5, 20, 23, tzinfo=UTC)
    assert (deadline.anchor, deadline.starts_on, deadline.starts_at) == (CARE, date(2025, 4, 17), None)
    assert (deadline.precision, deadline.outcome, deadline.provisional) == (
        Precision.DAY,
        Outcome.OPEN,
        False,
    )
    assert (deadline.closed_on, deadline.closed_by) == (None, None)


def test_a_review_on_the_last_day_is_in_time() -> None:
    deadline = only("lac-review-first", started("2025-04-17"), held("2025-05-20"))
    assert (deadline.outcome, deadline.closed_on, deadline.closed_by) == (
        "met",
        date(2025, 5, 20),
        "review.held",
    )


def test_a_review_one_day_later_is_late() -> None:
    deadline = only("lac-review-first", started("2025-04-17"), held("2025-05-21"))
    assert (deadline.outcome, deadline.closed_on) == (Outcome.MET_LATE, date(2025, 5, 21))


def test_holding_a_review_sets_the_date_of_the_next() -> None:
    facts = started("2025-01-06"), held("2025-02-03")
    assert only("lac-review-second", *facts).due_on == date(2025, 5, 3)
    assert all_of("lac-review-subsequent", *facts) == []


def test_the_third_review_is_owed_six_months_after_the_second() -> None:
    facts = started("2025-01-06"), held("2025-02-03", 10), held("2025-04-28", 11)
    assert only("lac-review-second", *facts).outcome is Outcome.MET
    third = only("lac-review-subsequent", *facts)
    assert (third.due_on, third.anchor, third.outcome) == (date(2025, 10, 28), UUID(int=11), Outcome.OPEN)


def test_an_early_review_brings_the_next_date_forward() -> None:
    late = only("lac-review-second", started("2025-01-06"), held("2025-02-03"))
    early = only("lac-review-second", started("2025-01-06"), held("2025-01-20"))
    assert early.due_on < late.due_on


def test_a_late_review_does_not_forgive_the_one_that_was_missed() -> None:
    facts = started("2025-01-06"), held("2025-02-03", 10), held("2025-06-30", 11)
    assert only("lac-review-second", *facts).outcome is Outcome.MET_LATE
    assert only("lac-review-subsequent", *facts).due_on == date(2025, 12, 30)


def test_leaving_care_in_time_ends_what_was_owed() -> None:
    deadline = only("lac-review-first", started("2025-01-06"), ended("2025-02-03"))
    assert (deadline.outcome, deadline.closed_by) == (Outcome.ENDED, "care_period.ended")


def test_leaving_care_after_the_due_date_leaves_it_unmet() -> None:
    deadline = only("lac-review-first", started("2025-01-06"), ended("2025-02-04"))
    assert (deadline.outcome, deadline.closed_on) == (Outcome.ENDED_UNMET, date(2025, 2, 4))


def test_a_review_on_the_day_the_child_leaves_care_meets_the_date() -> None:
    facts = started("2025-01-06"), held("2025-01-30"), ended("2025-01-30")
    assert only("lac-review-first", *facts).outcome is Outcome.MET
    assert only("lac-review-second", *facts).outcome is Outcome.ENDED


def test_a_review_after_care_has_ended_neither_meets_nor_opens_anything() -> None:
    facts = started("2025-01-06"), ended("2025-01-20"), held("2025-01-30")
    assert only("lac-review-first", *facts).outcome is Outcome.ENDED
    assert all_of("lac-review-second", *facts) == []


def test_a_review_before_care_began_is_not_the_first_review() -> None:
    facts = held("2024-12-01", 9), started("2025-01-06"), held("2025-02-03", 10)
    assert only("lac-review-first", *facts).closed_on == date(2025, 2, 3)
    assert only("lac-review-second", *facts).anchor == UUID(int=10)


def test_a_review_on_the_day_of_entry_counts() -> None:
    assert only("lac-review-first", started("2025-01-06"), held("2025-01-06")).outcome is Outcome.MET


def test_of_two_reviews_on_one_day_the_second_meets_what_the_first_opened() -> None:
    facts = started("2025-01-06"), held("2025-02-03", 11), held("2025-02-03", 10)
    second = only("lac-review-second", *facts)
    assert (second.anchor, second.outcome, second.closed_on) == (UUID(int=10), Outcome.MET, date(2025, 2, 3))
    assert only("lac-review-subsequent", *facts).anchor == UUID(int=11)


def test_care_that_began_before_the_regulations_opens_nothing() -> None:
    assert all_of("lac-review-first", started("2011-03-31")) == []
    assert all_of("lac-review-first", started("2011-04-01")) != []


def test_a_return_owes_no_officer_because_it_never_names_one() -> None:
    returned = started("2025-01-06", source="ssda903")
    assert all_of("iro-allocation-handbook", returned) == []
    assert all_of("lac-review-first", returned) != []


def test_warnings_come_before_the_due_time_and_after_the_start() -> None:
    deadline = only("lac-review-first", started("2025-04-17"))
    assert deadline.warnings == (
        datetime(2025, 5, 5, 23, tzinfo=UTC),  # the morning of Tue 6 May, ten working days before
        datetime(2025, 5, 12, 23, tzinfo=UTC),
    )
    hours = only("iro-allocation-sefton", notified("2025-10-24T16:00:00+01:00"))
    assert hours.warnings == (datetime(2025, 10, 26, 15, tzinfo=UTC),)


def test_a_warning_at_or_before_the_start_is_not_given_unless_the_count_is_backward(tmp_path: Path) -> None:
    for limit, warned in (("4 working days", 0), ("5 working days", 0), ("6 working days", 1)):
        catalogue = written(tmp_path, limited(limit))
        assert len(only("review-soon", started("2025-01-06"), catalogue=catalogue).warnings) == warned
    report = only("sw-pre-review-report", fact("review.scheduled", "2025-05-06"))  # due on 30 April
    assert report.warnings == (datetime(2025, 4, 27, 23, tzinfo=UTC),)


def test_a_midpoint_on_the_very_day_of_the_start_warns_of_nothing(tmp_path: Path) -> None:
    catalogue = written(
        tmp_path, limited("1 working day") + HALFWAY.replace('["5 working days"]', '["1 day"]')
    )
    check = only("check", started("2025-01-06"), catalogue=catalogue)
    assert (check.due_on, check.warnings) == (date(2025, 1, 6), ())


def test_a_proclaimed_day_moves_an_open_deadline() -> None:
    funeral = ProclaimedDay(date(2027, 6, 14), "A state funeral", date(2027, 6, 5), "Royal Proclamation")
    before = only("lac-review-first", started("2027-06-01"))
    after = only("lac-review-first", started("2027-06-01"), calendar=england().with_days([funeral]))
    assert (before.due_on, after.due_on) == (date(2027, 6, 29), date(2027, 6, 30))


def test_nothing_known_is_nothing_owed() -> None:
    assert deadlines([], load_catalogue(), england()) == []


def test_deadlines_come_in_the_order_of_their_starts_and_then_of_the_catalogue() -> None:
    facts = [held("2025-02-03"), started("2025-01-06"), notified("2025-01-06T10:00:00+00:00")]
    assert [each.timescale for each in deadlines(facts, load_catalogue(), england())] == [
        "iro-service-notified",  # the child came into care
        "iro-allocation-handbook",
        "lac-review-first",
        "iha",
        "pep-initial",
        "iro-allocation-sefton",  # the service was told
        "review-decisions-issued",  # the review was completed, and so held
        "review-record",
        "review-record-distribution",
        "care-plan-update-after-review",
        "lac-review-second",
        "iro-midpoint-lac",
    ]
