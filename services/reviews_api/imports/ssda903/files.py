"""The files of a return: found by name, read as CSV line by line, so that one bad line costs only itself."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from services.reviews_api.imports.findings import Refused, UnusableReturn

Kind = Literal["header", "episodes", "reviews"]
KINDS: tuple[Kind, ...] = ("header", "episodes", "reviews")

COLUMNS: dict[Kind, tuple[str, ...]] = {
    "header": ("CHILD", "DOB"),
    "episodes": ("CHILD", "DECOM", "RNE", "LS", "PLACE", "DEC", "REC"),
    "reviews": ("CHILD", "DOB", "REVIEW", "REVIEW_CODE"),
}
LONGEST_RECORD = 8  # lines that a quoted cell with line breaks may run over


@dataclass(frozen=True, slots=True)
class Line:
    """One row of data: its number (the first line of the file is row 1), and its cells by column."""

    row: int
    cells: dict[str, str]
    refusal: Refused | None = None


@dataclass(frozen=True, slots=True)
class ReturnFile:
    """A file of the return, read."""

    name: str
    lines: list[Line]


def read_return(folder: Path) -> dict[Kind, ReturnFile]:
    """The three files of a return. Raises UnusableReturn for one that is missing, ambiguous or unreadable."""
    paths = {kind: _find(folder, kind) for kind in KINDS}
    return {kind: ReturnFile(path.name, list(_lines(path, COLUMNS[kind]))) for kind, path in paths.items()}


def _find(folder: Path, kind: Kind) -> Path:
    """The one file called `reviews.csv` or `anything_reviews.csv`, in letters of either case."""
    wanted = re.compile(rf"(?!\.)(.*[^a-z0-9])?{kind}\.csv", re.IGNORECASE | re.DOTALL)
    try:
        found = sorted(path for path in folder.iterdir() if wanted.fullmatch(path.name) and path.is_file())
    except OSError:
        raise UnusableReturn(f"There is no folder to read at {folder}.") from None
    if not found:
        raise UnusableReturn(
            f"The folder has no {kind}.csv (nor one with a prefix, such as 2025_{kind}.csv)."
        )
    if len(found) > 1:
        names = ", ".join(path.name for path in found)
        raise UnusableReturn(f"Which is the {kind} file? The folder has {names}; leave only one.")
    return found[0]


def _lines(path: Path, columns: tuple[str, ...]) -> Iterator[Line]:
    try:
        text = path.read_text(encoding="utf-8-sig", errors="surrogateescape").split("\n")
    except OSError:
        raise UnusableReturn(f"{path.name} cannot be read.") from None
    names = [name.strip().upper() for name in _parse(text[:1]) or []]
    _check_columns(path.name, names, columns)
    for row, cells in enumerate(_records(text[1:], len(names)), start=2):
        if cells != []:
            yield _line(row, names, columns, cells)


def _check_columns(file: str, names: list[str], columns: tuple[str, ...]) -> None:
    missing = [column for column in columns if column not in names]
    if missing:
        raise UnusableReturn(f"{file} lacks the column{'s'[: len(missing) > 1]} {', '.join(missing)}.")
    twice = [column for column in columns if names.count(column) > 1]
    if twice:
        raise UnusableReturn(f"{file} has the column {twice[0]} more than once.")


def _line(row: int, names: list[str], columns: tuple[str, ...], cells: list[str] | None) -> Line:
    if cells is None:
        return Line(row, {}, Refused(None, "unreadable"))
    if any(cells[len(names) :]):
        return Line(row, {}, Refused(None, "too_many_cells"))
    by_name = dict.fromkeys(names, "") | dict(zip(names, cells, strict=False))
    for name, cell in by_name.items():
        if not _is_text(cell):
            return Line(row, {}, Refused(name if name in columns else None, "not_utf8"))
    return Line(row, {column: by_name[column] for column in columns})


def _is_text(cell: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in cell)


def _records(lines: list[str], width: int) -> Iterator[list[str] | None]:
    """The cells of each record; None for one that cannot be read, [] for a blank line."""
    at = 0
    while at < len(lines):
        cells, used = _record(lines, at, width)
        yield cells
        at += used


def _record(lines: list[str], at: int, width: int) -> tuple[list[str] | None, int]:
    alone = _parse(lines[at : at + 1])
    if alone is not None:
        return alone, 1
    for used in range(2, LONGEST_RECORD + 1):
        joined = _parse(lines[at : at + used])
        if joined is not None and len(joined) == width:
            return joined, used
    return None, 1


def _parse(lines: list[str]) -> list[str] | None:
    try:
        records = list(csv.reader((line + "\n" for line in lines), strict=True))
    except csv.Error:
        return None
    return records[0] if len(records) == 1 else None
