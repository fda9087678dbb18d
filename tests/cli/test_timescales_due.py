"""`duecare timescales due CODE START`, as a person and as a program call it."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from services.cli.timescales.command import timescales
from shared.timescales.catalogue import load_catalogue
from shared.timescales.choices import Setting
from shared.timescales.kind import Precision
from shared.timescales.kinds import KINDS

ROWS = load_catalogue().timescales
CODES = [row.code for row in ROWS]
SETTINGS = load_catalogue().settings


def due(*arguments: str, **settings: str) -> Result:
    return CliRunner().invoke(timescales, ["due", *arguments], env=settings)


def as_json(*arguments: str) -> dict[str, Any]:
    result = due(*arguments, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_the_first_review_after_easter_2025_as_json() -> None:
    answer = as_json("lac-review-first", "2025-04-17")
    assert list(answer) == ["code", "start", "due", "provisional", "explanation", "warnings"]
    assert (answer["code"], answer["start"]) == ("lac-review-first", "2025-04-17")
    assert (answer["due"], answer["provisional"]) == ("2025-05-20", False)
    assert len(answer["explanation"]) == 5
    assert answer["warnings"] == ["2025-05-05T23:00:00Z", "2025-05-12T23:00:00Z"]


@pytest.mark.parametrize(
    "start",
    ["2025-10-24T16:00:00+01:00", "2025-10-24T15:00:00Z", "2025-10-24T15:00Z", "2025-10-24T20:30+05:30"],
)
def test_an_instant_may_come_with_any_offset_and_is_answered_in_utc(start: str) -> None:
    assert as_json("iro-allocation-sefton", start)["due"] == "2025-10-27T15:00:00Z"


@pytest.mark.parametrize("code", CODES)
def test_every_code_that_ships_can_be_asked_about(code: str) -> None:
    hours = next(row for row in ROWS if row.code == code).precision is Precision.INSTANT
    answer = as_json(code, "2025-10-24T16:00:00+01:00" if hours else "2025-10-24")
    assert answer["code"] == code and answer["due"] and answer["explanation"]


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_answer_to_every_question_of_practice_can_be_tried(setting: Setting) -> None:
    for value in setting.values:
        assert due("lac-review-second", "2025-02-03", "--set", f"{setting.name}={value}").exit_code == 0


def test_a_person_sees_the_day_of_the_week_and_the_london_time() -> None:
    assert "due 2025-05-20 (Tue 20 May 2025)" in due("lac-review-first", "2025-04-17").stdout
    hours = due("iro-allocation-sefton", "2025-10-24T16:00:00+01:00").stdout
    assert "due 2025-10-27T15:00:00Z (15:00 GMT on Mon 27 October 2025)" in hours


def test_a_person_is_told_when_somebody_is_warned() -> None:
    first = due("lac-review-first", "2025-04-17").stdout
    assert first.endswith("Somebody is warned as the day begins, on Tue 6 May 2025 and Tue 13 May 2025.\n")
    hours = due("iro-allocation-sefton", "2025-10-24T16:00:00+01:00").stdout
    assert hours.endswith("Somebody is warned at 15:00 GMT on Sun 26 October 2025.\n")
    assert "warned" not in due("referral-decision", "2025-04-17").stdout


def test_an_early_birth_brings_an_unborn_childs_first_review_conference_forward() -> None:
    assert as_json("rcpc-first-prebirth", "2025-03-01")["due"] == "2025-06-01"
    born = as_json("rcpc-first-prebirth", "2025-03-01", "--fact", "child.born=2025-03-10")
    assert born["due"] == "2025-04-07"
    assert any("when the child was born" in line for line in born["explanation"])


def test_the_practice_of_the_installation_is_asked_unless_another_is_named(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('authority = "E08000001"\n[settings]\nreview_interval = "days"\n')
    question = ("lac-review-second", "2025-02-03", "--json")
    assert json.loads(due(*question, DUECARE_POLICY="").stdout)["due"] == "2025-05-03"
    assert json.loads(due(*question, DUECARE_POLICY=str(own)).stdout)["due"] == "2025-05-05"
    assert json.loads(due(*question, "--overlay", str(own)).stdout)["due"] == "2025-05-05"
    back = due(*question, "--overlay", str(own), "--set", "review_interval=months")
    assert json.loads(back.stdout)["due"] == "2025-05-03"
    nobodys = due("iro-allocation-sefton", "2025-02-03T09:00:00Z", DUECARE_OVERLAY="")
    assert (nobodys.exit_code, "no timescale with that code" in nobodys.stderr) == (2, True)


def test_a_provisional_date_is_marked() -> None:
    assert as_json("lac-review-first", "2029-01-08")["provisional"] is True
    assert ", provisional)" in due("lac-review-first", "2029-01-08").stdout


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("--overlay", "atlantis"), "there are four-stages, sefton"),
        (("--overlay", "/no/where.toml"), "cannot be read"),
        (("--set", "review_interval=fortnights"), "is one of months, days"),
        (("--set", "weather=fine"), "The settings are review_interval"),
        (("--set", "=\nfine"), "written NAME=VALUE"),
        (("--fact", "child.hatched=2025-05-01"), "written KIND=DATE"),
        (("--fact", "child.born"), "a date such as 2025-04-17"),
        (("--fact", "child.born=1st May"), "a date such as 2025-04-17"),
        (("--fact", "child.born=2025-02-29"), "no date that exists"),
        (("--fact", "child.born=9999-12-31"), "between 1900 and 2200"),
        (("--fact", "care_period.ended=2025-04-16"), "START lies after the end"),
    ],
)
def test_an_option_that_cannot_be_used_is_refused_in_one_line_that_does_not_repeat_it(
    options: tuple[str, str], reason: str
) -> None:
    result = due("lac-review-first", "2025-04-17", *options)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert reason in result.stderr
    assert options[1] not in result.stderr


def test_a_councils_file_with_several_mistakes_is_one_line_that_says_where_to_see_them(
    tmp_path: Path,
) -> None:
    own = tmp_path / "own.toml"
    own.write_text('authority = "Sefton"\nweather = "fine"\n')
    result = due("lac-review-first", "2025-04-17", "--overlay", str(own))
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert result.stderr.startswith("own.toml, line 2")
    assert result.stderr.endswith("(and 1 more: see `duecare timescales check`)\n")


@pytest.mark.parametrize(
    ("code", "start", "reason"),
    [
        ("lac-review-last", "2025-04-17", "The nearest are lac-review-first, lac-review-second and"),
        ("lac-review-first", "2025-04-17T10:00:00Z", "START must be a date such as"),
        ("lac-review-first", "17/04/2025", "START must be a date such as"),
        ("lac-review-first", "20250417", "START must be a date such as"),
        ("lac-review-first", "2025-02-29", "no date that exists"),
        ("lac-review-first", "0001-01-01", "between 1900 and 2200"),
        ("lac-review-first", "9999-12-31", "between 1900 and 2200"),
        ("lac-review-first", "2011-03-31", "in force 2011-04-01 to now"),
        ("placement-plan", "2020-04-24", "in force 2011-04-01 to 2020-04-23, 2020-09-25 to now"),
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
    st.text() | st.builds("{}={}".format, st.sampled_from(list(KINDS)), st.dates()),
)
def test_no_input_ends_in_a_traceback(code: str, start: str, fact: str) -> None:
    result = due("--json", f"--fact={fact}", "--", code, start)
    assert result.exit_code in (0, 2)
    assert result.exception is None or isinstance(result.exception, SystemExit)


def test_help_says_what_start_may_be() -> None:
    result = CliRunner().invoke(timescales, ["due", "--help"])
    assert result.exit_code == 0
    assert "2025-04-17" in result.stdout
