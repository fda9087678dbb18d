"""The two dip samples of care planning meetings, both from before the year."""

from collections.abc import Iterator
from random import Random

from services.cli.sefton_year.deeds import Sample
from services.cli.sefton_year.year import FEBRUARY_SAMPLE, MARCH_SAMPLE

FEBRUARY, MARCH = "DS-2020-02", "DS-2020-03"
SIZES = {FEBRUARY: 60, MARCH: 149}  # the report does not say how many were sampled in February
RECORDED = {FEBRUARY: 33, MARCH: 45}  # in a hundred


def tell_samples(random: Random, scale: int = 1) -> Iterator[Sample]:
    """What the manager found, in the order in which children are drawn."""
    for reference, on in ((FEBRUARY, FEBRUARY_SAMPLE), (MARCH, MARCH_SAMPLE)):
        size = SIZES[reference] // scale
        yes = round(size * RECORDED[reference] / 100)
        recorded = [n < yes for n in range(size)]
        random.shuffle(recorded)
        yield Sample(on, reference, f"Care planning meetings, {on:%B %Y}", on.toordinal(), tuple(recorded))
