"""Figures: halves rounded up, and small numbers kept back from those who see figures only."""

import pytest

from services.reviews_api.figures import LARGEST_SMALL, each, parts
from shared.auth.principal import Role
from shared.http.percentages import percent
from tests.assurance.children import in_care
from tests.assurance.samples import answer, draw, drawn


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (67, 149, 45),
        (60, 299, 20),
        (25, 324, 8),
        (34, 324, 10),
        (35, 160, 22),
        (1, 8, 13),
        (1, 200, 1),
        (0, 7, 0),
    ],
)
def test_a_percentage_is_whole_and_a_half_goes_up(part, whole, shown):
    assert percent(part, whole) == shown


def test_nothing_of_nothing_is_no_percentage():
    assert percent(0, 0) is None


def hidden(counts):
    return {name for name, one in parts(counts, sees_all=False).items() if one.suppressed}


def test_counts_from_one_to_five_are_kept_back_and_nought_is_not():
    counts = {"a": 0, "b": 1, "c": LARGEST_SMALL, "d": LARGEST_SMALL + 1}
    assert hidden(counts) == {"b", "c"}
    assert {name for name, one in each(counts, sees_all=False).items() if one.suppressed} == {"b", "c"}


def test_one_small_number_takes_the_next_with_it_so_that_it_is_not_had_by_subtraction():
    assert hidden({"yes": 3, "no": 40, "not_known": 20}) == {"yes", "not_known"}


def test_two_that_would_be_small_together_take_a_third():
    assert hidden({"yes": 1, "no": 1, "not_known": 20}) == {"yes", "no", "not_known"}


def test_where_all_the_rest_is_nought_nothing_is_shown():
    assert hidden({"yes": 3, "no": 0}) == {"yes", "no"}


def test_a_manager_sees_all():
    assert parts({"yes": 3, "no": 0}, sees_all=True)["yes"].count == 3


async def test_an_analyst_sees_a_sample_s_figures_without_the_small_numbers_and_no_child(town):
    await in_care(town, 12)
    await draw(town, size=11)
    for number, child in enumerate(await drawn(town)):
        await answer(town, child, "yes" if number < 3 else "no", *["cancelled"] * (number < 2))
    address = "/v1/dip_samples/DS-1/figures"
    seen = (await town.ask("reviews", "GET", address, role=Role.ANALYST)).json()
    assert (seen["sampled"], seen["percentage"]) == (11, None)
    assert seen["answers"]["yes"] == {"count": None, "suppressed": True}
    assert seen["answers"]["no"] == {"count": None, "suppressed": True}
    assert seen["findings"] == {"cancelled": {"count": None, "suppressed": True}}
    whole = (await town.ask("reviews", "GET", address, role=Role.SENIOR_MANAGER)).json()
    assert (whole["answers"]["yes"]["count"], whole["percentage"]) == (3, 27)
    for path in ("/v1/dip_samples/DS-1", "/v1/dip_samples/DS-1/children", "/v1/dip_samples"):
        assert (await town.ask("reviews", "GET", path, role=Role.ANALYST)).status_code == 403
