"""A small catalogue of one's own to bend and break."""

from pathlib import Path

from shared.timescales.catalogue import Catalogue, read_catalogue

ROW = """\
[[timescale]]
code      = "review-soon"
title     = "A review soon"
history   = "care_period"
starts    = { fact = "care_period.started" }
limit     = "20 working days"
stops     = { fact = "review.held" }
cancels   = ["care_period.ended"]
warn      = ["5 working days"]
basis     = "statutory"
source    = "An Act"
in_force  = [{ from = 2011-04-01 }]
on_breach = "suggest"
"""
HALFWAY = ROW.replace("review-soon", "check").replace("20 working days", "halfway to review-*")
OVERLAY = 'authority = "E08000014"\n'


def limited(limit: str, row: str = ROW) -> str:
    """The row with another limit."""
    return row.replace('"20 working days"', f'"{limit}"')


def written(folder: Path, national: str, overlay: str | None = None) -> Catalogue:
    (folder / "england.toml").write_text(national)
    if overlay is None:
        return read_catalogue(folder / "england.toml")
    (folder / "council.toml").write_text(overlay)
    return read_catalogue(folder / "england.toml", folder / "council.toml")
