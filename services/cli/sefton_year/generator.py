"""The whole year, made up from a seed."""

from random import Random

from services.cli.sefton_year.care import tell_care
from services.cli.sefton_year.children import look_after
from services.cli.sefton_year.deeds import Deed
from services.cli.sefton_year.officers import FULL_TIME
from services.cli.sefton_year.reviews import tell_reviews
from services.cli.sefton_year.rhythm import Rhythm
from services.cli.sefton_year.stays import draw_stays
from shared.timescales.calendar import england

SEED = 2021


def make_year(seed: int = SEED, scale: int = 1) -> list[Deed]:
    """The same deeds for the same seed; `scale` divides the size of everything."""
    random = Random(seed)  # noqa: S311 (made-up children, not secrets)
    stays = draw_stays(Rhythm(random, england()), scale)
    children = look_after(random, stays, FULL_TIME)
    return [*tell_care(random, children), *tell_reviews(random, children)]
