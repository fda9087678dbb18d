"""The laws under which a story may be told: a council's, England's alone, other settings, other rows, other years."""

from datetime import date
from functools import cache
from pathlib import Path

from shared.deadlines.law import Law, law
from shared.timescales.calendar import Calendar
from shared.timescales.catalogue import load_catalogue

OWN_PRACTICE = Path(__file__).with_name("own_practice.toml")
OTHERWISE = (
    ("conference_interval", "days"),
    ("days_before", "clear_days"),
    ("health_band", "due"),
    ("icpc_start", "first"),
    ("review_date", "completion"),
    ("review_interval", "days"),
    ("transfer_in_start", "accepted"),
)


@cache
def laws() -> tuple[Law, ...]:
    """The council's law first, as it is before anything changes."""
    sefton = law()
    return (
        sefton,
        law(None),
        Law(load_catalogue("sefton", OTHERWISE), sefton.calendar),
        law(str(OWN_PRACTICE)),
        Law(sefton.catalogue, Calendar(date(2025, 6, 30))),
    )
