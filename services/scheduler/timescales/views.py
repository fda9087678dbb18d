"""Puts the law into words."""

from services.scheduler.timescales.schemas import (
    CalendarView,
    CatalogueView,
    InForceView,
    StartsView,
    StopsView,
    TimescaleView,
)
from shared.deadlines.law import Law
from shared.refusals import NotFound
from shared.timescales.timescale import InForce, Timescale


def show_catalogue(law: Law) -> CatalogueView:
    """The whole catalogue."""
    return CatalogueView(
        version=law.catalogue.version,
        authority=law.catalogue.authority,
        calendar=CalendarView(version=law.calendar.version, published_through=law.calendar.published_through),
        timescales=[_view(each) for each in law.catalogue.timescales],
    )


def show_timescale(law: Law, code: str) -> TimescaleView:
    """One timescale. Raises NotFound."""
    found = law.catalogue.find(code)
    if found is None:
        raise NotFound("timescale")
    return _view(found)


def _view(row: Timescale) -> TimescaleView:
    return TimescaleView(
        code=row.code,
        title=row.title,
        limit=str(row.limit),
        basis=row.basis,
        source=row.source,
        confirmed=row.confirmed,
        in_force=[_stretch(each) for each in row.in_force],
        starts=StartsView.model_validate(row.starts),
        stops=StopsView.model_validate(row.stops),
        cancels=list(row.cancels),
        warn=[str(each) for each in row.warn],
    )


def _stretch(stretch: InForce) -> InForceView:
    limit = None if stretch.limit is None else str(stretch.limit)
    return InForceView(first_day=stretch.first_day, last_day=stretch.last_day, limit=limit)
