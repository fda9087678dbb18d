"""docs/timescales.md is made from the catalogue, and nobody's hand has changed it since."""

from pathlib import Path

from typer.testing import CliRunner

from services.cli.timescales.command import timescales
from shared.timescales.catalogue import load_catalogue

PAGE = Path(__file__).parents[2] / "docs" / "timescales.md"


def made(*options: str) -> str:
    result = CliRunner().invoke(timescales, ["docs", "--overlay", "sefton", *options])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_page_in_the_repository_is_what_the_catalogue_gives() -> None:
    assert PAGE.read_text(encoding="utf-8") == made(), "run `make docs`"


def test_it_can_be_written_to_a_file(tmp_path: Path) -> None:
    assert made("--out", str(tmp_path / "page.md")) == ""
    assert (tmp_path / "page.md").read_text(encoding="utf-8") == made()


def test_every_timescale_has_its_section_with_source_and_dates() -> None:
    sections = {part.split("`")[1]: part for part in made().split("\n### ")[1:]}
    assert sections.keys() == {row.code for row in load_catalogue().timescales}
    for row in load_catalogue().timescales:
        said = sections[row.code]
        assert row.source in said and row.basis in said
        assert ("*not confirmed*" in said) is not row.confirmed
        assert "- In force: from " in said


def test_a_row_that_depends_on_practice_says_what_it_would_be_otherwise() -> None:
    section = made().split("`lac-review-second`")[1].split("### ")[0]
    assert "With `review_interval = days`" in section and "at most 91 days" in section
