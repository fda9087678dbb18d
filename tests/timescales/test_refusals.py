"""What is refused at load: with the file, the line and the reason."""

from pathlib import Path

import pytest

from shared.timescales.catalogue import CatalogueError, read_catalogue

from .rows import HALFWAY, OVERLAY, ROW, written


def refused(folder: Path, national: str, overlay: str | None = None) -> CatalogueError:
    with pytest.raises(CatalogueError) as refusal:
        written(folder, national, overlay)
    return refusal.value


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ('code      = "review-soon"', 'code = "Review Soon"', 2, "lower-case"),
        ('code      = "review-soon"', "code = 7", 2, "'code' must be text"),
        ('title     = "A review soon"', "", 1, "'title' is missing"),
        ('title     = "A review soon"', 'title = " "', 3, "'title' is empty"),
        ('"care_period"', '"dragon"', 4, "unknown history 'dragon'"),
        ('"care_period.started"', '"care_period.begun"', 5, "unknown kind of fact 'care_period.begun'"),
        ('{ fact = "care_period.started" }', '"care_period.started"', 5, "'starts' must be a table"),
        ('"care_period.started" }', '"care_period.started", nth = "third" }', 5, "unknown nth 'third'"),
        ('"care_period.started" }', '"care_period.started", unto = 1 }', 5, "unknown key 'unto'"),
        ('"care_period.started" }', '"care_period.started", until = 1 }', 5, "'until' must be text"),
        ('"care_period.started"', '"care_period.ended"', 5, "ends the history"),
        ('"20 working days"', '"a while"', 6, "'a while' is not a period"),
        ('"20 working days"', '"0 working days"', 6, "not a period"),
        ('"20 working days"', "20", 6, "'limit' must be text"),
        ('"20 working days"', '"75 days in any 12 months"', 5, "needs stays that begin and end"),
        ('"20 working days"', '"halfway to review-late"', 6, "unknown code"),
        ('"20 working days"', '"halfway to review-soon"', 6, "unknown code"),
        ('warn      = ["5 working days"]', 'warn = ["5 hours"]', 9, "hours warn of hours"),
        ('warn      = ["5 working days"]', 'warn = ["3 working days before"]', 9, "a plain period"),
        ('warn      = ["5 working days"]', 'warn = "5 working days"', 9, "must be a list"),
        (
            'stops     = { fact = "review.held" }',
            'stops = { fact = "review.hold" }',
            7,
            "unknown kind of fact",
        ),
        ('"review.held" }', '"review.held", already = "yes" }', 7, "must be true or false"),
        ('["care_period.ended"]', '["care_period.closed"]', 8, "unknown kind of fact"),
        ('["care_period.ended"]', '["review.held"]', 8, "cannot cancel it as well"),
        ('"statutory"', '"custom"', 10, "unknown basis 'custom'"),
        ('source    = "An Act"', 'source = ""', 11, "'source' is empty"),
        ("[{ from = 2011-04-01 }]", "[]", 12, "at least one"),
        ("[{ from = 2011-04-01 }]", "[{ to = 2011-04-01 }]", 12, "'from' must be a date"),
        ("[{ from = 2011-04-01 }]", "[{ from = 2011-04-01T00:00:00Z }]", 12, "'from' must be a date"),
        ("[{ from = 2011-04-01 }]", "[{ from = 2011-04-01, to = 2010-04-01 }]", 12, "before the first"),
        ("[{ from = 2011-04-01 }]", "[{ from = 2011-04-01 }, { from = 2012-04-01 }]", 12, "overlap"),
        (
            "[{ from = 2011-04-01 }]",
            "[{ from = 2011-04-01, to = 2012-04-01 }, { from = 2012-04-01 }]",
            12,
            "overlap",
        ),
        ("[{ from = 2011-04-01 }]", '[{ from = 2011-04-01, limit = "72 hours" }]', 12, "the same sort"),
        ('on_breach = "suggest"', 'on_breach = "shout"', 13, "unknown on_breach 'shout'"),
        (
            'on_breach = "suggest"',
            'on_breach = "none"\nconfirmed = 1',
            14,
            "'confirmed' must be true or false",
        ),
        ('on_breach = "suggest"', 'on_breach = "none"\ncolour = "red"', 14, "unknown key 'colour'"),
        (
            'on_breach = "suggest"',
            'on_breach = "none"\nunless = { colour = ["red"] }',
            14,
            "unknown key 'colour'",
        ),
        ('on_breach = "suggest"', 'on_breach = "none"\nunless = { source = [] }', 14, "names no value"),
        ('on_breach = "suggest"', 'on_breach = "none"\nreplaces = true', 14, "only an overlay"),
        (
            'on_breach = "suggest"',
            'on_breach = "none"\n' + ROW,
            15,
            "duplicate code 'review-soon', first on line 2",
        ),
        ('on_breach = "suggest"', "on_breach = ", 13, "not TOML"),
        ('title     = "A review soon"', 'code = "again"', 3, "not TOML"),
    ],
)
def test_a_row_that_is_wrong_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, reason: str
) -> None:
    assert old in ROW
    refusal = refused(tmp_path, ROW.replace(old, new))
    assert (refusal.file, refusal.line) == ("england.toml", line), refusal
    assert reason in refusal.reason
    assert len(refusal.mistakes) == 1
    assert str(refusal) == f"england.toml, line {line}{row_of(refusal)}: {refusal.reason}"


def row_of(refusal: CatalogueError) -> str:
    """The row as a refusal names it; none where the file is no TOML, or the row has no code."""
    nameless = refusal.reason.startswith("not TOML") or refusal.reason == "'code' must be text"
    code = "Review Soon" if "a code is" in refusal.reason else "review-soon"
    return "" if nameless else f" ({code})"


@pytest.mark.parametrize(
    ("starts", "stops", "line"),
    [("care_period.started", "iro.allocated", 5), ("iro_service.notified", "review.held", 7)],
)
def test_hours_cannot_be_counted_with_a_fact_known_only_to_the_day(
    tmp_path: Path, starts: str, stops: str, line: int
) -> None:
    row = ROW.replace("20 working days", "72 hours").replace('["5 working days"]', "[]")
    refusal = refused(tmp_path, row.replace("care_period.started", starts).replace("review.held", stops))
    assert refusal.line == line
    assert "known only to the day" in refusal.reason


@pytest.mark.parametrize(
    ("overlay", "line", "reason"),
    [
        ("", 1, "'authority' is missing"),
        ('authority = "Sefton"\n', 1, "nine-character code"),
        (OVERLAY + "colour = 1\n", 2, "unknown key 'colour'"),
        (OVERLAY + ROW, 3, "say 'replaces = true'"),
        (OVERLAY + ROW + "replaces = false\n", 3, "say 'replaces = true'"),
        (
            OVERLAY + ROW.replace("review-soon", "other") + "replaces = true\n",
            15,
            "no timescale of England's",
        ),
        (OVERLAY + HALFWAY.replace("review-*", "nothing-*"), 7, "unknown code"),
    ],
)
def test_an_overlay_that_is_wrong_is_refused_with_its_line(
    tmp_path: Path, overlay: str, line: int, reason: str
) -> None:
    refusal = refused(tmp_path, ROW, overlay)
    assert (refusal.file, refusal.line) == ("council.toml", line), refusal
    assert reason in refusal.reason


def test_the_line_is_right_in_the_second_row_too(tmp_path: Path) -> None:
    second = ROW.replace("review-soon", "later").replace("An Act", "")
    assert refused(tmp_path, ROW + "\n# between\n" + second).line == 26


def test_a_file_that_is_missing_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="cannot be read"):
        read_catalogue(tmp_path / "absent.toml")
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(CatalogueError, match="not UTF-8"):
        read_catalogue(tmp_path / "binary.toml")
    with pytest.raises(CatalogueError, match="too long or too deep"):
        written(tmp_path, "a = " + "[" * 20_000)
