"""The reason that comes with each date."""

from shared.timescales.calendar import england
from shared.timescales.catalogue import load_catalogue
from shared.timescales.kinds import KINDS

from .builders import all_of, choosing, exempted, fact, fact_at, held, notified, only, paused, started

DOUBT = "Not confirmed: nobody has yet read this figure in its source."
CALENDAR = f"Calendar of England: version {england().version}."


def test_a_count_of_working_days_names_the_holidays_it_stepped_over() -> None:
    assert only("lac-review-first", started("2025-04-17")).explanation == (
        "Day 0 is Thu 17 April 2025, when the child became looked after.",
        "First looked-after review: within 20 working days (statutory: SI 2010/959 reg 33(1)).",
        "Not working days on the way: Good Friday (Fri 18 April 2025), Easter Monday (Mon 21 April 2025), "
        "May Day (Mon 5 May 2025) and 10 weekend days.",
        "Due by the end of Tue 20 May 2025, London time.",
        CALENDAR,
    )


def test_a_clamped_month_says_so_and_that_the_date_stays() -> None:
    lines = only("lac-review-second", started("2024-11-04"), held("2024-11-30")).explanation
    assert "February 2025 has no day 30, so its last day, the 28th, is the corresponding date." in lines
    weekend = only("lac-review-second", started("2025-01-06"), held("2025-02-03")).explanation
    assert any("not a working day, and the date stays" in line for line in weekend)


def test_a_month_that_has_the_day_says_nothing_of_it() -> None:
    lines = only("lac-review-second", started("2025-01-06"), held("2025-02-04")).explanation
    assert not any("corresponding date" in line for line in lines)


def test_hours_across_the_autumn_change_say_so() -> None:
    assert only("iro-allocation-sefton", notified("2025-10-24T16:00:00+01:00")).explanation == (
        "The clock starts at 16:00 BST on Fri 24 October 2025, "
        "when the reviewing service was told of the child.",
        "Reviewing officer allocated: within 72 hours (local: Sefton IRO annual report 2020-21, section 4).",
        "The clocks go back on Sun 26 October 2025, so the hours run from 16:00 BST to 15:00 GMT.",
        "Due at 15:00 GMT on Mon 27 October 2025, London time.",
        CALENDAR,
    )


def test_hours_across_the_spring_change_say_so() -> None:
    lines = only("iro-allocation-sefton", notified("2025-03-28T16:00:30+00:00")).explanation
    assert (
        "The clocks go forward on Sun 30 March 2025, so the hours run from 16:00:30 GMT to 17:00:30 BST."
        in lines
    )


def test_hours_in_one_season_do_not_speak_of_clocks() -> None:
    lines = only("iro-allocation-sefton", notified("2025-06-02T16:00:00+01:00")).explanation
    assert not any("clocks go" in line for line in lines)


def test_a_provisional_date_says_why() -> None:
    deadline = only("lac-review-first", started("2028-12-18"))
    assert deadline.provisional
    assert (
        "Provisional: bank holidays are published only through Sun 31 December 2028." in deadline.explanation
    )


def test_an_unconfirmed_rule_says_so_and_a_confirmed_one_does_not() -> None:
    history = started("2025-01-06"), held("2025-02-03")
    assert DOUBT in only("iro-midpoint-lac", *history).explanation
    assert DOUBT not in only("lac-review-second", *history).explanation


def test_a_count_back_from_a_day_names_what_it_stepped_over_in_order_of_date() -> None:
    report = only("sw-pre-review-report", started("2024-09-02"), fact("review.scheduled", "2024-12-30"))
    assert report.explanation == (
        "Day 0 is Mon 30 December 2024, the day the review is planned for.",
        "Social worker's report before the review: 3 working days before (guidance: IRO Handbook (2010) "
        "(recalled, not read)).",
        "The council's setting: days_before = days.",
        "Not working days on the way: Christmas Day (Wed 25 December 2024), Boxing Day (Thu 26 December 2024) "
        "and 2 weekend days.",
        "Due by the end of Mon 23 December 2024, London time.",
        DOUBT,
        CALENDAR,
    )


def test_a_month_counted_back_is_clamped_and_says_so() -> None:
    invitations = only(
        "cp-invites-rcpc", fact("conference.scheduled", "2025-03-31", conference_type="review")
    )
    assert "February 2025 has no day 31, so its last day, the 28th, is the corresponding date." in (
        invitations.explanation
    )


def test_a_birth_that_brings_a_conference_forward_is_told_and_how_it_was_counted_from_there() -> None:
    born = fact("child.born", "2025-04-11")
    lines = only("rcpc-first-prebirth", fact("plan.started", "2025-03-31", unborn="yes"), born).explanation
    assert lines[1:6] == (
        "First review conference, child unborn at the first: within 3 months (local: Liverpool procedures, as "
        "amended in March 2022).",
        "The council's setting: conference_interval = months.",
        "It is due earlier because of Fri 11 April 2025, when the child was born: 20 working days from then.",
        "Not working days on the way: Good Friday (Fri 18 April 2025), Easter Monday (Mon 21 April 2025), "
        "May Day (Mon 5 May 2025) and 10 weekend days.",
        "Due by the end of Wed 14 May 2025, London time.",
    )


def test_what_is_due_on_the_very_day_of_something_sooner_says_so_and_counts_nothing() -> None:
    lines = only("iha", started("2025-04-14"), held("2025-04-24")).explanation
    assert lines[2:4] == (
        "It is due earlier because of Thu 24 April 2025, when a review was held.",
        "Due by the end of Thu 24 April 2025, London time.",
    )
    assessed = fact("health_assessment.completed", "2025-04-24")
    assert only("iha", started("2025-04-14"), held("2025-04-24"), assessed).explanation == lines
    on_the_day = only("iha", started("2025-04-14"), held("2025-05-15")).explanation
    assert "earlier" not in "".join(on_the_day)


def test_a_pause_says_from_when_to_when_and_on_which_day_it_was_granted() -> None:
    plan = fact("plan.started", "2025-01-06", 5)
    away = paused("2025-01-08", "2025-01-09", "2025-01-15", code="cp-visit", anchor=plan.record)
    lines = only("cp-visit", plan, away).explanation
    assert (
        "The clock stood still from Thu 9 January 2025 to Wed 15 January 2025 (7 days), as granted on "
        "Wed 8 January 2025." in lines
    )
    assert "Due by the end of Mon 27 January 2025, London time." in lines


def test_a_later_date_says_when_it_was_granted_and_where_it_was_cut_off() -> None:
    approval = fact("temporary_approval.given", "2025-01-06", 5)

    def told(until: str) -> tuple[str, ...]:
        later = exempted("2025-04-01", until, code="temp-carer-approval", anchor=approval.record)
        return only("temp-carer-approval", started("2025-01-06"), approval, later).explanation

    assert "A later date, Mon 12 May 2025, was granted on Tue 1 April 2025." in told("2025-05-12")
    assert (
        "A later date, Mon 30 June 2025, was granted on Tue 1 April 2025; it may be at most 56 days after the first."
        in told("2025-06-30")
    )
    assert "Due by the end of Mon 23 June 2025, London time." in told("2025-06-30")


def test_a_waiver_says_when_the_promise_was_let_go() -> None:
    back = fact_at("child.returned", "2025-10-24T16:00:00+01:00")
    waiver = exempted("2025-10-26", code="missing-rhi", anchor=back.record)
    assert (
        "Let go: a waiver was granted on Sun 26 October 2025."
        in only("missing-rhi", back, waiver).explanation
    )


def test_silence_marks_and_nights_say_what_they_are() -> None:
    decided = started("2025-01-06"), held("2025-03-31"), fact("review.decisions_issued", "2025-04-07")
    silence = only("review-decisions-manager-challenge", *decided).explanation
    assert "Silence until then means agreement." in silence
    child = started("2025-01-06", regime="short_breaks"), fact("short_break.began", "2025-02-03")
    nights = only("shortbreak-year-75-days", *child).explanation
    assert nights[1:5] == (
        "Short breaks reach 75 days in a year: within 75 days in any 12 months (statutory: SI 2010/959 reg 48(2)).",
        "Each night of every stay counts, in the 12 months before any day.",
        "Due by the end of Sat 19 April 2025, London time.",
        "This is a mark to notice, and no duty is broken when it is reached.",
    )


def test_a_setting_is_named_with_its_answer() -> None:
    catalogue = choosing(review_interval="days")
    second = all_of("lac-review-second", started("2025-01-06"), held("2025-02-03"), catalogue=catalogue)[0]
    assert second.explanation[1:3] == (
        "Second looked-after review: within 91 days (statutory: SI 2010/959 reg 33(2)).",
        "The council's setting: review_interval = days.",
    )


def test_every_kind_of_fact_can_be_spoken_of() -> None:
    assert all(kind.occasion for kind in KINDS.values())


def test_every_timescale_names_its_source() -> None:
    assert all(row.source and row.title for row in load_catalogue().timescales)
