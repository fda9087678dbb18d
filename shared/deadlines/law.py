"""The rules in force for an installation: the catalogue of timescales and the calendar of working days."""

from dataclasses import dataclass

from shared.timescales.calendar import Calendar, england
from shared.timescales.catalogue import Catalogue, load_catalogue


@dataclass(frozen=True, slots=True)
class Law:
    """What the engine needs besides the facts."""

    catalogue: Catalogue
    calendar: Calendar


def law(overlay: str | None = "sefton") -> Law:
    """England's timescales with a council's overlay. Raises CatalogueError naming the file and line at fault."""
    return Law(load_catalogue(overlay or None), england())
