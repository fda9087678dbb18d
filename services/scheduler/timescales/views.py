"""Puts the law into words."""

from services.scheduler.timescales.schemas import (
    CalendarView,
    CancelsView,
    CatalogueView,
    Codes,
    ElapsedView,
    InForceView,
    OrEarlierView,
    ReliefView,
    SettingView,
    StartsView,
    StopsView,
    TimescaleView,
)
from shared.deadlines.law import Law
from shared.refusals import NotFound
from shared.timescales import conditions
from shared.timescales.catalogue import Catalogue
from shared.timescales.choices import Setting
from shared.timescales.conditions import Elapsed
from shared.timescales.description import promise
from shared.timescales.timescale import Cancels, InForce, OrEarlier, Relief, Starts, Stops, Timescale


def show_catalogue(law: Law) -> CatalogueView:
    """The whole catalogue."""
    catalogue, calendar = law.catalogue, law.calendar
    return CatalogueView(
        version=catalogue.version,
        authority=catalogue.authority,
        calendar=CalendarView(version=calendar.version, published_through=calendar.published_through),
        settings=[_setting(each, catalogue) for each in catalogue.settings],
        timescales=[_view(each) for each in catalogue.timescales],
    )


def show_timescale(law: Law, code: str) -> TimescaleView:
    """One timescale. Raises NotFound."""
    found = law.catalogue.find(code)
    if found is None:
        raise NotFound("timescale")
    return _view(found)


def _setting(setting: Setting, catalogue: Catalogue) -> SettingView:
    return SettingView(
        name=setting.name,
        title=setting.title,
        values=list(setting.values),
        default=setting.default,
        chosen=catalogue.chosen[setting.name],
        source=setting.source,
    )


def _view(row: Timescale) -> TimescaleView:
    starts = [_starts(each) for each in row.starts]
    cancels = [_cancels(each) for each in row.cancels]
    return TimescaleView(
        code=row.code,
        title=row.title,
        promise=promise(row),
        histories=list(row.histories),
        limit=str(row.limit),
        or_earlier=_or_earlier(row.or_earlier),
        basis=row.basis,
        source=row.source,
        confirmed=row.confirmed,
        in_force=[_stretch(each) for each in row.in_force],
        value_on=row.value_on,
        starts=starts[0],
        all_starts=starts,
        stops=_stops(row.stops),
        cancels=list(dict.fromkeys(each.fact for each in cancels)),
        all_cancels=cancels,
        when=_codes(row.when),
        unless=_codes(row.unless),
        elapsed=[_elapsed(each) for each in row.elapsed],
        warn=[str(each) for each in row.warn],
        passing=row.passing,
        on_breach=row.on_breach,
        relief=_relief(row.relief),
        settings=dict(row.chosen),
        untracked=row.untracked,
        note=row.note,
    )


def _starts(starts: Starts) -> StartsView:
    return StartsView(
        fact=starts.fact, nth=starts.nth, since=starts.since, until=starts.until, when=_codes(starts.when)
    )


def _stops(stops: Stops) -> StopsView:
    return StopsView(
        fact=stops.fact, already=stops.already, same_record=stops.same_record, when=_codes(stops.when)
    )


def _cancels(cancels: Cancels) -> CancelsView:
    return CancelsView(fact=cancels.fact, same_record=cancels.same_record, when=_codes(cancels.when))


def _or_earlier(other: OrEarlier | None) -> OrEarlierView | None:
    return None if other is None else OrEarlierView(fact=other.fact, limit=_words(other.limit))


def _elapsed(elapsed: Elapsed) -> ElapsedView:
    return ElapsedView(
        since=elapsed.since,
        at_least=_words(elapsed.from_),
        less_than=_words(elapsed.under),
        at=elapsed.at,
        unknown=elapsed.unknown,
    )


def _relief(relief: Relief) -> ReliefView:
    return ReliefView(pause=relief.pause, extension=_words(relief.extension), waiver=relief.waiver)


def _stretch(stretch: InForce) -> InForceView:
    return InForceView(first_day=stretch.first_day, last_day=stretch.last_day, limit=_words(stretch.limit))


def _codes(codes: conditions.Codes) -> Codes:
    return {code: list(values) for code, values in codes.items()}


def _words(period: object | None) -> str | None:
    return None if period is None else str(period)
