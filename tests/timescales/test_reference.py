"""The catalogue against the reference on the law: every id of it, and every date that it worked out by hand."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from services.cli.timescales.command import timescales
from shared.timescales.catalogue import load_catalogue

from .reference_ids import BEYOND, COVERED, LEFT_OUT

REFERENCE = Path(__file__).parents[3] / "shared" / "domain" / "timescales.md"
CLOCKS = {row.code for ladder in load_catalogue().ladders for row in ladder.timescales()}
CODES = {row.code for row in load_catalogue().timescales} - CLOCKS
"""The clocks of a ladder follow from its stages, which the reference on escalation tells of."""

# Section 2d: the number of the case, the timescale, its start, the settings, and the date in the reference.
WORKED = [
    (1, "lac-review-first", "2025-01-06", (), "2025-02-03"),
    (3, "icpc-15wd", "2025-04-10", (), "2025-05-06"),
    (4, "icpc-15wd", "2024-12-16", (), "2025-01-09"),
    (5, "lac-review-first", "2022-05-16", (), "2022-06-15"),
    (7, "lac-review-first", "2023-04-17", (), "2023-05-17"),
    (9, "icpc-15wd", "2020-04-20", (), "2020-05-12"),
    (9, "lac-review-first", "2020-04-20", (), "2020-05-19"),
    (10, "cp-core-group-first", "2025-12-22", (), "2026-01-08"),
    (12, "placement-plan", "2024-03-27", (), "2024-04-05"),
    (13, "sw-pre-review-report", "2025-05-06", (), "2025-04-30"),
    (15, "lac-review-subsequent", "2025-08-31", (), "2026-02-28"),
    (15, "lac-review-subsequent", "2026-02-28", (), "2026-08-28"),
    (17, "lac-review-second", "2023-11-30", (), "2024-02-29"),
    (17, "lac-review-second", "2024-11-30", (), "2025-02-28"),
    (19, "rcpc-first", "2024-12-01", (), "2025-03-01"),
    (19, "rcpc-first", "2024-12-01", ("--set", "conference_interval=days"), "2025-03-02"),
    (21, "lac-review-subsequent", "2024-08-31", (), "2025-02-28"),
    (21, "lac-review-subsequent", "2024-08-31", ("--set", "review_interval=days"), "2025-03-02"),
    (22, "aar-review-placed-first", "2025-03-01", (), "2025-03-29"),
    (24, "iro-allocation-sefton", "2025-10-24T16:00:00+01:00", (), "2025-10-27T15:00:00Z"),
    (26, "review-decisions-issued", "2025-03-31", (), "2025-04-07"),
    (26, "care-plan-update-after-review", "2025-03-31", (), "2025-04-14"),
    (26, "review-record", "2025-03-31", (), "2025-04-23"),
    (26, "review-record-distribution", "2025-03-31", (), "2025-04-30"),
]


@pytest.fixture(scope="module")
def reference() -> str:
    """The reference, where it lies beside the repository, as it does in CI."""
    if not REFERENCE.is_file():
        pytest.skip("the reference on timescales does not lie beside this repository")
    return REFERENCE.read_text(encoding="utf-8")


def test_every_timescale_of_the_reference_is_covered_or_left_out_with_the_reason(reference: str) -> None:
    section = reference.split("\n## 1. ")[1].split("\n## 2. ")[0]
    rows = re.findall(r"^\| (`[^|]*`) *\|", section, re.MULTILINE)
    ids = [found for row in rows for found in re.findall(r"`([^`]+)`", row)]
    assert len(ids) == len(set(ids)) > 80
    assert set(ids) == COVERED.keys() | LEFT_OUT.keys()
    for code, reason in LEFT_OUT.items():
        print(f"Left out: {code}: {reason}.")


def test_what_covers_a_timescale_is_in_the_catalogue_and_nothing_else_is_there_unsaid() -> None:
    assert not COVERED.keys() & LEFT_OUT.keys()
    covering = {code for codes in COVERED.values() for code in codes}
    assert all(COVERED.values()) and all(LEFT_OUT.values())
    assert covering | BEYOND.keys() == CODES
    assert not covering & BEYOND.keys()


def test_every_worked_case_of_the_reference_is_asked_here(reference: str) -> None:
    section = reference.split("\n### 2d. ")[1].split("\n---")[0]
    assert {int(number) for number in re.findall(r"^\| (\d+) \|", section, re.MULTILINE)} == {
        number for number, *_ in WORKED
    }


@pytest.mark.parametrize(("number", "code", "start", "settings", "expected"), WORKED)
def test_the_command_gives_every_worked_date(
    number: int, code: str, start: str, settings: tuple[str, ...], expected: str
) -> None:
    result = CliRunner().invoke(timescales, ["due", code, start, "--json", "--overlay", "sefton", *settings])
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["due"] == expected
