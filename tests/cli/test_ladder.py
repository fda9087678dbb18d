"""docs/ladder.md is drawn from the policy in force, and a council draws its own ladder by the same command."""

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from services.cli.app import app
from services.cli.ladder.diagram import diagram
from services.cli.ladder.page import page
from services.cli.timescales.command import timescales
from shared.timescales.catalogue import load_catalogue
from shared.timescales.periods import WorkingDays
from tests.timescales.ladders import ALERT, HEAD, LADDER, OURS, QUIET, renamed

PAGE = Path(__file__).parents[2] / "docs" / "ladder.md"
TODAY = date(2026, 11, 26)
OWN = 'authority = "E08000014"\n'


def ladder(*options: str) -> Result:
    return CliRunner().invoke(app, ["ladder", *options])


def made(*options: str) -> str:
    result = ladder("--overlay", "sefton", *options)
    assert result.exit_code == 0, result.output
    return result.stdout


def drawn(folder: Path, text: str) -> str:
    """The diagram of the one ladder of a council's file, each time another file: what was read is remembered."""
    file = folder / f"own{len(list(folder.iterdir()))}.toml"
    file.write_text(OWN + text)
    return diagram(load_catalogue(str(file)).ladders[-1], WorkingDays(20))


def sections(text: str) -> dict[str, str]:
    """The part of the page on each ladder, by its code, in order."""
    return {part.split("`")[1]: part for part in text.split("\n## ")[1:]}


# The page


def test_the_page_in_the_repository_is_what_the_policy_gives() -> None:
    assert PAGE.read_text(encoding="utf-8") == made(), "run `make docs`"


def test_it_can_be_written_to_a_file(tmp_path: Path) -> None:
    assert made("--out", str(tmp_path / "page.md")) == ""
    assert (tmp_path / "page.md").read_text(encoding="utf-8") == made()


def test_every_ladder_that_is_known_is_shown_and_the_one_in_force_is_marked_and_first() -> None:
    shown = sections(page(load_catalogue(), TODAY))
    assert list(shown) == ["sefton-2021", "sefton-2020", "handbook"]
    assert ["**In force**" in part for part in shown.values()] == [True, False, False]
    assert "from 1 April 2020 to 31 July 2021." in shown["sefton-2020"]
    assert "from 1 April 2011 to 31 March 2020." in shown["handbook"]


def test_on_an_earlier_day_an_earlier_ladder_was_in_force() -> None:
    shown = sections(page(load_catalogue(), date(2021, 7, 31)))
    assert next(iter(shown)) == "sefton-2020" and "**In force**" in shown["sefton-2020"]
    assert "**In force**" not in page(load_catalogue(), date(2010, 1, 1))


def test_one_that_the_councils_own_had_overtaken_before_it_began_is_not_followed(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(OWN + 'extends = "sefton"\n' + renamed("early", "2021-01-01"))
    shown = sections(page(load_catalogue(str(file)), TODAY))
    assert "Not followed here" in shown["sefton-2021"] and "**In force**" in shown["early"]
    assert "from 1 April 2020 to 31 December 2020." in shown["sefton-2020"]


def test_each_stage_and_each_rule_is_said_in_words() -> None:
    said = sections(page(load_catalogue("four-stages"), TODAY))["four-stages-2017"]
    assert (
        "| Stage 2: head of service | `stage_2` | The head of service | senior manager | 5 working days | "
        "2 working days before | Duecare goes on by itself | The head of quality assurance |"
    ) in said
    assert "- The officer decides on an answer within 5 working days." in said
    assert "it ends with the strategic director." in said
    assert "does not need the approval of a second person" in said and "at once" not in said
    assert "3 breaches of one timescale of one child within 12 months" in made()


def test_a_cell_holds_whatever_a_council_writes(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(OWN + OURS.replace('"The team manager"', '"""A | B\nor C"""'))
    assert "| `alert` | A \\| B or C | team manager |" in page(load_catalogue(str(file)), TODAY)


# The diagram


@pytest.mark.parametrize("overlay", ["sefton", "four-stages", ""])
def test_nothing_in_a_diagram_leads_to_what_is_not_there(overlay: str) -> None:
    for each in load_catalogue(overlay or None).ladders:
        lines = diagram(each, WorkingDays(20)).splitlines()
        there = {found[1] for line in lines if (found := re.match(r" +(?:subgraph )?(\w+) ?[\[(]", line))}
        ways = [
            found.groups()
            for line in lines
            if (found := re.fullmatch(r' +(\w+) (?:-->|-[-.] ".*" [-.]->|-- ".*" -->) (\w+)', line))
        ]
        assert {end for way in ways for end in way} <= there
        assert there - {end for way in ways for end in way} == set()
        assert len(ways) >= len(each.stages) + 3


def test_a_stage_shows_who_answers_within_how_long_and_what_silence_does(tmp_path: Path) -> None:
    lines = drawn(tmp_path, OURS).splitlines()
    assert '        stage_alert["Practice alert<br>The team manager<br>5 working days"]' in lines
    assert '    stage_quiet_word -- "rejected, or silence: the officer may go on" --> stage_alert' in lines
    assert '    stage_alert -- "rejected, or silence: it goes on by itself" --> stage_head' in lines
    assert '    stage_head -- "rejected, or silence" --> top' in lines
    assert '    top(["Not looked after: it ends with<br>the director"])' in lines
    assert '    subgraph formal ["Formal: 20 working days together, never paused"]' in lines


def test_the_quiet_word_stands_outside_the_formal_process(tmp_path: Path) -> None:
    text = drawn(tmp_path, LADDER + QUIET + ALERT)
    outside, inside = text.split("    subgraph formal")
    assert "stage_quiet_word[" in outside and "stage_alert[" in inside
    assert "stage_quiet_word" not in drawn(tmp_path, LADDER + ALERT)


def test_cafcass_is_beside_the_ladder_and_may_need_a_second_person(tmp_path: Path) -> None:
    text = drawn(tmp_path, OURS)
    assert 'formal -. "at any time, of a child who is looked after" .-> cafcass' in text
    assert "approved by a second person" in text
    assert "decided by the officer" in drawn(tmp_path, OURS.replace("second_approver   = true", ""))


def test_whether_chairs_use_it_is_said_at_the_start(tmp_path: Path) -> None:
    assert "An officer or a conference chair raises it" in drawn(tmp_path, OURS)
    alone = drawn(tmp_path, OURS.replace("chairs            = true", "chairs = false"))
    assert "conference chair" not in alone and "An officer raises it" in alone


def test_a_title_cannot_break_out_of_the_diagram(tmp_path: Path) -> None:
    rude = HEAD.replace('title     = "Head of service"', "title = 'end\"] --> <b>x</b> `#1`'")
    text = drawn(tmp_path, LADDER + rude)
    assert 'stage_head["end#quot;] --#gt; #lt;b#gt;x#lt;/b#gt; #96;#35;1#96;<br>' in text


# The command


def test_a_council_draws_its_own_ladder(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(OWN + OURS)
    result = ladder("--overlay", str(file))
    assert result.exit_code == 0 and "## Our ladder" in result.stdout


def test_a_file_with_mistakes_draws_nothing_and_says_why_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(OWN + LADDER)
    result = ladder("--overlay", str(file))
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert "has no formal stage" in result.stderr


def test_a_council_checks_its_ladder_with_its_timescales(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(OWN + OURS)
    sound = CliRunner().invoke(timescales, ["check", str(file)])
    assert sound.stdout == (
        "own.toml is sound: 0 rows of its own, 0 replaced, 0 switched off, 1 ladder of escalation.\n"
    )
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(OWN + OURS.replace("team_manager", "teacher").replace('"enable"', '"shout"'))
    bad = CliRunner().invoke(timescales, ["check", str(wrong)])
    assert bad.exit_code == 1
    told = [
        re.match(r"wrong\.toml, line (\d+) \((\w+)\): unknown (\w+)", line)
        for line in bad.stdout.splitlines()
    ]
    assert [each and each.groups() for each in told] == [
        ("22", "quiet_word", "role"),
        ("25", "quiet_word", "silence"),
        ("33", "alert", "role"),
        ("47", "head", "silence"),
    ]


def test_it_needs_no_database() -> None:
    script = (
        "import sys; from typer.testing import CliRunner; from services.cli.app import app;"
        "result = CliRunner().invoke(app, ['ladder', '--overlay', 'sefton']); assert result.exit_code == 0;"
        "sys.exit(bool({'sqlalchemy', 'fastapi', 'asyncpg', 'uvicorn'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False, timeout=60).returncode == 0
