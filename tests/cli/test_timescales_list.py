"""`duecare timescales list`: every row, for a program and for a person."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from services.cli.timescales.command import timescales
from shared.timescales.catalogue import load_catalogue

CATALOGUE = load_catalogue()


def shown(*options: str, **settings: str) -> str:
    result = CliRunner().invoke(timescales, ["list", *options], env=settings)
    assert result.exit_code == 0, result.output
    return result.stdout


def listed(*options: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(shown("--json", *options))
    return found


def test_every_row_comes_in_order_with_its_basis_its_source_and_the_days_it_is_in_force() -> None:
    rows = listed()["timescales"]
    assert [row["code"] for row in rows] == [row.code for row in CATALOGUE.timescales]
    for row in rows:
        assert row["basis"] in ("statutory", "guidance", "local")
        assert row["source"] and row["title"] and row["promise"]
        assert isinstance(row["confirmed"], bool)
        for stretch in row["in_force"]:
            assert list(stretch) == ["from", "to", "limit"]
            assert date.fromisoformat(stretch["from"]) <= date.fromisoformat(stretch["to"] or "9999-12-31")


def test_a_figure_that_was_another_in_2020_is_shown_with_its_dates() -> None:
    rows = {row["code"]: row for row in listed()["timescales"]}
    assert rows["temp-carer-approval"]["in_force"] == [
        {"from": "2011-04-01", "to": "2020-04-23", "limit": "112 days"},
        {"from": "2020-04-24", "to": "2020-09-24", "limit": "168 days"},
        {"from": "2020-09-25", "to": None, "limit": "112 days"},
    ]


def test_the_questions_of_practice_come_with_what_this_council_answers(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('authority = "E08000001"\n[settings]\nreview_interval = "days"\n')
    asked = listed("--overlay", str(own))
    (interval,) = [each for each in asked["settings"] if each["name"] == "review_interval"]
    assert (interval["default"], interval["chosen"]) == ("months", "days")
    (second,) = [row for row in asked["timescales"] if row["code"] == "lac-review-second"]
    assert (second["limit"], second["settings"]) == ("91 days", {"review_interval": "days"})
    assert asked["authority"] == "E08000001"


def test_a_person_sees_every_code_in_a_hundred_columns() -> None:
    text = shown()
    assert all(row.code in text for row in CATALOGUE.timescales)
    assert max(len(line) for line in text.splitlines()) <= 100
    assert "review_interval = months" in text
    assert "passing: agreement" in text
    assert "not confirmed" in text


def test_without_an_overlay_it_is_england_alone() -> None:
    assert "iro-allocation-sefton" not in shown("--overlay", "")
    assert "iro-allocation-sefton" not in shown(DUECARE_OVERLAY="")
