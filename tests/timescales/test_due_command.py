"""`duecare timescales due CODE START`, as a person and as a program call it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from services.cli.timescales import timescales
from shared.timescales.catalogue import load_catalogue

CODES = [row.code for row in load_catalogue().timescales]


def due(*arguments: str) -> Result:
    return CliRunner().invoke(timescales, ["due", *arguments])


def as_json(*arguments: str) -> dict[str, object]:
    result = due(*arguments, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, object] = json.loads(result.stdout)
    return found


def test_the_first_review_after_easter_2025_as_json() -> None:
    answer = as_json("lac-review-first", "2025-04-17")
    assert list(answer) == ["code", "start", "due", "provisional", "explanation"]
    assert (answer["code"], answer["start"]) == ("lac-review-first", "2025-04-17")
    assert (answer["due"], answer["provisional"]) == ("2025-05-20", False)
    assert isinstance(answer["explanation"], list) and len(answer["explanation"]) == 5


@pytest.mark.parametrize(
    "start",
    ["2025-10-24T16:00:00+01:00", "2025-10-24T15:00:00Z", "2025-10-24T15:00Z", "2025-10-24T20:30+05:30"],
)
def test_an_instant_may_come_with_any_offset_and_is_answered_in_utc(start: str) -> None:
    assert as_json("iro-allocation-sefton", start)["due"] == "2025-10-27T15:00:00Z"


@pytest.mark.parametrize(
    ("code", "start", "expected"),
    [
        ("iro-allocation-handbook", "2024-03-27", "2024-04-05"),
        ("lac-review-first", "2022-05-16", "2022-06-15"),
        ("lac-review-second", "2023-11-30", "2024-02-29"),
        ("lac-review-subsequent", "2025-08-31", "2026-02-28"),
        ("iro-midpoint-lac", "2025-02-03", "2025-03-19"),
    ],
)
def test_every_code_that_ships_can_be_asked_about(code: str, start: str, expected: str) -> None:
    assert as_json(code, start)["due"] == expected


def test_a_person_sees_the_day_of_the_week_and_the_london_time() -> None:
    assert "due 2025-05-20 (Tue 20 May 2025)" in due("lac-review-first", "2025-04-17").stdout
    hours = due("iro-allocation-sefton", "2025-10-24T16:00:00+01:00").stdout
    assert "due 2025-10-27T15:00:00Z (15:00 GMT on Mon 27 October 2025)" in hours


def test_a_provisional_date_is_marked() -> None:
    assert as_json("lac-review-first", "2029-01-08")["provisional"] is True
    assert ", provisional)" in due("lac-review-first", "2029-01-08").stdout


def test_no_overlay_of_that_name_is_one_clear_line() -> None:
    result = due("lac-review-first", "2025-04-17", "--overlay", "atlantis")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "sefton" in result.stderr


@pytest.mark.parametrize(
    ("code", "start", "reason"),
    [
        ("lac-review-last", "2025-04-17", "The known codes are iro-allocation-handbook, lac-review-first"),
        ("lac-review-first", "2025-04-17T10:00:00Z", "START must be a date such as"),
        ("lac-review-first", "17/04/2025", "START must be a date such as"),
        ("lac-review-first", "20250417", "START must be a date such as"),
        ("lac-review-first", "2025-02-29", "no date that exists"),
        ("lac-review-first", "0001-01-01", "between 1900 and 2200"),
        ("lac-review-first", "9999-12-31", "between 1900 and 2200"),
        ("lac-review-first", "2011-03-31", "in force 2011-04-01 to now"),
        ("lac-review-first", "\U0001f9d2", "START must be a date such as"),
        ("lac-review-first", "", "START must be a date such as"),
        ("lac-review-first", "\u0662\u0660\u0662\u0665-04-17", "START must be a date such as"),
        ("iro-allocation-sefton", "2025-06-02T16:00:00", "an instant with its offset"),
        ("iro-allocation-sefton", "2025-06-02", "an instant with its offset"),
        ("iro-allocation-sefton", "2025-10-24T25:00:00Z", "no date that exists"),
        ("iro-allocation-sefton", "2025-10-24T10:00:00+24:00", "no date that exists"),
        ("iro-allocation-sefton", "0001-01-01T00:00:00+14:00", "between 1900 and 2200"),
        ("iro-allocation-sefton", "9999-12-31T23:59:59-14:00", "between 1900 and 2200"),
        ("iro-allocation-sefton", "1900-01-01T00:00:00+14:00", "between 1900 and 2200"),
        ("iro-allocation-sefton", "2200-12-31T23:59:59-14:00", "between 1900 and 2200"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_one_line_that_does_not_repeat_it(
    code: str, start: str, reason: str
) -> None:
    result = due(code, start)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert reason in result.stderr
    assert not start or start not in result.stderr


@given(
    st.sampled_from([*CODES, "nothing"]),
    st.text() | st.dates().map(str) | st.datetimes().map(lambda at: f"{at:%Y-%m-%dT%H:%M}Z"),
)
def test_no_input_ends_in_a_traceback(code: str, start: str) -> None:
    result = due("--json", "--", code, start)
    assert result.exit_code in (0, 2)
    assert result.exception is None or isinstance(result.exception, SystemExit)


def test_help_says_what_start_may_be() -> None:
    result = CliRunner().invoke(timescales, ["due", "--help"])
    assert result.exit_code == 0
    assert "2025-04-17" in result.stdout
