"""The code lists that others publish."""

from datetime import date

import pytest

from services.reviews_api.audits.models import Grade
from services.reviews_api.reviews.participation import Participation
from shared.codes.lists import Code, code_list, code_lists
from shared.timescales.codes import CODES


def test_every_list_says_from_whom_it_is():
    lists = code_lists()
    assert {"participation", "abuse_category"} <= {each.name for each in lists}
    assert all(each.title and each.source and each.codes for each in lists)
    assert all(code.meaning for each in lists for code in each.codes)


def test_the_participation_codes_are_those_that_a_review_takes():
    assert [code.code for code in code_list("participation").codes] == list(Participation)


def test_the_grades_are_those_that_an_audit_takes():
    assert [code.code for code in code_list("audit_grade").codes] == list(Grade)


@pytest.mark.parametrize(("day", "valid"), [(date(2025, 3, 31), False), (date(2025, 4, 1), True)])
def test_a_code_is_valid_from_its_first_day(day, valid):
    assert Code("K3", "Supported accommodation.", first_day=date(2025, 4, 1)).is_valid_on(day) is valid


def test_a_code_is_valid_to_its_last_day():
    code = Code("P2", "Independent living.", last_day=date(2023, 10, 27))
    assert code.is_valid_on(date(2023, 10, 27)) and not code.is_valid_on(date(2023, 10, 28))


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("U6", None, None),
        ("P2", None, date(2023, 10, 27)),
        ("H5", None, date(2025, 3, 31)),
        ("Z1", None, date(2025, 3, 31)),
        ("K3", date(2025, 4, 1), None),
        ("Z14", date(2025, 4, 1), None),
    ],
)
def test_placement_codes_know_their_years(code, first, last):
    found = code_list("placement").find(code)
    assert (found.first_day, found.last_day) == (first, last)


def test_what_nobody_read_of_the_placement_codes_is_said_not_to_be_confirmed():
    codes = code_list("placement")
    unread = [each.code for each in codes.codes if "not confirmed" in each.meaning]
    assert (codes.confirmed, unread) == (False, ["K3", "Z11", "Z12", "Z13", "Z14"])


def test_the_legal_statuses_are_those_that_the_timescales_know():
    assert {each.code for each in code_list("legal_status").codes} == set(CODES["legal_status"])


def test_there_is_no_list_of_another_name():
    with pytest.raises(KeyError):
        code_list("horoscope")
