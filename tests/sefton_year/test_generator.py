"""The made-up year: the same for the same seed, within the law, and with as many of each as the report says."""

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest

from services.cli.sefton_year.children import look_after
from services.cli.sefton_year.conferences import draw_conferences, seats_of
from services.cli.sefton_year.deeds import FIRST, Call, Line, Sample
from services.cli.sefton_year.generator import make_year
from services.cli.sefton_year.officers import FULL_TIME, PART_TIME
from services.cli.sefton_year.rhythm import Rhythm
from services.cli.sefton_year.stays import draw_stays
from services.cli.sefton_year.year import FIRST_DAY, FIRST_LOAD, LAST_DAY, OCTOBER
from shared.timescales.calendar import england
from shared.timescales.periods import corresponding_date

SEEDS = (1, 2021)
CALENDAR = england()


def rhythm(seed):
    return Rhythm(Random(seed), CALENDAR)


@pytest.fixture(scope="module", params=SEEDS)
def stays(request):
    """All stays in care, of one seed and another."""
    return draw_stays(rhythm(request.param))


@pytest.fixture(scope="module", params=SEEDS)
def conferences(request):
    """All initial conferences, of one seed and another."""
    return draw_conferences(rhythm(request.param))


@pytest.fixture(scope="module")
def deeds():
    """Everything that is told."""
    return make_year()


def in_care(stays, day):
    return sum(each.started_on <= day and (each.ended_on is None or each.ended_on > day) for each in stays)


def owed(stay, nth):
    """When the nth review of a stay was owed: reg 33 of SI 2010/959."""
    if nth == 0:
        return CALENDAR.working_day(stay.started_on, 20)
    return corresponding_date(stay.held[nth - 1], 3 if nth == 1 else 6)


def test_the_same_seed_makes_up_the_same_year_and_another_one_another():
    assert make_year(7, scale=20) == make_year(7, scale=20) != make_year(8, scale=20)


def test_children_in_care_rise_from_586_to_607_and_617(stays):
    assert [in_care(stays, day) for day in (FIRST_DAY, OCTOBER, LAST_DAY)] == [586, 607, 617]


def test_reviews_are_1140_and_18_to_28_of_them_late(stays):
    held = [(stay, on) for stay in stays for on in stay.held if FIRST_DAY <= on <= LAST_DAY]
    late = [on for stay, on in held if on in stay.late]
    assert len(held) == 1140
    assert 18 <= len(late) <= 28


def test_reviews_are_in_time_but_for_the_late_ones_and_on_working_days(stays):
    for stay in stays:
        for nth, on in enumerate(stay.held):
            assert (on > owed(stay, nth)) == (on in stay.late), (stay, nth)
            assert CALENDAR.is_working_day(on)
            assert stay.ended_on is None or stay.started_on <= on < stay.ended_on


def test_hardly_any_review_is_owed_and_not_held_when_the_year_ends(stays):
    lasting = [stay for stay in stays if stay.ended_on is None]
    assert sum(owed(stay, len(stay.held)) <= LAST_DAY for stay in lasting) == 10
    left = [stay for stay in stays if stay.ended_on is not None]
    assert all(stay.ended_on <= owed(stay, len(stay.held)) for stay in left)


def test_everybody_of_the_first_day_was_in_care_when_the_case_system_first_told(stays):
    opening = [stay for stay in stays if stay.started_on < FIRST_DAY]
    assert len(opening) == 586
    assert max(stay.started_on for stay in opening) <= FIRST_LOAD


def test_a_quarter_of_those_who_came_were_under_one_and_nobody_is_an_adult(stays):
    children = look_after(Random(3), stays)
    came = [each for each in children if each.stay.started_on >= FIRST_DAY]
    babies = sum(each.stay.started_on < corresponding_date(each.born_on, 12) for each in came)
    assert round(100 * babies / len(came)) == 24
    assert all(each.born_on <= each.stay.started_on for each in children)
    assert all(corresponding_date(each.born_on, 18 * 12) > LAST_DAY for each in children)


def test_those_who_stay_are_dealt_out_among_the_full_time_officers(stays):
    dealt = Counter(each.officer for each in look_after(Random(3), stays) if each.stays)
    assert dealt == dict.fromkeys(FULL_TIME, 77) | {PART_TIME: 1}


def test_160_conferences_are_about_324_children_and_35_of_them_late_with_68(conferences):
    late = [each for each in conferences if each.late_reason]
    assert (len(conferences), len(list(seats_of(conferences)))) == (160, 324)
    assert (len(late), sum(len(each.seats) for each in late)) == (35, 68)
    for each in conferences:
        due = CALENDAR.working_day(each.discussed_on, 15)
        assert (each.held_on > due) == (each.late_reason is not None)
        assert FIRST_DAY <= each.held_on <= LAST_DAY
        assert each.discussed_on > FIRST_LOAD


def test_299_children_get_a_plan_60_of_them_again_and_32_before_they_are_born(conferences):
    seats = [seat for _, seat in seats_of(conferences)]
    planned = [seat for seat in seats if seat.category]
    assert (len(planned), len(seats) - len(planned)) == (299, 25)
    assert sum(seat.again for seat in planned) == sum(seat.again for seat in seats) == 60
    assert (sum(seat.unborn for seat in seats), sum(seat.unborn for seat in planned)) == (34, 32)
    assert all((each.held_on < seat.born_on) == seat.unborn for each, seat in seats_of(conferences))


def test_nothing_is_told_before_it_is_so_or_after_the_year(deeds):
    assert min(deed.on for deed in deeds) == FIRST_LOAD
    assert max(deed.on for deed in deeds) <= LAST_DAY
    for deed in deeds:
        if isinstance(deed, Line):
            for name in ("started_on", "held_on", "ended_on"):
                assert deed.on >= date.fromisoformat(deed.fields.get(name, "2000-01-01"))
            if "allocated_at" in deed.fields:
                told_by = datetime.fromisoformat(f"{deed.on}T18:00+00:00") + timedelta(hours=1)
                assert datetime.fromisoformat(deed.fields["allocated_at"]) < told_by


def test_two_samples_are_drawn_before_the_year(deeds):
    samples = [deed for deed in deeds if isinstance(deed, Sample)]
    assert [(len(each.recorded), sum(each.recorded)) for each in samples] == [(60, 20), (149, 67)]
    assert all(each.on < FIRST_DAY for each in samples)


def test_a_reference_is_told_once_in_each_version(deeds):
    told = [(d.record, d.reference, d.fields["source_version"]) for d in deeds if isinstance(d, Line)]
    assert len(set(told)) == len(told)


def test_each_officer_is_supervised_monthly_and_observed_twice_within_six_months(deeds):
    calls = [deed for deed in deeds if isinstance(deed, Call)]
    for name in (*FULL_TIME, PART_TIME):
        supervised = [each.on for each in calls if each.path.startswith(f"/v1/supervisions/SV-{name}-")]
        observed = [each.on for each in calls if each.path.startswith(f"/v1/observations/OB-{name}-")]
        assert (len(supervised), len(observed)) == (12, 2)
        assert all(FIRST_DAY <= on <= LAST_DAY for on in (*supervised, *observed))
        assert all(b <= corresponding_date(a, 1) for a, b in pairwise(supervised))
        assert observed[1] <= corresponding_date(observed[0], 6)


def test_plans_are_reviewed_in_3_months_and_each_chair_is_left_with_80_cases(deeds):
    lines = [deed for deed in deeds if isinstance(deed, Line) and deed.fields.get("role") == "cp_chair"]
    begun = Counter(each.fields["officer"] for each in lines if "ended_at" not in each.fields)
    ended = Counter(each.fields["officer"] for each in lines if "ended_at" in each.fields)
    assert sum(begun.values()) == 299 and set((begun - ended).values()) == {80}
    calls = {deed.path: deed.on for deed in deeds if isinstance(deed, Call) and deed.turn == FIRST}
    reviews = {path: on for path, on in calls.items() if "/RCPC-" in path and path.endswith("-1")}
    assert len(reviews) > 50
    for path, on in reviews.items():
        initial = calls[f"/v1/conferences/ICPC-{path[-5:-2]}"]
        assert initial < on <= corresponding_date(initial, 3)
