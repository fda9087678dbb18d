"""A ladder that cannot be is refused: with the file, the line, the row and the reason, and every one at once."""

from pathlib import Path

import pytest

from shared.timescales.catalogue import CatalogueError

from .ladders import ALERT, HEAD, LADDER, OURS, QUIET, ladders, renamed
from .rows import OVERLAY, ROW

FIRST = ROW.count("\n")
"""The lines before the first of the ladder's."""


def refused(folder: Path, text: str, overlay: str | None = None) -> CatalogueError:
    with pytest.raises(CatalogueError) as refusal:
        ladders(folder, text, overlay)
    return refusal.value


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ('code              = "ours"', 'code = "Our Ladder"', 2, "lower-case"),
        ('code              = "ours"', f'code = "{"o" * 41}"', 2, "longer than 40 characters"),
        ('title             = "Our ladder"\n', "", 1, "'title' is missing"),
        ("from              = 2024-01-01\n", "", 1, "'from' must be a date"),
        ("= 2024-01-01", '= "2024-01-01"', 4, "'from' must be a date"),
        ("chairs            = true", 'chairs = "yes"', 5, "must be true or false"),
        ('"3 working days"', '"1 month"', 6, "'decide' is counted in working days, days or hours"),
        ('"3 working days"', '"3 working days before"', 6, "counted in working days, days or hours"),
        ('decide            = "3 working days"\n', "", 1, "'decide' is missing"),
        ('follow_up         = "10 working days"', 'follow_up = "soon"', 7, "'soon' is not a period"),
        ('"7 working days"', '"7 days"', 8, "suggestions lapse after working days"),
        ("{ times = 3, months = 12 }", "{ times = 1, months = 12 }", 9, "from 2 to 99"),
        ("{ times = 3, months = 12 }", '{ times = 3, months = "12" }', 9, "from 1 to 120"),
        ("{ times = 3, months = 12 }", "{ times = 3 }", 9, "'months' must be a whole number"),
        ("{ times = 3, months = 12 }", "{ times = true, months = 12 }", 9, "'times' must be a whole number"),
        ("{ times = 3, months = 12 }", "{ times = 3, months = 12, days = 1 }", 9, "unknown key 'days'"),
        ("{ times = 3, months = 12 }", "3", 9, "'repeated' must be a table"),
        ("second_approver   = true", "second_approver = 1", 10, "must be true or false"),
        ('ends              = "the director"\n', "", 1, "'ends' is missing"),
        ('"local"', '"custom"', 12, "unknown basis 'custom'"),
        ('source            = "Our procedures"\n', "", 1, "'source' is missing"),
        ('"As agreed."', '"As agreed."\ncolour = "red"', 15, "unknown key 'colour'"),
    ],
)
def test_a_mistake_in_a_ladder_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, reason: str
) -> None:
    mistakes = refused(tmp_path, OURS.replace(old, new, 1)).mistakes
    told = [each for each in mistakes if reason in each.reason]
    assert [(each.file, each.line) for each in told] == [("england.toml", FIRST + line)]


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ('ladder    = "ours"', 'ladder = "theirs"', 2, "there is no ladder 'theirs' in this file"),
        ('ladder    = "ours"\n', "", 1, "'ladder' is missing"),
        ('"alert"', '"practice-alert"', 3, "joined by underscores"),
        ('"alert"', '"2nd"', 3, "joined by underscores"),
        ('"alert"', f'"{"a" * 41}"', 3, "longer than 40 characters"),
        ('"alert"', '"quiet_word"', 3, "duplicate stage 'quiet_word'"),
        ('title     = "Practice alert"', 'title = ""', 4, "'title' is empty"),
        ("formal    = true\n", "", 1, "'formal' is missing"),
        ("formal    = true", 'formal = "yes"', 5, "must be true or false"),
        ('responder = "The team manager"\n', "", 1, "'responder' is missing"),
        ('["team_manager"]', '["teacher"]', 7, "unknown role 'teacher'; those who answer are social_worker"),
        ('["team_manager"]', '["iro"]', 7, "unknown role 'iro'"),
        ('["team_manager"]', "[]", 7, "names nobody who may answer"),
        ('["team_manager"]', '"team_manager"', 7, "must be a list of texts"),
        ('"5 working days"', '"1 month"', 8, "'limit' is counted in working days, days or hours"),
        ('"5 working days"', '"on the day"', 8, "'limit' is counted in working days, days or hours"),
        ('"5 working days"', '"halfway to review-soon"', 8, "'limit' is counted in working days"),
        ('"5 working days"', '"3 working days before"', 8, "'limit' is counted in working days"),
        ('"5 working days"', '"a while"', 8, "'a while' is not a period"),
        ('["2 working days"]', '["24 hours"]', 9, "hours warn of hours, and days of days"),
        ('["2 working days"]', '["2 days before"]', 9, "a plain period before the due time"),
        ('["2 working days"]', '["on the day"]', 9, "a plain period before the due time"),
        ('"perform"', '"shout"', 10, "unknown silence 'shout'; it is one of enable, perform"),
        ('silence   = "perform"\n', "", 1, "'silence' is missing"),
        ('["The head of service"]', '"The head of service"', 11, "must be a list of texts"),
        ('silence   = "perform"', 'silence = "perform"\nloud = true', 11, "unknown key 'loud'"),
    ],
)
def test_a_mistake_in_a_stage_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, reason: str
) -> None:
    error = refused(tmp_path, LADDER + QUIET + ALERT.replace(old, new, 1) + HEAD)
    before = FIRST + (LADDER + QUIET).count("\n")
    assert [(each.file, each.line) for each in error.mistakes] == [("england.toml", before + line)]
    assert reason in error.reason
    assert old.startswith(("ladder", '"')) or error.mistakes[0].row == "alert"


def test_hours_are_not_warned_of_in_days(tmp_path: Path) -> None:
    error = refused(tmp_path, LADDER + ALERT + HEAD.replace('"24 hours"', '"1 working day"'))
    assert (error.mistakes[0].row, error.reason) == ("head", "hours warn of hours, and days of days")


# The ladder as a whole


def test_a_ladder_needs_stages_and_a_formal_one(tmp_path: Path) -> None:
    for stages in ("", QUIET):
        error = refused(tmp_path, LADDER + stages)
        assert (error.line, error.reason) == (FIRST + 2, "the ladder 'ours' has no formal stage")


def test_an_informal_stage_does_not_stand_above_a_formal_one(tmp_path: Path) -> None:
    error = refused(tmp_path, LADDER + ALERT + QUIET)
    assert error.reason == "an informal stage cannot stand above a formal one"
    assert (error.mistakes[0].row, error.line) == ("quiet_word", FIRST + (LADDER + ALERT).count("\n") + 5)


@pytest.mark.parametrize(
    ("alert", "head", "days"),
    [
        ("11 working days", "10 working days", 21),
        ("20 working days", "1 hour", 21),
        ("18 working days", "72 hours", 21),
        ("10 working days", "15 days", 21),
    ],
)
def test_the_formal_stages_take_no_more_than_the_handbooks_twenty_working_days(
    tmp_path: Path, alert: str, head: str, days: int
) -> None:
    second = HEAD.replace("72 hours", head).replace('warn      = ["24 hours"]\n', "")
    error = refused(tmp_path, LADDER + QUIET + ALERT.replace("5 working days", alert) + second)
    assert error.line == FIRST + 2
    assert f"take {days} working days together" in error.reason and "allows 20" in error.reason


def test_twenty_working_days_may_be_used_up(tmp_path: Path) -> None:
    twice = ALERT.replace("5 working days", "10 working days")
    catalogue = ladders(tmp_path, LADDER + twice + twice.replace('"alert"', '"again"'))
    assert len(catalogue.ladders[0].stages) == 2


def test_a_ladder_is_not_changed_but_followed_by_another(tmp_path: Path) -> None:
    error = refused(tmp_path, OURS, OVERLAY + OURS.replace("2024-01-01", "2025-01-01"))
    assert (error.file, error.line) == ("council.toml", 3)
    assert error.reason == "duplicate code 'ours': a ladder is not changed, a newer one follows it"
    assert "duplicate code 'ours'" in refused(tmp_path, OURS + LADDER.replace("2024", "2025")).reason


def test_two_ladders_of_a_file_do_not_begin_on_one_day(tmp_path: Path) -> None:
    error = refused(tmp_path, OURS + renamed("theirs", "2024-01-01"))
    assert error.reason == "another ladder of this file begins on that day"
    assert error.mistakes[0].row == "theirs"
    assert len(ladders(tmp_path, OURS, OVERLAY + renamed("theirs", "2024-01-01")).ladders) == 2


def test_a_stage_belongs_to_a_ladder_of_its_own_file(tmp_path: Path) -> None:
    error = refused(tmp_path, OURS, OVERLAY + HEAD.replace('"head"', '"director"'))
    assert (error.file, error.line) == ("council.toml", 3)
    assert error.reason == "there is no ladder 'ours' in this file"


# Its clocks beside the timescales


def test_a_clock_of_a_ladder_has_a_code_of_its_own(tmp_path: Path) -> None:
    taken = ROW.replace("review-soon", "alert-ours-head")
    error = refused(tmp_path, OURS + taken)
    assert error.mistakes[0].row == "head"
    assert error.reason == "its clock would be called 'alert-ours-head', as another timescale is"


def test_a_councils_timescale_does_not_take_the_code_of_a_clock_beneath_it(tmp_path: Path) -> None:
    error = refused(tmp_path, OURS, OVERLAY + ROW.replace("review-soon", "alert-ours-head"))
    assert (error.file, error.line) == ("council.toml", 3)
    assert error.reason == "'alert-ours-head' is a clock of the ladder of escalation"


@pytest.mark.parametrize("code", ["decision", "outcome"])
def test_no_stage_is_called_as_another_clock_of_its_ladder(tmp_path: Path, code: str) -> None:
    error = refused(tmp_path, LADDER + ALERT.replace('"alert"', f'"{code}"'))
    assert (error.mistakes[0].row, error.line) == ("ours", FIRST + 2)
    assert f"'alert-ours-{code}'" in error.reason


def test_two_ladders_do_not_have_one_clock_between_them(tmp_path: Path) -> None:
    deeper = renamed("ours-alert", "2025-01-01", LADDER + ALERT.replace('"alert"', '"one"'))
    error = refused(tmp_path, LADDER + ALERT.replace('"alert"', '"alert_one"') + deeper)
    assert error.mistakes[0].row == "one" and "'alert-ours-alert-one'" in error.reason


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    bad = LADDER.replace("2024-01-01", '"then"') + QUIET.replace('"enable"', '"shout"')
    bad += ALERT.replace("team_manager", "teacher").replace("5 working days", "soon") + HEAD
    told = refused(tmp_path, bad, OVERLAY + LADDER.replace('"ours"', '"empty"')).mistakes
    assert {(each.file, each.row) for each in told} == {
        ("england.toml", "ours"),
        ("england.toml", "quiet_word"),
        ("england.toml", "alert"),
        ("council.toml", "empty"),
    }
    assert len(told) == 5


# A timescale of a stage, written by hand


def test_a_timescale_may_ask_for_a_stage_by_its_name_and_for_nothing_that_is_none(tmp_path: Path) -> None:
    begins = 'starts    = { fact = "escalation.stage_opened", when = { ladder_stage = ["STAGE"] } }'
    row = ROW.replace('starts    = { fact = "care_period.started" }', begins)
    row = row.replace('"care_period"', '"escalation"').replace('"review.held"', '"escalation.answered"')
    row = row.replace('"care_period.ended"', "").replace("review-soon", "first-letter")
    found = ladders(tmp_path, row.replace("STAGE", "ours.alert") + OURS).find("first-letter")
    assert found is not None and found.starts[0].when == {"ladder_stage": ("ours.alert",)}
    error = refused(tmp_path, row.replace("STAGE", "an alert"))
    assert "'an alert' is no value of ladder_stage; these are: the names that a council gives" in error.reason
