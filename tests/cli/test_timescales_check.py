"""`duecare timescales check FILE`: a council tries its own timescales before it relies on them."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from services.cli.timescales.command import timescales
from shared.timescales.catalogue import load_catalogue, overlay_names

OWN = """\
[[timescale]]
code      = "contact-letter"
title     = "Letter after contact"
history   = "care_period"
starts    = { fact = "visit.made" }
limit     = "5 working days"
stops     = { fact = "care_plan.updated" }
basis     = "local"
source    = "Our procedures"
in_force  = [{ from = 2024-01-01 }]
on_breach = "none"
"""
TIGHTER = """\
[[timescale]]
code      = "lac-review-first"
title     = "First looked-after review"
replaces  = true
history   = "care_period"
starts    = { fact = "care_period.started", nth = "first" }
limit     = "LIMIT"
stops     = { fact = "review.held" }
cancels   = ["adoption.placed", "care_period.ended"]
unless    = { regime = ["short_breaks"], adoption = ["placed"] }
basis     = "statutory"
source    = "SI 2010/959 reg 33(1), and our procedures"
in_force  = [{ from = 2011-04-01 }]
on_breach = "suggest"
"""
OFF = """\
[[off]]
code    = "cp-minutes"
because = "The minutes go out with the plan."
"""


def check(folder: Path, text: str, name: str = "council.toml") -> Result:
    file = folder / name
    file.write_text(text)
    return CliRunner().invoke(timescales, ["check", str(file)])


def test_a_sound_file_is_told_in_one_line_what_it_does(tmp_path: Path) -> None:
    tighter = TIGHTER.replace("LIMIT", "15 working days")
    result = check(tmp_path, 'authority = "E08000001"\nextends = "sefton"\n' + OFF + OWN + tighter)
    assert result.exit_code == 0, result.output
    assert result.stdout == "council.toml is sound: 1 row of its own, 1 replaced, 1 switched off.\n"


@pytest.mark.parametrize("name", overlay_names())
def test_what_ships_is_sound(name: str) -> None:
    file = Path(__file__).parents[2] / "shared" / "timescales" / f"{name}.toml"
    assert CliRunner().invoke(timescales, ["check", str(file)]).exit_code == 0


def test_every_mistake_is_told_at_once_with_its_line_its_row_and_the_reason(tmp_path: Path) -> None:
    late, soon = TIGHTER.replace("LIMIT", "25 working days"), OWN.replace("5 working days", "soon")
    settings = 'authority = "Doncaster"\n[settings]\nreview_interval = "weeks"\n'
    result = check(tmp_path, settings + OFF + soon + late + OWN.replace("visit.made", "visit.paid"))
    assert (result.exit_code, result.stderr) == (1, "")
    lines = result.stdout.splitlines()
    expected = [
        ("line 1:", "nine-character code"),
        ("line 3:", "no value of review_interval"),
        ("line 5 (cp-minutes):", "no timescale 'cp-minutes' beneath"),
        ("line 12 (contact-letter):", "'soon' is not a period"),
        ("line 24 (lac-review-first):", "looser than the statutory 20 working days"),
        ("line 36 (contact-letter):", "unknown kind of fact 'visit.paid'"),
    ]
    assert len(lines) == len(expected), result.stdout
    for line, (place, reason) in zip(lines, expected, strict=True):
        assert line.startswith(f"council.toml, {place}") and reason in line


def test_a_file_that_is_no_toml_at_all_is_a_mistake_with_its_line(tmp_path: Path) -> None:
    result = check(tmp_path, 'authority = "E08000001"\nthis is prose\n')
    assert result.exit_code == 1
    assert result.stdout.startswith("council.toml, line 2: not TOML")


@pytest.mark.parametrize(("name", "reason"), [("absent.toml", "no such file"), ("own.txt", "end in .toml")])
def test_a_file_that_cannot_be_read_is_one_line_and_exit_code_2(
    tmp_path: Path, name: str, reason: str
) -> None:
    (tmp_path / "own.txt").write_text("")
    result = CliRunner().invoke(timescales, ["check", str(tmp_path / name)])
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert reason in result.stderr


def test_what_was_found_sound_is_what_the_services_then_use(tmp_path: Path) -> None:
    assert check(tmp_path, 'authority = "E08000001"\n' + OWN).exit_code == 0
    assert load_catalogue(str(tmp_path / "council.toml")).find("contact-letter")
