"""The draw: by lot, and the same for whoever repeats it with the same seed."""

from collections.abc import Collection
from hashlib import sha256
from uuid import UUID

from shared.refusals import Contradiction


def draw(children: Collection[UUID], seed: int, size: int) -> list[UUID]:
    """Up to `size` of the children, in the order of the SHA-256 of "seed:child id", in hexadecimal digits."""
    return sorted(children, key=lambda child: sha256(f"{seed}:{child}".encode()).hexdigest())[:size]


def check_size(population: int, size: int, whole: bool) -> None:
    """Raise Contradiction for a sample that would be everybody, where that is not what was asked for."""
    if population == 0:
        raise Contradiction("There was no such child on that date.", code="nobody", pointer="/drawn_on")
    if size >= population and not whole:
        raise Contradiction(
            f"There were {population} such children on that date: ask for fewer, or say that all of them "
            "are meant with whole.",
            code="not_a_sample",
            pointer="/size",
        )
