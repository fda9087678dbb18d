"""Who of the looked-after children are brothers and sisters: the report counts alerts about both one and several."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from random import Random

from services.cli.sefton_year.children import LookedAfter
from services.cli.sefton_year.year import FIRST_DAY

SIZES = {1: 60, 2: 25, 3: 10, 4: 5}  # in a hundred families; the report gives none
APART = 280  # days between two births


def make_families(random: Random, children: Sequence[LookedAfter]) -> list[LookedAfter]:
    """The children in their order. Siblings have one officer and one team, and are in care all year."""
    settled = [each for each in children if each.stays and each.stay.started_on < FIRST_DAY]
    random.shuffle(settled)
    settled.sort(key=_whose)
    named: dict[int, str] = {}
    for _, group in groupby(settled, key=_whose):
        for siblings in _families(random, [*group]):
            named |= {each.number: f"FAM-C{siblings[0].number:04}" for each in siblings}
    return [replace(each, family=named.get(each.number)) for each in children]


def _whose(child: LookedAfter) -> tuple[str, str]:
    return child.officer, child.team


def _families(random: Random, children: list[LookedAfter]) -> Iterator[list[LookedAfter]]:
    while children:
        size = random.choices([*SIZES], [*SIZES.values()])[0]
        siblings = [children.pop()]
        while children and len(siblings) < size and _could_be_one_of(siblings, children[-1]):
            siblings.append(children.pop())
        if len(siblings) > 1:
            yield siblings


def _could_be_one_of(siblings: Sequence[LookedAfter], child: LookedAfter) -> bool:
    return all(abs((each.born_on - child.born_on).days) >= APART for each in siblings)
