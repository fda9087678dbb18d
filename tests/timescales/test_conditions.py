"""What must hold for a clock to start: the child's age, and the codes that stand on the day."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.timescales.engine import Outcome

from .builders import all_of, choosing, codes_of, ended, fact, held, only, started
from .rows import ROW, written

IN_CARE = started("2024-01-08")
BANDS = ("rha-under5", "rha-5plus")
REVIEWED = ROW.replace('"care_period.started" }', '"review.held" }').replace(
    'stops     = { fact = "review.held" }', 'stops     = { fact = "visit.made" }'
)


def bands(born: str | None, assessed: str, **settings: str) -> list[str]:
    """The review health assessments owed after one, by the child's birthday."""
    birth = [fact("child.born", born)] if born else []
    facts = IN_CARE, *birth, fact("health_assessment.completed", assessed)
    return [code for code in codes_of(*facts, catalogue=choosing(**settings)) if code in BANDS]


# Age


@pytest.mark.parametrize(
    ("assessed", "at_the_last", "when_due"),
    [
        ("2025-02-28", "rha-under5", "rha-under5"),  # due on 28 August, four years old still
        ("2025-03-01", "rha-under5", "rha-5plus"),  # due on 1 September, which is the fifth birthday
        ("2025-08-31", "rha-under5", "rha-5plus"),
        ("2025-09-01", "rha-5plus", "rha-5plus"),
    ],
)
def test_a_child_turning_five_has_the_band_that_the_setting_says(
    assessed: str, at_the_last: str, when_due: str
) -> None:
    assert bands("2020-09-01", assessed) == [at_the_last]
    assert bands("2020-09-01", assessed, health_band="due") == [when_due]


def test_the_bands_are_six_and_twelve_months() -> None:
    assessment = fact("health_assessment.completed", "2024-08-31")
    assert only("rha-under5", IN_CARE, fact("child.born", "2023-01-01"), assessment).due_on == date(
        2025, 2, 28
    )
    assert only("rha-5plus", IN_CARE, fact("child.born", "2013-01-01"), assessment).due_on == date(
        2025, 8, 31
    )


@pytest.mark.parametrize(
    ("assessed", "band"),
    [("2025-02-28", "rha-under5"), ("2025-03-01", "rha-5plus")],
)
def test_a_child_born_on_29_february_is_five_on_1_march(assessed: str, band: str) -> None:
    assert bands("2020-02-29", assessed) == [band]


def test_a_child_born_on_29_february_has_that_birthday_in_a_leap_year(tmp_path: Path) -> None:
    catalogue = written(tmp_path, REVIEWED + 'elapsed = { since = "child.born", from = "4 years" }\n')
    for born, of_age in (
        ("2020-02-29", "2024-02-29"),
        ("2020-02-28", "2024-02-28"),
        ("2019-02-28", "2024-02-27"),
    ):
        reviews = [held(f"2024-02-{day}", day) for day in (27, 28, 29)]
        found = all_of("review-soon", IN_CARE, fact("child.born", born), *reviews, catalogue=catalogue)
        assert found[0].starts_on == date.fromisoformat(of_age)


@pytest.mark.parametrize("setting", ["last_assessment", "due"])
def test_a_child_whose_birth_is_not_told_has_the_shorter_interval(setting: str) -> None:
    assert bands(None, "2024-06-03", health_band=setting) == ["rha-under5"]


@given(
    st.dates(date(2012, 1, 1), date(2024, 1, 8)),
    st.dates(date(2024, 1, 8), date(2029, 12, 31)),
    st.sampled_from(["last_assessment", "due"]),
)
def test_every_child_has_exactly_one_band(born: date, assessed: date, setting: str) -> None:
    if not (setting == "due" and (born.month, born.day) == (2, 29)):  # then both, for three days of August
        assert len(bands(born.isoformat(), assessed.isoformat(), health_band=setting)) == 1


@pytest.mark.parametrize(
    ("born", "owed"),
    [
        ("2021-01-08", True),
        ("2021-01-09", False),
        ("2006-01-09", True),
        ("2006-01-08", False),
        (None, True),
    ],
)
def test_an_education_plan_is_owed_from_three_to_eighteen(born: str | None, owed: bool) -> None:
    birth = [fact("child.born", born)] if born else []
    assert (all_of("pep-initial", IN_CARE, *birth) != []) is owed


# Codes


def test_what_a_fact_says_stands_until_the_next_of_its_kind(tmp_path: Path) -> None:
    catalogue = written(tmp_path, REVIEWED + 'when = { legal_status = ["E1"] }\n')
    facts = (
        started("2024-01-08", legal_status="C2"),
        held("2024-02-01", 10),
        fact("legal_status.changed", "2024-03-01", legal_status="E1"),
        held("2024-03-01", 11),
        held("2024-04-01", 12),
        fact("legal_status.changed", "2024-05-01", legal_status="C1"),
        held("2024-05-01", 13),
    )
    found = all_of("review-soon", *facts, catalogue=catalogue)
    assert [each.starts_on for each in found] == [date(2024, 3, 1), date(2024, 4, 1)]


def test_what_a_placement_says_stands_until_it_ends(tmp_path: Path) -> None:
    catalogue = written(tmp_path, REVIEWED + 'unless = { placement_type = ["foster"] }\n')
    facts = (
        IN_CARE,
        held("2024-01-08", 10),
        fact("placement.started", "2024-01-10", 5, placement_type="foster"),
        held("2024-02-01", 11),
        fact("placement.ended", "2024-03-01", 5),
        held("2024-03-01", 12),
        ended("2024-03-02"),
    )
    found = all_of("review-soon", *facts, catalogue=catalogue)
    assert [each.starts_on for each in found] == [date(2024, 1, 8), date(2024, 3, 1)]


def test_every_code_wanted_must_have_one_of_its_values_and_none_that_is_barred(tmp_path: Path) -> None:
    conditions = (
        'when = { legal_status = ["E1", "C2"], regime = ["ordinary"] }\nunless = { source = ["ssda903"] }\n'
    )
    catalogue = written(tmp_path, ROW + conditions)

    def owed(**codes: str) -> bool:
        return all_of("review-soon", started("2024-01-08", **codes), catalogue=catalogue) != []

    assert owed(legal_status="E1", regime="ordinary")
    assert owed(legal_status="C2", regime="ordinary", source="case_system")
    assert not owed(legal_status="E1") and not owed(regime="ordinary") and not owed()
    assert not owed(legal_status="C2", regime="ordinary", source="ssda903")


def test_how_long_ago_is_counted_to_the_day(tmp_path: Path) -> None:
    span = 'elapsed = { since = "placement.started", from = "10 days", under = "2 months" }\n'
    catalogue = written(tmp_path, REVIEWED + span)
    placement = fact("placement.started", "2024-01-31", 5)
    days = [date(2024, 2, 8) + timedelta(days=n) for n in range(60)]
    owed = [
        day
        for day in days
        if all_of("review-soon", IN_CARE, placement, held(day.isoformat()), catalogue=catalogue)
    ]
    assert (owed[0], owed[-1]) == (date(2024, 2, 10), date(2024, 3, 30))
    assert all_of("review-soon", IN_CARE, held("2024-02-12"), catalogue=catalogue) == []


def test_leaving_care_pathways_are_owed_to_the_eligible_only() -> None:
    assert all_of("pathway-needs-assessment", IN_CARE) == []
    eligible = only("pathway-needs-assessment", IN_CARE, fact("child.became_eligible", "2024-05-31"))
    assert (eligible.due_on, eligible.outcome) == (date(2024, 8, 31), Outcome.OPEN)
