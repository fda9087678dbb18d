"""Works out what would be due, and what would be otherwise. Nothing is stored."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.scheduler.calendar.rules import check_day
from services.scheduler.calendar.schemas import NewDay
from services.scheduler.previews.schemas import ToldFact, TriedDay, WhatIfBody, Withdrawn
from services.scheduler.previews.telling import Told, check_together, read_facts, record_id
from shared.deadlines.law import Law
from shared.refusals import Contradiction
from shared.timescales.calendar import Calendar, ProclaimedDay
from shared.timescales.catalogue import Catalogue, CatalogueError, load_catalogue, overlay_names
from shared.timescales.engine import Deadline, deadlines
from shared.timescales.what_if import Case, Move, moves


@dataclass(frozen=True, slots=True)
class History:
    """The kind of a history and its facts."""

    kind: str
    facts: tuple[Told, ...]

    def names(self, others: Iterable[Told] = ()) -> Mapping[UUID, str]:
        """What each record is called, the history's own names first."""
        return {each.fact.record: each.name for each in (*others, *self.facts)}

    def case(self, law: Law) -> Case:
        """The facts under a law."""
        return Case(tuple(each.fact for each in self.facts), law.catalogue, law.calendar)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What differs, what each record is called, and how many deadlines do not differ."""

    moves: list[Move]
    names: Mapping[UUID, str]
    unmoved: int


def told_history(kind: str, sent: Sequence[ToldFact]) -> History:
    """A history that nobody has stored. Raises Contradiction."""
    facts = read_facts(kind, sent, "/facts")
    check_together(kind, facts)
    return History(kind, tuple(facts))


def preview(history: History, law: Law) -> list[Deadline]:
    """Every deadline of a history."""
    return deadlines((each.fact for each in history.facts), law.catalogue, law.calendar)


def what_if(history: History, body: WhatIfBody, law: Law, today: date) -> WhatIf:
    """What would be otherwise; `today` is London's date. Raises Contradiction for what cannot be tried."""
    _check_asked(body)
    other = _changed(history, body)
    tried = replace(law, catalogue=_catalogue(body, law), calendar=_calendar(body, law.calendar, today))
    before, after = history.case(law), other.case(tried)
    found = moves(before, after)
    held = len(before.deadlines())
    unmoved = held - sum(move.before is not None for move in found)
    return WhatIf(found, other.names(history.facts), unmoved)


def _check_asked(body: WhatIfBody) -> None:
    asked = body.add or body.withdraw or body.settings or body.calendar_days
    if not asked and "overlay" not in body.model_fields_set:
        raise Contradiction(
            "Say what would be otherwise: add, withdraw, overlay, settings or calendar_days.",
            code="nothing_asked",
        )


def _changed(history: History, body: WhatIfBody) -> History:
    left = list(history.facts)
    for number, withdrawn in enumerate(body.withdraw):
        left = _without(left, withdrawn, f"/withdraw/{number}")
    added = read_facts(history.kind, body.add, "/add")
    keys = {each.key for each in added}
    facts = [*(each for each in left if each.key not in keys), *added]
    check_together(history.kind, facts)
    return History(history.kind, tuple(facts))


def _without(facts: list[Told], withdrawn: Withdrawn, pointer: str) -> list[Told]:
    if withdrawn.kind is None and withdrawn.record is None:
        raise Contradiction("Name a kind of fact, a record, or both.", code="nothing_named", pointer=pointer)
    left = [each for each in facts if not _is_meant(each, withdrawn)]
    if len(left) == len(facts):
        raise Contradiction("No such fact stands in this history.", code="nothing_there", pointer=pointer)
    return left


def _is_meant(told: Told, withdrawn: Withdrawn) -> bool:
    record = None if withdrawn.record is None else record_id(withdrawn.record)
    return withdrawn.kind in (None, told.fact.kind) and record in (None, told.fact.record)


def _catalogue(body: WhatIfBody, law: Law) -> Catalogue:
    if "overlay" not in body.model_fields_set and not body.settings:
        return law.catalogue
    for name, value in body.settings.items():
        _check_setting(name, value, law.catalogue)
    try:
        return load_catalogue(_overlay(body, law), tuple(sorted(body.settings.items())))
    except CatalogueError:
        raise Contradiction(
            "The timescales do not agree under these settings.", pointer="/settings"
        ) from None


def _overlay(body: WhatIfBody, law: Law) -> str | None:
    if "overlay" not in body.model_fields_set:
        return law.practice
    if body.overlay not in (None, *overlay_names()):
        known = ", ".join(overlay_names())
        raise Contradiction(
            f"No such practice ships; there are: {known}.", code="unknown_overlay", pointer="/overlay"
        )
    return body.overlay


def _check_setting(name: str, value: str, catalogue: Catalogue) -> None:
    settings = {setting.name: setting.values for setting in catalogue.settings}
    if name not in settings:
        known = ", ".join(settings)
        raise Contradiction(
            f"No such setting; there are: {known}.", code="unknown_setting", pointer="/settings"
        )
    if value not in settings[name]:
        known = ", ".join(settings[name])
        raise Contradiction(
            f"This setting must be one of: {known}.", code="unknown_setting", pointer=f"/settings/{name}"
        )


def _calendar(body: WhatIfBody, calendar: Calendar, today: date) -> Calendar:
    for number, day in enumerate(body.calendar_days):
        calendar = calendar.with_days([_proclaimed(day, calendar, today, f"/calendar_days/{number}")])
    return calendar


def _proclaimed(day: TriedDay, calendar: Calendar, today: date, pointer: str) -> ProclaimedDay:
    tried = NewDay.model_construct(**day.model_dump(), announced_on=today, source="tried out")
    check_day(tried, calendar, today, pointer)
    return ProclaimedDay(tried.on, tried.name, today, tried.source, tried.instead_of, known_from=today)
