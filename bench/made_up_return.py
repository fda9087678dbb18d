"""A made-up SSDA903 return of a council's usual size, for machines that hold no other."""

import csv
import random
from datetime import date, timedelta
from pathlib import Path

CHILDREN, SEED = 2_675, 903
FIRST = date(2015, 1, 1)


def write_return(folder: Path) -> Path:
    """Write header.csv, episodes.csv and reviews.csv into `folder`; the same every time."""
    chance = random.Random(SEED)
    folder.mkdir(parents=True)
    header, episodes, reviews = [], [], []
    for child in range(100_000, 100_000 + CHILDREN):
        born = FIRST - timedelta(days=chance.randrange(30, 5000))
        header.append([child, chance.choice("12"), _day(born)])
        entered = FIRST + timedelta(days=chance.randrange(0, 1000))
        episodes += _episodes(chance, child, entered)
        reviews += _reviews(chance, child, born, entered)
    _write(folder / "header.csv", ["CHILD", "SEX", "DOB"], header)
    _write(folder / "episodes.csv", ["CHILD", "DECOM", "RNE", "LS", "PLACE", "DEC", "REC"], episodes)
    _write(folder / "reviews.csv", ["CHILD", "DOB", "REVIEW", "REVIEW_CODE"], reviews)
    return folder


def _episodes(chance: random.Random, child: int, entered: date) -> list[list[object]]:
    moved = entered + timedelta(days=chance.randrange(20, 600))
    return [
        [child, _day(entered), "S", "C1", "U1", _day(moved), "X1"],
        [child, _day(moved), "L", "C2", "U1", "", ""],
    ]


def _reviews(chance: random.Random, child: int, born: date, entered: date) -> list[list[object]]:
    held, rows = entered, []
    for days in (27, 88, 180, 181, 184)[: chance.randrange(4, 6)]:
        held += timedelta(days=days + chance.choice((-3, 0, 0, 0, 4)))
        code = "PN0" if held < born.replace(year=born.year + 4, day=min(born.day, 28)) else "PN1"
        rows.append([child, _day(born), _day(held), code])
    return rows


def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def _write(path: Path, names: list[str], rows: list[list[object]]) -> None:
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([names, *rows])
