"""Which episodes of a child can stand together, and the unbroken times of care that they make."""

from bisect import bisect, insort
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Protocol

from services.reviews_api.imports.ssda903.rows import SHORT_BREAKS

content = attrgetter("ended_on", "legal_status", "placement", "reason_new", "reason_ended")
_start = attrgetter("started_on")


class Spell(Protocol):
    """An episode, held or returned."""

    @property
    def started_on(self) -> date: ...
    @property
    def ended_on(self) -> date | None: ...
    @property
    def legal_status(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Chain:
    """Touching episodes of ordinary care: one time of being looked after, and the starts of its links."""

    started_on: date
    ended_on: date | None
    links: tuple[date, ...]


def overlapping(new: Iterable[Spell], standing: Iterable[Spell]) -> tuple[list[Spell], set[date]]:
    """The spells that stand once `new` have joined, and the starts of those that could not.

    Those that stand already stay; of two new ones that overlap, the one that starts earlier stays.
    """
    placed = sorted(standing, key=_start)
    refused = set()
    for spell in sorted(new, key=_start):
        at = bisect(placed, spell.started_on, key=_start)
        neighbours = placed[max(at - 1, 0) : at + 1]
        if any(_overlap(spell, other) for other in neighbours):
            refused.add(spell.started_on)
        else:
            insort(placed, spell, key=_start)
    return placed, refused


def _overlap(one: Spell, other: Spell) -> bool:
    earlier, later = sorted((one, other), key=_start)
    return earlier.ended_on is None or later.started_on < earlier.ended_on


def chains(spells: Iterable[Spell]) -> list[Chain]:
    """The unbroken times of care in spells that do not overlap; short breaks are not care of this kind."""
    found: list[Chain] = []
    for spell in sorted(spells, key=_start):
        if spell.legal_status in SHORT_BREAKS:
            continue
        last = found[-1] if found else None
        if last is not None and last.ended_on == spell.started_on:
            found[-1] = Chain(last.started_on, spell.ended_on, (*last.links, spell.started_on))
        else:
            found.append(Chain(spell.started_on, spell.ended_on, (spell.started_on,)))
    return found


def changed(returned: Mapping[date, Spell], held: Mapping[date, Spell]) -> dict[date, Spell]:
    """What is returned and is not held already, just so."""
    return {
        start: spell
        for start, spell in returned.items()
        if start not in held or content(held[start]) != content(spell)
    }
