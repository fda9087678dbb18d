"""Counts that may be shown: small numbers are kept back from those who see figures only."""

from collections.abc import Mapping

from pydantic import Field

from shared.http.fields import View

LARGEST_SMALL = 5
"""Counts from 1 to this are kept back below the whole, as the Department for Education does in its statistics of
children looked after: with so few, a figure may tell of one child."""


class Count(View):
    """How many; null where so few that they are kept back."""

    count: int | None = Field(description="Null where it is suppressed.")
    suppressed: bool = Field(
        default=False,
        description="Whether it is kept back: a small number, or one that would give a small number away.",
    )


def parts(counts: Mapping[str, int], *, sees_all: bool) -> dict[str, Count]:
    """The parts that add up to a whole which is shown. No part that is kept back can be had by subtraction."""
    hidden = set() if sees_all else _hidden(counts)
    return _shown(counts, hidden)


def each(counts: Mapping[str, int], *, sees_all: bool) -> dict[str, Count]:
    """Counts that add up to nothing, as one child may be in several."""
    return _shown(counts, set() if sees_all else {name for name, n in counts.items() if _is_small(n)})


def _is_small(count: int) -> bool:
    return 1 <= count <= LARGEST_SMALL


def _hidden(counts: Mapping[str, int]) -> set[str]:
    hidden = {name for name, n in counts.items() if _is_small(n)}
    others = sorted((n, name) for name, n in counts.items() if n > LARGEST_SMALL)
    while hidden and (len(hidden) == 1 or sum(counts[name] for name in hidden) <= LARGEST_SMALL):
        if not others:
            return set(counts)  # the rest is nought: the whole would say it
        hidden.add(others.pop(0)[1])
    return hidden


def _shown(counts: Mapping[str, int], hidden: set[str]) -> dict[str, Count]:
    return {
        name: Count(count=None, suppressed=True) if name in hidden else Count(count=n)
        for name, n in counts.items()
    }
