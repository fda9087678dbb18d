"""Lines that rest on each other may come in any order within one import."""

import itertools

import pytest

from services.reviews_api.bulk.working import BATCH
from tests.bulk.sending import bring, outcomes, results, row

CHILD = row("child", "C-1", family="F", source_version=1)
PERIOD = row("care_period", "CP-1", child="C-1", started_on="2026-11-02", source_version=1)
SISTER = row("child", "C-2", family="F", source_version=1)
HERS = row("care_period", "CP-2", child="C-2", started_on="2026-11-02", source_version=1)


def placed(reference, started_on, ended_on=None, version=1):
    days = {"started_on": started_on, "ended_on": ended_on}
    return (
        row("placement", reference, care_period="CP-1", placement_type="foster", source_version=version)
        | days
    )


def reported(reference, kind, day, **more):
    said = {"kind": kind, "happened_on": f"2026-11-{day:02}"} | more
    return row("fact", reference, history="CP-1", source_version=1, **said)


async def standing(town, table, column):
    found = await town.rows(f"SELECT reference, {column} FROM {table} WHERE withdrawn_at IS NULL")
    return sorted((each[0], str(each[1])) for each in found)


BREAK = [reported("B-1", "short_break.began", 5), reported("B-2", "short_break.ended", 7, about="B-1")]


@pytest.mark.parametrize("order", [*itertools.permutations(BREAK)])
async def test_what_ended_comes_before_or_after_what_began(town, order):
    assert set(await outcomes(town, [*order, PERIOD, CHILD])) == {"created"}
    gone = [row("fact", each["reference"], withdrawn_because="x", source_version=2) for each in order]
    assert await outcomes(town, gone, dry_run=True) == ["withdrawn", "withdrawn"]
    assert await outcomes(town, gone) == ["withdrawn", "withdrawn"]


MOVES = [placed("P-1", "2026-11-02", "2026-11-10", 2), placed("P-2", "2026-11-10")]


@pytest.mark.parametrize("order", [*itertools.permutations(MOVES)])
async def test_a_move_comes_in_either_order(town, order):
    await bring(town, [CHILD, PERIOD, placed("P-1", "2026-11-02")])
    assert set(await outcomes(town, order, dry_run=True)) == {"created", "changed"}
    assert set(await outcomes(town, order)) == {"created", "changed"}
    assert await standing(town, "placement", "ended_on") == [("P-1", "2026-11-10"), ("P-2", "None")]


REVIEWS = [
    row("review", f"R-{n}", care_period="CP-1", held_on=f"2026-11-{n + 10}", source_version=1)
    for n in range(4)
]
CARRIED = [
    row("decision", f"D-{n}", review=f"R-{n}", what="x", owner="sw-1", due_on="2026-12-18", source_version=1)
    | ({"carried_from": f"D-{n - 1}"} if n else {})
    for n in range(4)
]  # fmt: skip


@pytest.mark.parametrize("order", [CARRIED, CARRIED[::-1], [CARRIED[n] for n in (2, 0, 3, 1)]])
async def test_decisions_that_take_each_other_up_come_in_any_order_and_go_in_any(town, order):
    assert set(await outcomes(town, [*order, *REVIEWS, PERIOD, CHILD])) == {"created"}
    gone = [row("decision", each["reference"], withdrawn_because="x", source_version=2) for each in order]
    assert set(await outcomes(town, gone, dry_run=True)) == {"withdrawn"}
    assert set(await outcomes(town, gone)) == {"withdrawn"}


async def test_records_that_rest_on_each_other_in_a_circle_are_refused_and_lose_no_other(town):
    circle = [CARRIED[1] | {"carried_from": "D-2"}, CARRIED[2]]
    found = await results(town, await bring(town, [*circle, CARRIED[0], *REVIEWS, PERIOD, CHILD]))
    assert [each["outcome"] for each in found[:3]] == ["rejected", "rejected", "created"]
    assert [each["code"] for each in found[:2]] == ["not_found", "not_found"]


async def test_a_circle_costs_no_other_its_turn(town):
    circle = [CARRIED[1] | {"reference": f"X-{n}", "carried_from": f"X-{1 - n}"} for n in (0, 1)]
    sent = [*circle, *CARRIED[::-1], *REVIEWS, PERIOD, CHILD]
    assert sorted(await outcomes(town, sent)) == ["created"] * 10 + ["not_found"] * 2
    [[late]] = await town.rows(
        "SELECT count(*) FROM bulk_import_row WHERE turn >= :n AND reference NOT LIKE 'X-%'", n=len(sent)
    )
    assert late == 0


async def test_a_line_that_is_refused_after_all_is_counted_once(town):
    lost = row("review", "R-9", care_period="CP-9", scheduled_on="2026-12-01", source_version=1)
    done = await bring(town, [lost, CHILD, PERIOD, lost | {"reference": "R-8"}])
    counted = {name: done[name] for name in ("rows", "done", "accepted", "rejected")}
    assert counted == {"rows": 4, "done": 4, "accepted": 2, "rejected": 2}
    assert await town.rows("SELECT 1 FROM bulk_import_row WHERE body IS NOT NULL") == []


async def test_brothers_and_sisters_share_an_officer_in_one_import_too(town):
    known = {"allocated_at": "2026-11-03T09:00:00Z", "source_version": 1}
    officers = [
        row("allocation", f"A-{n}", care_period=f"CP-{n}", officer=f"iro-{n}", **known) for n in (1, 2)
    ]
    found = await outcomes(town, [CHILD, SISTER, PERIOD, HERS, *officers])
    assert sorted(found) == ["created"] * 5 + ["siblings_share_an_officer"]


async def test_what_is_refused_once_it_was_written_leaves_nothing_behind(town):
    await bring(town, [CHILD, PERIOD, placed("P-1", "2026-11-02")])
    assert await outcomes(town, [placed("P-2", "2026-11-10")]) == ["overlapping_placement"]
    conflict = row(
        "conflict", "X-1", child="C-1", officer="iro-1", reason="relative", declared_on="2026-11-03"
    )
    officer = {"officer": "iro-1", "allocated_at": "2026-11-03T09:00:00Z", "source_version": 1}
    found = await outcomes(town, [row("allocation", "A-1", care_period="CP-1", **officer), conflict])
    assert found == ["conflict_of_interest", "created"]
    assert await town.rows("SELECT 1 FROM allocation") == []
    assert await standing(town, "placement", "started_on") == [("P-1", "2026-11-02")]


@pytest.mark.parametrize("order", [[0, 1], [1, 0]])
async def test_two_versions_of_a_fact_or_a_history_come_to_the_later(town, order):
    facts = [reported("V-1", "visit.made", 5 + n) | {"source_version": n} for n in (1, 2)]
    officers = [row("history", "H-1", kind="officer", officer=f"iro-{n}", source_version=n) for n in (1, 2)]
    found = await outcomes(town, [CHILD, PERIOD, *(each[n] for each in (facts, officers) for n in order)])
    assert found == ["created", "created", *["created", "changed" if order[0] == 0 else "superseded"] * 2]
    assert await standing(town, "reported_fact", "happened_on") == [("V-1", "2026-11-07")]
    assert await standing(town, "history_record", "officer") == [("H-1", "iro-2")]


async def test_a_child_s_birth_is_told_to_each_history_also_where_lines_give_our_id(town):
    await bring(town, [CHILD | {"date_of_birth": "2014-05-03"}])
    [child] = await town.rows("SELECT id FROM child")
    await bring(town, [PERIOD | {"child": str(child.id), "ended_on": "2026-11-04"},
                       HERS | {"child": str(child.id), "started_on": "2026-11-05"}])  # fmt: skip
    told = await town.rows("SELECT history_id FROM fact WHERE kind = 'child.born' AND withdrawn_at IS NULL")
    assert len({each.history_id for each in told}) == 2


async def test_what_helps_a_refused_line_may_come_many_lines_later(town):
    others = [row("child", f"X-{number}", source_version=1) for number in range(BATCH + 10)]
    await bring(town, [CHILD, PERIOD, placed("P-1", "2026-11-02"), *others])
    gone = row("placement", "P-1", withdrawn_because="x", source_version=2)
    done = await bring(town, [placed("P-2", "2026-11-10"), *others, gone])
    assert (done["accepted"], done["unchanged"], done["rejected"]) == (2, len(others), 0)
