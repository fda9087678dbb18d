"""What a timescale promises, as it is said to somebody who does not read the catalogue's files."""

import pytest

from shared.timescales.catalogue import load_catalogue
from shared.timescales.description import describe

ROWS = load_catalogue().timescales


@pytest.mark.parametrize(
    ("code", "promise"),
    [
        (
            "lac-review-second",
            "From when a review was held (the first time) to the next: at most 3 months; not where regime is short "
            "breaks; nor where adoption is placed.",
        ),
        (
            "sw-pre-review-report",
            "From when the social worker's report was received (of the same review) to the day the review is planned "
            "for: at least 3 working days.",
        ),
        (
            "rcpc-first-prebirth",
            "From when the child protection plan started (unborn is yes) to when the conference was held (conference "
            "type is review): at most 3 months, or 20 working days from when the child was born if that is sooner.",
        ),
        (
            "rha-5plus",
            "From when the child's health was assessed to the next: at most 12 months; only where it is at least 5 "
            "years since the child was born; not where regime is short breaks.",
        ),
        (
            "cp-plan-9-months",
            "From when the child protection plan started to when the child protection plan ended: a mark at 9 months.",
        ),
    ],
)
def test_a_promise_is_one_sentence_from_one_fact_to_another(code: str, promise: str) -> None:
    assert next(describe(row) for row in ROWS if row.code == code).promise == promise


def test_what_is_due_on_a_day_that_somebody_said_is_said_so() -> None:
    (asked,) = (row for row in ROWS if row.code == "alert-needed-by")
    assert describe(asked).promise == (
        "At the latest on the day by which the child needs it: when the escalation was closed (an earlier one will do, "
        "closing is put right)."
    )


def test_a_stage_is_named_as_the_councils_file_names_it() -> None:
    (alert,) = (row for row in ROWS if row.code == "alert-sefton-2021-practice-alert")
    assert "(ladder stage is sefton-2021.practice_alert)" in describe(alert).promise


def test_every_row_that_ships_can_be_described() -> None:
    for row in ROWS:
        said = describe(row)
        assert said.promise.startswith(("From ", "At the latest on the day ")) and said.promise.endswith(".")
        assert said.promise.count(". ") == 0, said.promise
        assert len(said.ends) == len(row.cancels)
        assert said.in_force and said.passing


def test_what_may_be_granted_is_said_and_where_nothing_may_nothing_is() -> None:
    granted = {row.code: describe(row).granted for row in ROWS}
    assert granted["temp-carer-approval"] == ("a later date, at most 56 days after the first",)
    assert granted["missing-rhi"] == ("a waiver, before it is due",)
    assert granted["lac-review-first"] == ()
