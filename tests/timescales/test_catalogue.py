"""What ships, and what a row can say."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from shared.timescales.calendar import england
from shared.timescales.catalogue import (
    Catalogue,
    CatalogueError,
    load_catalogue,
    overlay_names,
)
from shared.timescales.catalogue import __file__ as catalogue_file
from shared.timescales.engine import deadlines
from shared.timescales.facts import Fact
from shared.timescales.periods import CalendarMonths, WorkingDays
from shared.timescales.timescale import Basis, OnBreach

from .builders import CARE, all_of, held, only, started
from .rows import HALFWAY, OVERLAY, ROW, written

# The reference marks the figure itself U (recalled) or P (seen at second hand).
RECALLED = {
    "iro-service-notified",
    "lac-review-adjournment",
    "sw-pre-review-report",
    "review-decisions-issued",
    "review-decisions-manager-challenge",
    "review-record",
    "review-record-distribution",
    "iro-midpoint-lac",
    "lac-review-series-of-meetings",
    "aar-review-placement-ended",
    "shortbreak-review-subsequent",
    "shortbreak-visit-first",
    "shortbreak-visit-subsequent",
    "yda-detention-placement-plan",
    "secure-review-first",
    "secure-review-subsequent",
    "cp-sw-report-icpc",
    "cp-decision-letter",
    "cp-minutes",
    "cp-plan-15-months",
    "care-plan",
    "placement-notify",
    "visit-reg28-long-term-foster",
    "iha",
    "pep-initial",
    "pathway-plan-review",
    "preproceedings-plo",
    "temp-carer-approval",
    "emergency-foster",
    "private-fostering-action",
    "private-fostering-visit-year1",
    "private-fostering-visit-after",
    "alert-needed-by",
    "alert-action",
}
# The figure was read, and is another council's or our own proposal: Sefton's is not known.
STANDS_IN = {
    "review-invitations",
    "care-plan-update-after-review",
    "cp-strategy-discussion",
    "cp-s47-first-visit",
    "icpc-request",
    "cp-sw-report-rcpc",
    "cp-invites-rcpc",
    "rcpc-first-prebirth",
    "cp-chair-midpoint",
    "cp-core-group-final",
    "cp-visit",
    "cp-plan-9-months",
    "cp-plan-18-months",
}


def test_what_ships_is_what_the_first_stage_promised_and_more() -> None:
    catalogue = load_catalogue()
    first_stage = {
        "iro-allocation-handbook": ("5 working days", "guidance"),
        "lac-review-first": ("20 working days", "statutory"),
        "lac-review-second": ("3 months", "statutory"),
        "lac-review-subsequent": ("6 months", "statutory"),
        "iro-allocation-sefton": ("72 hours", "local"),
        "iro-midpoint-lac": ("halfway to lac-review-*, aar-review-*, shortbreak-review-*", "local"),
    }
    ships = {row.code: (str(row.limit), row.basis.value) for row in catalogue.timescales}
    assert {code: ships[code] for code in first_stage} == first_stage
    assert len(ships) == 107
    assert catalogue.authority == "E08000014"
    rows = [catalogue.find(code) for code in first_stage]
    assert all("care_period.ended" in {each.fact for each in row.cancels} for row in rows if row)


def test_law_and_guidance_are_englands_and_local_practice_is_the_councils() -> None:
    ours = {row["code"]: row["basis"] for row in rows_of("sefton.toml")}
    national = {row["code"]: row["basis"] for row in rows_of("england.toml")}
    assert set(ours.values()) == {"local"} and set(national.values()) == {"statutory", "guidance"}
    assert not set(ours) & set(national)
    whole, england = load_catalogue(), load_catalogue(None)
    assert [row.code for row in whole.timescales] == [*national, *ours, *clocks_of(whole)]
    assert [row.code for row in england.timescales] == [*national, *clocks_of(england)]


def clocks_of(catalogue: Catalogue) -> list[str]:
    """The clocks of its ladders of escalation."""
    return [row.code for ladder in catalogue.ladders for row in ladder.timescales()]


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a file that ships, as they are written."""
    path = Path(catalogue_file).with_name(name)
    return list(tomllib.loads(path.read_text(encoding="utf-8"))["timescale"])


def test_without_an_overlay_there_is_only_the_law_and_guidance() -> None:
    national = load_catalogue(None)
    assert {row.basis for row in national.timescales} == {Basis.STATUTORY, Basis.GUIDANCE}
    assert national.authority is None
    assert national.version != load_catalogue().version


def test_only_what_nobody_could_read_is_unconfirmed() -> None:
    unconfirmed = {row.code for row in load_catalogue().timescales if not row.confirmed}
    assert unconfirmed == RECALLED | STANDS_IN | set(clocks_of(load_catalogue()))


def test_an_overlay_that_does_not_ship_is_refused() -> None:
    assert overlay_names() == ["four-stages", "sefton"]
    for overlay in ("atlantis", "england", "../sefton", "", "nowhere.toml", "\0.toml"):
        with pytest.raises(CatalogueError):
            load_catalogue(overlay)


def test_an_overlay_may_be_a_file_of_the_councils_own(tmp_path: Path) -> None:
    path = tmp_path / "council.toml"
    path.write_text(OVERLAY + ROW)
    found = load_catalogue(str(path)).find("review-soon")
    assert found is not None and found.limit == WorkingDays(20) and found.on_breach is OnBreach.SUGGEST


def test_an_overlay_replaces_a_row_where_it_says_so(tmp_path: Path) -> None:
    own = ROW.replace("20 working days", "15 working days") + "replaces = true\n"
    (row,) = written(tmp_path, ROW, OVERLAY + own).timescales
    assert row.limit == WorkingDays(15)


def test_a_comment_leaves_the_version_and_a_figure_changes_it(tmp_path: Path) -> None:
    version = written(tmp_path, ROW).version
    assert written(tmp_path, "# a comment\n" + ROW).version == version
    assert written(tmp_path, ROW.replace("20 work", "21 work")).version != version


def test_a_figure_may_have_been_another_before(tmp_path: Path) -> None:
    dated = 'in_force = [{ from = 2011-04-01, to = 2020-12-31, limit = "1 month" }, { from = 2021-01-01 }]'
    catalogue = written(tmp_path, ROW.replace("in_force  = [{ from = 2011-04-01 }]", dated))
    (row,) = catalogue.timescales
    assert row.limit_on(date(2020, 12, 31)) == CalendarMonths(1)
    assert row.limit_on(date(2021, 1, 1)) == WorkingDays(20)
    assert row.limit_on(date(2011, 3, 31)) is None
    assert only("review-soon", started("2020-12-01"), catalogue=catalogue).due_on == date(2021, 1, 1)


def test_conditions_ask_about_the_starting_fact(tmp_path: Path) -> None:
    conditions = 'when = { legal_status = ["V2", "C2"] }\nunless = { regime = ["short_breaks"] }\n'
    catalogue = written(tmp_path, ROW + conditions)

    def opened(**codes: str) -> bool:
        return all_of("review-soon", started("2025-01-06", **codes), catalogue=catalogue) != []

    assert opened(legal_status="V2") and opened(legal_status="C2", regime="adoption")
    assert not opened() and not opened(legal_status="E1")
    assert not opened(legal_status="V2", regime="short_breaks")


def test_a_stop_may_have_to_concern_the_same_record(tmp_path: Path) -> None:
    catalogue = written(tmp_path, ROW.replace('"review.held" }', '"review.held", same_record = true }'))
    same = Fact("review.held", CARE, date(2025, 1, 20))
    assert (
        only("review-soon", started("2025-01-06"), held("2025-01-10"), catalogue=catalogue).outcome == "open"
    )
    found = only("review-soon", started("2025-01-06"), held("2025-01-10"), same, catalogue=catalogue)
    assert (found.outcome, found.closed_on) == ("met", date(2025, 1, 20))


def test_days_can_be_counted_back_from_a_fact(tmp_path: Path) -> None:
    catalogue = written(tmp_path, ROW.replace('"20 working days"', '"3 working days before"'))
    assert only("review-soon", started("2025-05-06"), catalogue=catalogue).due_on == date(2025, 4, 30)


def test_a_midpoint_opens_only_while_the_other_clock_runs(tmp_path: Path) -> None:
    later = ROW.replace("2011-04-01", "2020-01-01")
    catalogue = written(tmp_path, later + HALFWAY)
    assert deadlines([started("2019-12-31")], catalogue, england()) == []
    assert len(all_of("check", started("2020-01-01"), catalogue=catalogue)) == 1
