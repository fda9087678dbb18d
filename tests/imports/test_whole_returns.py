"""Whole returns: the order of rows, repeats, dry runs, crashes."""

import asyncio
from datetime import date
from pathlib import Path
from random import Random

import pytest

from services.reviews_api.imports import batches
from tests.imports.returns import Council, Return, counts, rejected

FAKE = Path(__file__).parents[3] / "shared" / "data" / "ssda903-fake"


def a_tangle() -> Return:
    """A return with some of everything, right and wrong."""
    said = Return().child("A").child("B").child("B", "07/08/2013").child("B").child("D")
    said.episode("01/02/2024", "01/05/2024", child="A").episode("01/05/2024", child="A", status="C1")
    said.episode("01/04/2024", "01/06/2024", child="A").episode("01/05/2024", child="A", status="C2")
    said.episode("03/03/2025", "01/09/2025", child="B").episode("03/03/2025", "01/09/2025", child="B")
    said.episode("01/09/2025", child="B", status="V4").episode("09/09/2026", child="C").episode(
        "x", child="A"
    )
    said.episode("10/11/2026", child="D")
    for day in ("20/02/2024", "20/02/2024", "10/05/2024", "01/11/2024", "09/09/2023"):
        said.review(day, child="A")
    said.review("20/02/2024", "PN6", child="A").review("20/03/2025", child="B").review(
        "30/03/2027", child="B"
    )
    return said.review("20/03/2025", child="B", born="07/08/2013").review("01/10/2026", child="C")


@pytest.mark.parametrize("seed", range(3))
async def test_the_order_of_the_rows_makes_no_difference(council: Council, tmp_path: Path, seed: int) -> None:
    summary = await council.bring(a_tangle().shuffled(seed))
    assert [counts(summary, kind) for kind in ("header", "episodes", "reviews")] == [
        (3, 1, 1),
        (5, 1, 4),
        (4, 1, 5),
    ]
    assert (await council.state())["facts"] == _tangle_facts()
    assert await council.faults() == {}


def _tangle_facts() -> list[tuple[object, ...]]:
    a, b, d = "A-2024-02-01", "B-2025-03-03", "D-2026-11-10"
    return sorted(
        [
            (a, a, "care_period.started", date(2024, 2, 1)),
            ("A-2024-02-20", a, "review.held", date(2024, 2, 20)),
            ("A-2024-05-10", a, "review.held", date(2024, 5, 10)),
            ("A-2024-11-01", a, "review.held", date(2024, 11, 1)),
            (b, b, "care_period.started", date(2025, 3, 3)),
            (b, b, "care_period.ended", date(2025, 9, 1)),
            ("B-2025-03-20", b, "review.held", date(2025, 3, 20)),
            (d, d, "care_period.started", date(2026, 11, 10)),
            *((None, period, "child.born", date(2012, 6, 5)) for period in (a, b, d)),
        ],
        key=repr,
    )


async def test_a_second_import_changes_nothing_and_tells_nothing(council: Council) -> None:
    first = await council.bring(a_tangle())
    before = await council.everything()
    council.town.pass_time(minutes=5)
    second = await council.bring(a_tangle().shuffled(7))
    assert await council.everything() == before
    assert sum(counts(second, kind)[0] for kind in ("header", "episodes", "reviews")) == 0
    assert second["header"]["rejected"] == first["header"]["rejected"]
    assert [code for *_, code in sorted(rejected(second))] != []


async def test_a_dry_run_says_the_same_and_leaves_nothing(council: Council) -> None:
    rehearsed = await council.bring(a_tangle(), dry_run=True)
    assert not any((await council.everything()).values())
    done = await council.bring(a_tangle())
    assert rehearsed.pop("dry_run") is True
    assert done.pop("dry_run") is False
    assert rehearsed == done


async def test_a_dry_run_over_what_is_held_says_the_same(council: Council) -> None:
    await council.bring(Return().child("A").episode("01/02/2024", child="A"))
    before = await council.everything()
    rehearsed = await council.bring(a_tangle(), dry_run=True)
    assert await council.everything() == before
    done = await council.bring(a_tangle())
    assert rehearsed | {"dry_run": False} == done


async def test_an_import_that_was_cut_short_is_finished_by_the_next(council: Council) -> None:
    whole = Return()
    for number in range(batches.BATCH + 5):
        whole.child(f"C{number:04}").episode("01/02/2025", child=f"C{number:04}")
    half = Return({kind: rows[:200] for kind, rows in whole.lines.items()})
    await council.bring(half)
    summary = await council.bring(whole)
    assert counts(summary, "header") == (55, 200, 0)
    assert summary["care_periods"] == batches.BATCH + 5
    assert await council.faults() == {}


async def test_two_imports_at_once_take_turns(council: Council) -> None:
    path = a_tangle().write(council.folder)
    both = await asyncio.gather(council.bring(path), council.bring(path))
    assert sorted(counts(each, "header")[0] for each in both) == [0, 3]
    assert (await council.state())["facts"] == _tangle_facts()
    assert await council.faults() == {}


@pytest.mark.parametrize("seed", range(4))
async def test_random_returns_one_after_the_other_settle_at_once(council: Council, seed: int) -> None:
    random = Random(seed)
    for _ in range(3):
        said = _random_return(random)
        await council.bring(said)
        before = await council.everything()
        again = await council.bring(said.shuffled(seed))
        assert await council.everything() == before
        assert [counts(again, kind)[0] for kind in ("header", "episodes", "reviews")] == [0, 0, 0]
        assert await council.faults() == {}


def _random_return(random: Random) -> Return:
    said = Return()
    for number in range(12):
        child = f"C{number}"
        said.child(child)
        for _ in range(random.randint(0, 5)):
            start, length = random.randint(1, 20), random.randint(0, 6)
            end = "" if random.random() < 0.15 else f"{start + length:02}/05/2026"
            status = random.choice(["C2", "C2", "V2", "V4"])
            said.episode(f"{start:02}/05/2026", end, child=child, status=status)
        for _ in range(random.randint(0, 5)):
            day, part = random.randint(1, 28), random.choice(["PN1", "PN2"])
            said.review(f"{day:02}/05/2026", part, child=child)
    return said


async def test_the_fake_return_is_accounted_for_row_by_row(council: Council) -> None:
    if not FAKE.is_dir():
        pytest.skip("the fake SSDA903 return is not beside the project")
    summary = await council.bring(FAKE)
    read = {kind: summary[kind]["read"] for kind in ("header", "episodes", "reviews")}
    assert read == {"header": 2675, "episodes": 5050, "reviews": 12582}
    assert sum(counts(summary, kind)[2] for kind in read) == len(summary["rejections"])
    assert await council.faults() == {}
    before = await council.everything()
    again = await council.bring(FAKE)
    assert [counts(again, kind)[0] for kind in read] == [0, 0, 0]
    assert again["rejections"] == summary["rejections"]
    assert await council.everything() == before
    assert await council.faults() == {}
