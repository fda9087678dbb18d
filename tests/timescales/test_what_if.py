"""What moves between two cases, without a service and a database."""

from dataclasses import replace

from shared.timescales.calendar import england
from shared.timescales.catalogue import load_catalogue
from shared.timescales.what_if import Case, Change, moves
from tests.timescales.builders import ended, held, started

FIRST, SECOND = "lac-review-first", "lac-review-second"


def case(*facts, overlay="sefton") -> Case:
    return Case(tuple(facts), load_catalogue(overlay), england())


def changes(before: Case, after: Case) -> dict[str, Change]:
    return {each.timescale: each.change for each in moves(before, after)}


def test_between_a_case_and_itself_nothing_moves():
    one = case(started("2025-04-17"), held("2025-05-12"))
    assert moves(one, one) == []


def test_a_review_that_is_held_ends_one_promise_and_opens_the_next():
    found = changes(case(started("2025-04-17")), case(started("2025-04-17"), held("2025-05-12")))
    assert (found[FIRST], found[SECOND]) == (Change.ENDS_OTHERWISE, Change.OPENS)


def test_the_other_way_round_the_next_falls_away():
    found = changes(case(started("2025-04-17"), held("2025-05-12")), case(started("2025-04-17")))
    assert (found[FIRST], found[SECOND]) == (Change.ENDS_OTHERWISE, Change.FALLS_AWAY)


def test_another_start_moves_the_date():
    (move,) = (
        each
        for each in moves(case(started("2025-04-17")), case(started("2025-04-22")))
        if each.timescale == FIRST
    )
    assert move.change is Change.MOVES
    assert (str(move.before.due_on), str(move.after.due_on)) == ("2025-05-20", "2025-05-21")


def test_what_was_there_comes_first_then_what_opens_each_in_the_order_of_the_starts():
    before, after = (
        case(started("2025-04-17")),
        case(started("2025-04-17"), held("2025-05-12"), ended("2025-06-01")),
    )
    found = moves(before, after)
    kinds = [each.before is None for each in found]
    assert kinds == sorted(kinds)
    opened = [each.after.starts_on for each in found if each.before is None]
    assert opened == sorted(opened)


def test_under_england_alone_what_the_council_added_falls_away():
    one = case(started("2025-04-17"), held("2025-05-12"))
    found = changes(one, replace(one, catalogue=load_catalogue(None)))
    assert set(found.values()) == {Change.FALLS_AWAY}
    assert "iro-midpoint-lac" in found
