"""A council may give itself less time than the law, never more, and change nothing else of it."""

from pathlib import Path

import pytest

from shared.timescales.catalogue import CatalogueError

from .rows import OVERLAY, ROW, limited, written

LOCAL = ROW.replace("review-soon", "our-own").replace('"statutory"', '"local"')
REPLACES = "replaces = true\n"


def refused(folder: Path, overlay: str, national: str = ROW) -> CatalogueError:
    with pytest.raises(CatalogueError) as refusal:
        written(folder, national, OVERLAY + overlay)
    return refusal.value


@pytest.mark.parametrize(
    ("limit", "why"),
    [
        (
            "21 working days",
            "looser than the statutory 20 working days: from Mon 1 January 2024 it would be due by",
        ),
        (
            "27 days",
            "from Sun 7 January 2024 it would be due by Sat 3 February 2024, and the law says Fri 2 February",
        ),
        ("1 month", "looser than the statutory"),
        ("halfway to other", "'halfway to other' cannot be measured against it"),
    ],
)
def test_more_time_than_the_law_is_refused_with_a_day_on_which_it_is_more(
    tmp_path: Path, limit: str, why: str
) -> None:
    other = LOCAL.replace("our-own", "other")
    refusal = refused(tmp_path, other + limited(limit) + REPLACES)
    assert refusal.mistakes[-1].line == 6 + 14
    assert why in refusal.mistakes[-1].reason


@pytest.mark.parametrize(
    "in_force",
    [
        '[{ from = 2011-04-01, to = 2029-12-31 }, { from = 2030-01-01, limit = "60 working days" }]',
        '[{ from = 2011-04-01, to = 2015-12-31, limit = "60 working days" }, { from = 2016-01-01 }]',
        "[{ from = 2011-04-01, to = 2030-12-31 }]",
        "[{ from = 2011-04-01, to = 2015-12-31 }, { from = 2016-01-02 }]",
        "[{ from = 2011-04-02 }]",
        "[{ from = 2026-01-01 }]",
        '[{ from = 2011-04-01, to = 2025-03-02 }, { from = 2025-03-03, to = 2025-03-03, limit = "5 weeks" }, '
        "{ from = 2025-03-04 }]",
    ],
)
def test_the_law_cannot_be_loosened_or_left_out_for_some_years_or_a_day(
    tmp_path: Path, in_force: str
) -> None:
    ours = ROW.replace("[{ from = 2011-04-01 }]", in_force) + REPLACES
    refusal = refused(tmp_path, ours)
    assert "the row is statutory" in refusal.reason or "looser than the statutory" in refusal.reason


def test_the_law_of_each_stretch_is_the_measure_of_that_stretch(tmp_path: Path) -> None:
    stretches = '[{ from = 2011-04-01, to = 2019-12-31, limit = "30 working days" }, { from = 2020-01-01 }]'
    law = ROW.replace("[{ from = 2011-04-01 }]", stretches)
    ours = ROW.replace("[{ from = 2011-04-01 }]", stretches.replace("30", "25"))
    assert len(written(tmp_path, law, OVERLAY + ours + REPLACES).timescales) == 1
    refused(tmp_path, ours.replace("25", "31") + REPLACES, law)


@pytest.mark.parametrize(
    ("law", "ours", "kept"),
    [
        ("72 hours", "48 hours", True),
        ("72 hours", "72 hours", True),
        ("72 hours", "73 hours", False),
        ("72 hours", "95 hours", False),
        ("72 hours", "1 day", True),
        ("72 hours", "2 days", False),  # 73 hours over the autumn change,
        ("3 days", "71 hours", True),
        ("3 days", "72 hours", False),  # only 71 hours over the spring change,
    ],
)
def test_hours_are_compared_by_the_hour(tmp_path: Path, law: str, ours: str, kept: bool) -> None:
    national, own = (hourly(limit) for limit in (law, ours))
    if kept:
        assert len(written(tmp_path, national, OVERLAY + own + REPLACES).timescales) == 1
    else:
        assert "looser than the statutory" in refused(tmp_path, own + REPLACES, national).reason


def hourly(limit: str) -> str:
    row = limited(limit).replace("care_period.started", "iro_service.notified")
    return row.replace("review.held", "iro.allocated").replace('["5 working days"]', "[]")


@pytest.mark.parametrize(
    ("ours", "kept"),
    [
        ("60 days in any 12 months", True),
        ("75 days in any 24 months", True),
        ("76 days in any 12 months", False),
        ("75 days in any 11 months", False),
        ("60 days", False),
    ],
)
def test_days_in_a_year_are_compared_as_such(tmp_path: Path, ours: str, kept: bool) -> None:
    national, own = (
        limited(limit).replace("care_period.started", "short_break.began")
        for limit in ("75 days in any 12 months", ours)
    )
    if kept:
        assert len(written(tmp_path, national, OVERLAY + own + REPLACES).timescales) == 1
    else:
        assert "looser than the statutory" in refused(tmp_path, own + REPLACES, national).reason


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ('history   = ["care_period", "protection"]', "history"),
        ('starts    = { fact = "review.held" }', "starts"),
        ('starts    = { fact = "care_period.started", nth = "first" }', "starts"),
        ('stops     = { fact = "review.held", already = true }', "stops"),
        ('cancels   = ["care_period.ended", "adoption.placed"]', "cancels"),
        ('when      = { source = ["case_system"] }', "when"),
        ('unless    = { regime = ["remand"] }', "unless"),
        ('elapsed   = { since = "child.born", under = "5 years" }', "elapsed"),
        ('or_earlier = { fact = "visit.made" }', "or_earlier"),
        ('passing   = "agreement"\non_breach = "none"', "passing"),
        ('value_on  = "due"', "value_on"),
        ("pause     = true", "pause"),
        ('extension = "8 weeks"', "extension"),
        ("waiver    = true", "waiver"),
        ('basis     = "local"', "basis"),
    ],
)
def test_nothing_of_a_statutory_row_but_its_time_may_change(tmp_path: Path, change: str, key: str) -> None:
    keys = {line.split("=")[0].strip() for line in change.split("\n")}
    kept = [line for line in ROW.splitlines() if line.split("=")[0].strip() not in keys]
    refusal = refused(tmp_path, "\n".join([*kept, change, REPLACES]))
    assert len(refusal.mistakes) == 1
    assert "the row is statutory" in refusal.reason and refusal.mistakes[0].row == "review-soon"
    assert f"'{key}'" in refusal.reason or key in ("basis", "pause", "extension", "waiver")
