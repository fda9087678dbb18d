"""What a council says of its ladder, and which ladder holds on a day."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from shared.timescales.catalogue import Catalogue, load_catalogue
from shared.timescales.ladder import Ladder, Repeated, Silence, Stage
from shared.timescales.periods import ElapsedHours, WorkingDays
from shared.timescales.timescale import Basis

from .builders import all_of, only, started
from .ladders import OURS, ladders, of_escalation, renamed
from .rows import OVERLAY, ROW

SHIPPED = load_catalogue()
SEFTON = SHIPPED.ladder("sefton-2021")


def on(catalogue: Catalogue, day: str) -> str | None:
    """The code of the ladder under which an escalation of this day begins."""
    found = catalogue.ladder_on(date.fromisoformat(day))
    return found and found.code


def ours(folder: Path, text: str = OURS) -> Ladder:
    (found,) = ladders(folder, text).ladders
    return found


# One ladder


def test_a_ladder_says_all_that_its_table_says(tmp_path: Path) -> None:
    found = ours(tmp_path)
    assert replace(found, stages=()) == Ladder(
        code="ours",
        title="Our ladder",
        first_day=date(2024, 1, 1),
        stages=(),
        basis=Basis.LOCAL,
        source="Our procedures",
        confirmed=True,
        note="As agreed.",
        chairs=True,
        decide=WorkingDays(3),
        follow_up=WorkingDays(10),
        lapses=WorkingDays(7),
        repeated=Repeated(3, 12),
        second_approver=True,
        ends="the director",
    )


def test_its_stages_stand_in_the_order_of_their_tables(tmp_path: Path) -> None:
    quiet, alert, head = ours(tmp_path).stages
    assert [quiet.formal, alert.formal, head.formal] == [False, True, True]
    assert [quiet.silence, alert.silence] == [Silence.ENABLE, Silence.PERFORM]
    assert head == Stage(
        code="head",
        title="Head of service",
        formal=True,
        responder="The head of service",
        roles=("senior_manager",),
        limit=ElapsedHours(72),
        warn=(ElapsedHours(24),),
        silence=Silence.ENABLE,
        copied=(),
    )
    assert (quiet.roles, alert.copied) == (("social_worker", "team_manager"), ("The head of service",))


def test_what_a_ladder_leaves_out_is_not_so(tmp_path: Path) -> None:
    left_out = ("chairs", "repeated", "second_approver", "note")
    found = ours(tmp_path, "".join(each for each in OURS.splitlines(True) if not each.startswith(left_out)))
    assert (found.chairs, found.repeated, found.second_approver, found.note) == (False, None, False, None)


def test_one_climbs_from_the_quiet_word_to_the_top(tmp_path: Path) -> None:
    found = ours(tmp_path)
    quiet, alert, head = found.stages
    assert (found.first, found.first_formal) == (quiet, alert)
    assert [found.after(each.code) for each in found.stages] == [alert, head, None]
    assert found.is_above("head", "quiet_word") and found.is_above("alert", "quiet_word")
    assert not found.is_above("alert", "alert") and not found.is_above("quiet_word", "alert")
    assert (found.find("alert"), found.find("attic")) == (alert, None)
    for ask in (lambda: found.after("attic"), lambda: found.is_above("attic", "alert")):
        with pytest.raises(KeyError):
            ask()


# Its clocks among the timescales


def test_its_clocks_are_timescales_like_any_other(tmp_path: Path) -> None:
    catalogue = ladders(tmp_path)
    (found,) = catalogue.ladders
    codes = [row.code for row in catalogue.timescales]
    assert codes == [
        "review-soon",
        "alert-ours-quiet-word",
        "alert-ours-alert",
        "alert-ours-head",
        "alert-ours-decision",
        "alert-ours-outcome",
    ]
    assert [found.clock_of(each) for each in found.stages] == codes[1:4]
    assert [found.decision_clock, found.outcome_clock] == codes[4:]
    for row in found.timescales():
        assert catalogue.find(row.code) == row
        assert (row.basis, row.source, row.confirmed) == (Basis.LOCAL, "Our procedures", True)
        assert row.histories == ("escalation",) and row.limit_on(date(2023, 12, 31)) is None


def test_a_clock_tells_whose_stage_it_is(tmp_path: Path) -> None:
    catalogue = ladders(tmp_path)
    (found,) = catalogue.ladders
    for stage in found.stages:
        assert catalogue.clock_stage(found.clock_of(stage)) == (found, stage)
    for code in ("alert-ours-decision", "alert-ours-outcome", "alert-formal", "review-soon", "nothing"):
        assert catalogue.clock_stage(code) is None


def test_a_councils_systems_need_not_tell_of_what_is_raised_here(tmp_path: Path) -> None:
    told = OVERLAY + 'tells = ["care_period.started"]\n' + OURS
    catalogue = ladders(tmp_path, "", told)
    assert all(row.untracked is None for row in catalogue.timescales if row.histories == ("escalation",))
    assert all_of("review-soon", started("2025-01-06"), catalogue=catalogue) == []


# Which one holds


def test_a_newer_ladder_holds_from_its_day_and_the_older_one_stays_known(tmp_path: Path) -> None:
    catalogue = ladders(tmp_path, renamed("newer", "2025-04-01") + OURS)
    assert [each.code for each in catalogue.ladders] == ["ours", "newer"]
    assert [on(catalogue, day) for day in ("2023-12-31", "2024-01-01", "2025-03-31", "2025-04-01")] == [
        None,
        "ours",
        "ours",
        "newer",
    ]
    assert catalogue.ladder("ours") == catalogue.ladders[0] and catalogue.ladder("nobody's") is None


def test_the_councils_own_ladder_holds_instead_of_those_beneath_which_stay_known(tmp_path: Path) -> None:
    overlay = OVERLAY + renamed("council", "2024-06-01")
    catalogue = ladders(tmp_path, OURS + renamed("england-again", "2025-01-01"), overlay)
    assert [each.code for each in catalogue.ladders] == ["ours", "council", "england-again"]
    days = ("2024-03-01", "2024-05-31", "2024-06-01", "2025-06-01")
    assert [on(catalogue, day) for day in days] == ["ours", "ours", "council", "council"]


def test_an_overlay_without_a_ladder_leaves_the_one_beneath(tmp_path: Path) -> None:
    assert on(ladders(tmp_path, OURS, OVERLAY), "2025-01-01") == "ours"


def test_a_catalogue_may_have_no_ladder_at_all(tmp_path: Path) -> None:
    catalogue = ladders(tmp_path, "")
    assert (catalogue.ladders, on(catalogue, "2025-01-01")) == ((), None)


def test_any_change_of_a_ladder_changes_the_version_of_the_law(tmp_path: Path) -> None:
    changes = (
        ('"Our ladder"', '"The ladder"'),
        ("chairs            = true", "chairs = false"),
        ("second_approver   = true", ""),
        ("times = 3", "times = 4"),
        ('"7 working days"', '"8 working days"'),
        ('"the director"', '"the chief executive"'),
        ('"perform"', '"enable"'),
        ('["senior_manager"]', '["team_manager"]'),
        ('copied    = ["The head of service"]', "copied = []"),
        ('"72 hours"', '"48 hours"'),
    )
    versions = [ladders(tmp_path, OURS.replace(*change)).version for change in (("", ""), *changes)]
    assert len(set(versions)) == len(versions)
    assert ladders(tmp_path, "# a comment\n" + OURS).version == versions[0]


# What ships


def test_england_ships_the_least_that_the_handbook_asks_for() -> None:
    national = load_catalogue(None)
    assert [each.code for each in national.ladders] == ["handbook"]
    (handbook,) = national.ladders
    assert [(each.code, str(each.limit), each.formal) for each in handbook.stages] == [
        ("informal", "10 working days", False),
        ("formal", "20 working days", True),
    ]
    assert not handbook.confirmed and handbook.first_formal.roles == ("senior_manager",)


def test_sefton_relaunched_its_practice_alerts_in_august_2021() -> None:
    assert [each.code for each in SHIPPED.ladders] == ["handbook", "sefton-2020", "sefton-2021"]
    days = ("2019-12-01", "2020-04-01", "2021-07-31", "2021-08-01", "2026-11-26")
    assert [on(SHIPPED, day) for day in days] == [
        "handbook",
        "sefton-2020",
        "sefton-2020",
        "sefton-2021",
        "sefton-2021",
    ]
    assert all(not each.confirmed and each.chairs for each in SHIPPED.ladders[1:])


def test_in_seftons_newer_ladder_a_practice_alert_goes_to_the_director_in_four_steps() -> None:
    assert SEFTON is not None and SEFTON.repeated == Repeated(3, 12)
    assert [each.code for each in SEFTON.stages] == [
        "informal",
        "practice_alert",
        "service_manager",
        "head",
        "director",
    ]
    assert {str(each.limit) for each in SEFTON.stages if each.formal} == {"5 working days"}
    earlier = SHIPPED.ladder("sefton-2020")
    assert earlier is not None and earlier.repeated is None and len(earlier.stages) == 3


def test_another_council_has_four_stages_and_no_quiet_word_and_silence_goes_up() -> None:
    catalogue = load_catalogue("four-stages")
    found = catalogue.ladder_on(date(2020, 1, 1))
    assert found is not None and found.first is found.first_formal and len(found.stages) == 4
    assert {each.silence for each in found.stages} == {Silence.PERFORM}
    assert [bool(each.copied) for each in found.stages] == [False, True, True, True]
    assert on(catalogue, "2017-04-30") == "handbook"


def test_a_ladder_that_ships_ends_within_the_handbooks_twenty_working_days() -> None:
    formal = only("alert-formal", of_escalation("went_formal", "2025-06-02T09:00:00+01:00"))
    assert formal.due_on == date(2025, 6, 30)
    for catalogue in (SHIPPED, load_catalogue("four-stages")):
        for ladder in catalogue.ladders:
            days = [each.limit.days for each in ladder.stages if each.formal]
            assert sum(days) == 20


def test_the_timescales_of_a_catalogue_without_ladders_are_its_rows(tmp_path: Path) -> None:
    assert [row.code for row in ladders(tmp_path, "").timescales] == ["review-soon"]
    assert ROW.count("[[timescale]]") == 1
