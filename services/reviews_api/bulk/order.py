"""The order in which rows are done: what concerns one child together, and in it first what others rest on."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter
from itertools import groupby

from services.reviews_api.bulk.kinds import KINDS, RANK, named, rests_on_its_own_kind
from services.reviews_api.bulk.lines import Line
from services.reviews_api.bulk.rows import Row

Name = tuple[str, str]


def in_turn(lines: Sequence[Line]) -> list[Line]:
    """Rows that hang together are done in one stretch, so that each deadline is worked out once; within it each after
    what it rests on, then by line. Withdrawals come last, and in the opposite order."""
    puts = [line for line in lines if not line.withdrawal]
    withdrawals = [line for line in lines if line.withdrawal]
    families, later = _families(puts), _later(puts)
    puts.sort(key=lambda line: (families[line.number], _rank(line), later.get(_own(line), -1), line.number))
    withdrawals.sort(key=lambda line: (-_rank(line), -line.number))
    return puts + withdrawals


def portions(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Rows in turn, as they can be done together: puts, those that must be alone after the others; then withdrawals
    kind by kind, as what rests on a record must be gone before it goes."""
    puts = sorted((row for row in rows if not row.withdrawal), key=group_of)
    for _, some in groupby(puts, key=lambda row: KINDS[row.record].alone):
        yield list(some)
    for _, alike in groupby((row for row in rows if row.withdrawal), key=lambda row: row.record):
        yield list(alike)


def group_of(row: Row) -> tuple[int, bool]:
    """What rows that are written together have in common: their kind, and whether they rest on others of it."""
    return RANK[row.record], rests_on_its_own_kind(row.record, row.body)


def _rank(line: Line) -> int:
    return RANK.get(line.record or "", 0)


def _later(lines: Sequence[Line]) -> dict[Name, int]:
    """The place of each record that rests on others of its own kind, or that others do, after those it rests on."""
    sorter: TopologicalSorter[Name] = TopologicalSorter()
    for line in lines:
        own = _own(line)
        for name in named(line.record, line.body) if line.record and line.body else ():
            if name[0] == own[0] and name != own:
                sorter.add(own, name)
    with suppress(CycleError):  # whatever rests on a circle has no place; all others have theirs
        sorter.prepare()
    places: dict[Name, int] = {}
    while ready := sorter.get_ready():
        places |= {name: len(places) + n for n, name in enumerate(ready)}
        sorter.done(*ready)
    return places


def _own(line: Line) -> Name:
    return line.record or "", line.reference or str(line.number)


def _families(lines: Sequence[Line]) -> dict[int, int]:
    """For each row the first line of those that it hangs together with by the references in them."""
    parents: dict[Name, Name] = {}
    first: dict[Name, int] = {}

    def head(name: Name) -> Name:
        while (above := parents.get(name, name)) != name:
            parents[name] = parents.get(above, above)
            name = above
        return name

    for line in lines:
        mine, *others = [head(name) for name in _names(line)]
        for other in others:
            parents[other] = mine
    for line in lines:
        family = head(_names(line)[0])
        first[family] = min(first.get(family, line.number), line.number)
    return {line.number: first[head(_names(line)[0])] for line in lines}


def _names(line: Line) -> list[Name]:
    """What a row is about and what it names. A history may be a care period's own."""
    names = [_own(line), *(named(line.record, line.body) if line.record and line.body else ())]
    return [("care_period" if kind == "history" else kind, reference) for kind, reference in names]
