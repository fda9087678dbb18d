"""The whole year, made up from a seed."""

from random import Random

from services.cli.sefton_year.care import tell_care
from services.cli.sefton_year.children import look_after
from services.cli.sefton_year.conferences import draw_conferences
from services.cli.sefton_year.deeds import Deed
from services.cli.sefton_year.escalations import tell_escalations
from services.cli.sefton_year.families import make_families
from services.cli.sefton_year.officers import tell_officers
from services.cli.sefton_year.protection import tell_protection
from services.cli.sefton_year.reviews import tell_reviews
from services.cli.sefton_year.rhythm import Rhythm
from services.cli.sefton_year.samples import tell_samples
from services.cli.sefton_year.stays import draw_stays
from shared.timescales.calendar import england


def make_year(seed: int = 2021, scale: int = 1) -> list[Deed]:
    """The same deeds for the same seed; `scale` divides the size of everything."""
    random = Random(seed)  # noqa: S311 (made-up children, not secrets)
    rhythm = Rhythm(random, england())
    children = make_families(random, look_after(random, draw_stays(rhythm, scale)))
    conferences = draw_conferences(rhythm, scale)
    return [
        *tell_officers(rhythm),
        *tell_care(random, children),
        *tell_reviews(random, children, scale),
        *tell_samples(random, scale),
        *tell_escalations(rhythm, children, conferences, scale),
        *tell_protection(rhythm, conferences, scale),
    ]
