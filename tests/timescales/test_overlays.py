"""A council's own practice laid over England's: what it may add, tighten and switch off, and what it may not."""

from datetime import date
from pathlib import Path

import pytest

from shared.timescales.catalogue import Catalogue, CatalogueError, load_catalogue, read_catalogue
from shared.timescales.catalogue import __file__ as catalogue_file
from shared.timescales.periods import CalendarDays, WorkingDays
from shared.timescales.timescale import OnBreach

from .builders import all_of, fact, only, started
from .rows import HALFWAY, OVERLAY, ROW, limited, written

LOCAL = ROW.replace("review-soon", "our-own").replace('"statutory"', '"local"')
GUIDANCE = ROW.replace('"statutory"', '"guidance"')
REPLACES = "replaces = true\n"


def refused(folder: Path, overlay: str, national: str = ROW) -> CatalogueError:
    with pytest.raises(CatalogueError) as refusal:
        written(folder, national, OVERLAY + overlay)
    return refusal.value


def reaction(code: str, on_breach: str) -> str:
    return f'[[reaction]]\ncode = "{code}"\non_breach = "{on_breach}"\nbecause = "Our policy."\n'


def council(folder: Path, text: str, name: str = "ours.toml") -> Catalogue:
    """A council's file, as DUECARE_POLICY names it, over what ships."""
    (folder / name).write_text(text)
    return load_catalogue(str(folder / name))


# What it may do


def test_a_council_adds_a_promise_of_its_own(tmp_path: Path) -> None:
    catalogue = written(tmp_path, ROW, OVERLAY + limited("10 working days", LOCAL))
    assert [row.code for row in catalogue.timescales] == ["review-soon", "our-own"]
    assert only("our-own", started("2025-01-06"), catalogue=catalogue).due_on == date(2025, 1, 20)
    assert catalogue.authority == "E08000014"


@pytest.mark.parametrize("limit", ["15 working days", "20 working days", "2 weeks", "26 days"])
def test_a_council_gives_itself_less_time_than_the_law(tmp_path: Path, limit: str) -> None:
    (row,) = written(tmp_path, ROW, OVERLAY + limited(limit) + REPLACES).timescales
    assert str(row.limit) in (limit, "14 days")


def test_guidance_may_be_replaced_by_more_time_and_other_facts(tmp_path: Path) -> None:
    ours = limited("60 days", GUIDANCE).replace('fact = "review.held"', 'fact = "visit.made"')
    (row,) = written(tmp_path, GUIDANCE, OVERLAY + ours + REPLACES).timescales
    assert (row.limit, row.stops.fact) == (CalendarDays(60), "visit.made")


def test_a_local_row_is_switched_off_with_its_reason(tmp_path: Path) -> None:
    off = '[[off]]\ncode = "cp-visit"\nbecause = "Our plans set it child by child."\n'
    catalogue = council(tmp_path, f'{OVERLAY}extends = "sefton"\n{off}')
    assert catalogue.find("cp-visit") is None
    assert len(catalogue.timescales) == len(load_catalogue().timescales) - 1
    assert catalogue.version != load_catalogue().version


def test_a_row_of_which_nothing_is_told_stays_in_sight_and_starts_no_clock(tmp_path: Path) -> None:
    untracked = '[[untracked]]\ncode = "lac-review-first"\nbecause = "Reviews are not told yet."\n'
    catalogue = council(tmp_path, OVERLAY + untracked)
    row = catalogue.find("lac-review-first")
    assert row is not None and row.untracked == "Reviews are not told yet."
    assert all_of("lac-review-first", started("2025-01-06"), catalogue=catalogue) == []
    assert only("iha", started("2025-01-06"), catalogue=catalogue)


def test_an_overlay_lies_over_england_alone_or_over_one_that_ships(tmp_path: Path) -> None:
    alone = council(tmp_path, 'authority = "E06000001"\n' + LOCAL)
    assert alone.find("iro-allocation-sefton") is None and alone.find("our-own") is not None
    over = council(tmp_path, 'authority = "E06000001"\nextends = "sefton"\n' + LOCAL, "over.toml")
    assert over.find("iro-allocation-sefton") is not None and over.find("our-own") is not None
    assert alone.authority == over.authority == "E06000001"


def test_an_overlay_over_another_replaces_its_local_rows_and_its_settings(tmp_path: Path) -> None:
    sefton = Path(catalogue_file).with_name("sefton.toml").read_text(encoding="utf-8")
    start = sefton.index('[[timescale]]\ncode       = "cp-visit"')
    visit = sefton[start : sefton.index("[[timescale]]", start + 1)].replace(
        "10 working days", "15 working days"
    )
    settings = '[settings]\nconference_interval = "days"\n'
    catalogue = council(tmp_path, f'{OVERLAY}extends = "sefton"\n{settings}{visit}{REPLACES}')
    plan = fact("plan.started", "2025-01-06")
    assert only("cp-visit", plan, catalogue=catalogue).due_on == date(2025, 1, 27)
    assert only("rcpc-first", plan, catalogue=catalogue).due_on == date(2025, 4, 7)
    assert catalogue.chosen["conference_interval"] == "days"


# What it may not


@pytest.mark.parametrize("on_breach", list(OnBreach))
def test_what_a_breach_does_is_the_council_s_to_say_also_of_what_the_law_asks(
    tmp_path: Path, on_breach: OnBreach
) -> None:
    catalogue = council(tmp_path, OVERLAY + reaction("lac-review-first", on_breach))
    row, law = catalogue.find("lac-review-first"), load_catalogue().find("lac-review-first")
    assert row is not None and law is not None
    assert (row.on_breach, row.limit, row.digest) == (on_breach, law.limit, law.digest)


@pytest.mark.parametrize("code", ["lac-review-first", "review-record"])
def test_only_a_local_row_can_be_switched_off(tmp_path: Path, code: str) -> None:
    with pytest.raises(CatalogueError, match="only a local row can be switched off") as refusal:
        council(tmp_path, f'{OVERLAY}[[off]]\ncode = "{code}"\nbecause = "We do not."\n')
    assert (refusal.value.line, refusal.value.mistakes[0].row) == (3, code)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('[[off]]\ncode = "nothing"\nbecause = "so"\n', 3, "no timescale 'nothing' beneath this overlay"),
        ('[[off]]\ncode = "cp-visit"\n', 2, "'because' is missing"),
        ('[[off]]\nbecause = "so"\n', 2, "'code' is missing"),
        ('[[untracked]]\ncode = "nothing"\nbecause = "so"\n', 3, "no timescale 'nothing'"),
        ('[[untracked]]\ncode = "iha"\nbecause = ""\n', 4, "'because' is empty"),
        (reaction("nothing", "open"), 3, "no timescale 'nothing'"),
        (reaction("iha", "shout"), 4, "unknown on_breach 'shout'"),
        (reaction("alert-formal", "open"), 3, "its stages say what silence does"),
        (reaction("shortbreak-stay-17-days", "suggest"), 4, "has nothing to react to"),
        ('[[untracked]]\ncode = "iha"\nbecause = "so"\nuntil = 2030-01-01\n', 5, "unknown key 'until'"),
        ('[settings]\ncolour = "red"\n', 3, "unknown key 'colour'; the known ones are conference_interval"),
        (
            '[settings]\nreview_interval = "weeks"\n',
            3,
            "'weeks' is no value of review_interval; these are: months",
        ),
        ("settings = 1\n", 2, "'settings' must be a table"),
        ('extends = "atlantis"\n', 2, "no such overlay ships; there are four-stages, sefton"),
        ("extends = 7\n", 2, "'extends' must be text"),
        ("off = 1\n", 2, "write each off as [[off]]"),
        ("[[timescale]]\n", 2, "'code' is missing"),
    ],
)
def test_a_mistake_in_an_overlay_is_told_with_its_line(
    tmp_path: Path, text: str, line: int, reason: str
) -> None:
    with pytest.raises(CatalogueError) as refusal:
        council(tmp_path, OVERLAY + text)
    assert (refusal.value.file, refusal.value.line) == ("ours.toml", line), refusal.value
    assert reason in refusal.value.reason


def test_a_row_that_others_hang_on_cannot_be_switched_off_alone(tmp_path: Path) -> None:
    hangs = HALFWAY.replace('"statutory"', '"local"').replace("review-*", "our-own")
    off = '[[off]]\ncode = "our-own"\nbecause = "so"\n'
    assert "unknown code" in refused(tmp_path, LOCAL + hangs + off).reason


def test_every_mistake_is_told_at_once_with_file_line_row_and_reason(tmp_path: Path) -> None:
    five = "\n".join(
        [
            'authority = "Sefton"',
            "[settings]",
            'review_interval = "weeks"',
            limited("30 working days") + "replaces = true",
            LOCAL.replace('"local"', '"custom"').replace("20 working days", "a while") + "[[off]]",
            'code = "review-soon"',
            'because = "so"',
        ]
    )
    (tmp_path / "england.toml").write_text(SETTING + ROW)
    (tmp_path / "council.toml").write_text(five)
    with pytest.raises(CatalogueError) as refusal:
        read_catalogue(tmp_path / "england.toml", tmp_path / "council.toml")
    assert [str(each).split(": ")[0] for each in refusal.value.mistakes] == [
        "council.toml, line 1",
        "council.toml, line 3",
        "council.toml, line 9 (review-soon)",
        "council.toml, line 23 (our-own)",
        "council.toml, line 27 (our-own)",
        "council.toml, line 32 (review-soon)",
    ]
    assert str(refusal.value).splitlines() == [str(each) for each in refusal.value.mistakes]


SETTING = """\
[[setting]]
name = "review_interval"
title = "In months or in days"
values = ["months", "days"]
default = "months"
source = "An Act"
"""


def test_an_overlay_goes_no_further_down_than_one(tmp_path: Path) -> None:
    assert WorkingDays(20) == written(tmp_path, ROW).timescales[0].limit
    with pytest.raises(CatalogueError, match="'replaces = true'"):
        council(tmp_path, f'{OVERLAY}extends = "sefton"\n' + LOCAL.replace("our-own", "cp-visit"))
