"""The reason that comes with each date."""

from shared.timescales.calendar import england
from shared.timescales.catalogue import load_catalogue
from shared.timescales.explanation import OCCASIONS
from shared.timescales.facts import FACT_KINDS

from .builders import held, notified, only, started

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
    doubt = "Not confirmed: nobody has yet read this figure in its source."
    history = started("2025-01-06"), held("2025-02-03")
    assert doubt in only("iro-midpoint-lac", *history).explanation
    assert doubt not in only("lac-review-second", *history).explanation


def test_every_kind_of_fact_can_be_spoken_of() -> None:
    assert OCCASIONS.keys() == FACT_KINDS.keys()


def test_every_timescale_names_its_source() -> None:
    assert all(row.source and row.title for row in load_catalogue().timescales)
