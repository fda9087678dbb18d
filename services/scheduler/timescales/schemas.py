"""The catalogue as it is shown."""

from datetime import date
from typing import Any

from pydantic import ConfigDict, Field

from shared.http.fields import View
from shared.timescales.conditions import Reckoned
from shared.timescales.timescale import Basis, DecidedOn, Nth, OnBreach, Passing

Codes = dict[str, list[str]]

STARTS: dict[str, Any] = {
    "fact": "care_period.started",
    "nth": "first",
    "since": None,
    "until": None,
    "when": {},
}
EXAMPLE: dict[str, Any] = {
    "code": "lac-review-first",
    "title": "First looked-after review",
    "promise": "From when the child became looked after (the first time) to when a review was held: at most 20 "
    "working days.",
    "histories": ["care_period"],
    "limit": "20 working days",
    "or_earlier": None,
    "basis": "statutory",
    "source": "SI 2010/959 reg 33(1)",
    "confirmed": True,
    "in_force": [{"first_day": "2011-04-01", "last_day": None, "limit": None}],
    "value_on": "start",
    "starts": STARTS,
    "all_starts": [STARTS],
    "stops": {"fact": "review.held", "already": False, "same_record": False, "when": {}},
    "cancels": ["care_period.ended"],
    "all_cancels": [{"fact": "care_period.ended", "same_record": False, "when": {}}],
    "when": {},
    "unless": {"regime": ["short_breaks"]},
    "elapsed": [],
    "warn": ["10 working days", "5 working days"],
    "passing": "breach",
    "on_breach": "suggest",
    "relief": {"pause": False, "extension": None, "waiver": False},
    "settings": {},
    "untracked": None,
    "note": None,
}


class InForceView(View):
    """A stretch of days, both included, whose starts it covers, and its limit there if another."""

    first_day: date
    last_day: date | None
    limit: str | None


class StartsView(View):
    """The fact that starts the clock: the n-th, counted anew from each `since` fact, and none once there has been an
    `until` fact; `when` are conditions on its own codes."""

    fact: str
    nth: Nth
    since: str | None
    until: str | None
    when: Codes


class StopsView(View):
    """The fact that meets the deadline: the next one; one from before the start where `already`; of the record that
    started the clock where `same_record`; `when` are conditions on its codes."""

    fact: str
    already: bool
    same_record: bool
    when: Codes


class CancelsView(View):
    """A fact after which nothing is owed any more: any, or one of the record that started the clock."""

    fact: str
    same_record: bool
    when: Codes


class OrEarlierView(View):
    """Due sooner where such a fact comes: so long after it; on its very day without a limit."""

    fact: str
    limit: str | None


class ElapsedView(View):
    """How long it must be since the latest such fact, at least and less than, when the clock starts or is due; and
    what holds where there is no such fact."""

    since: str
    at_least: str | None
    less_than: str | None
    at: Reckoned
    unknown: bool


class ReliefView(View):
    """What may be granted: days on which the clock stands still, a later date at most so long after the first, and a
    waiver."""

    pause: bool
    extension: str | None
    waiver: bool


class TimescaleView(View):
    """One rule: from this fact, within this long, until that fact, on whose authority."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    code: str
    title: str
    promise: str = Field(description="The whole rule in one sentence.")
    histories: list[str]
    limit: str = Field(description="In words.")
    or_earlier: OrEarlierView | None
    basis: Basis
    source: str
    confirmed: bool = Field(description="False until somebody has read the figure in its source.")
    in_force: list[InForceView]
    value_on: DecidedOn = Field(description="The day that decides among limits by date.")
    starts: StartsView = Field(description="The first of `all_starts`.")
    all_starts: list[StartsView]
    stops: StopsView
    cancels: list[str] = Field(description="The facts of `all_cancels`.")
    all_cancels: list[CancelsView]
    when: Codes = Field(description="Codes that must stand when the clock starts.")
    unless: Codes = Field(description="Codes that must not.")
    elapsed: list[ElapsedView]
    warn: list[str]
    passing: Passing = Field(description="What it means when the date passes.")
    on_breach: OnBreach
    relief: ReliefView
    settings: dict[str, str] = Field(description="The council's settings that made the rule what it is.")
    untracked: str | None = Field(description="Why no such clock is kept here; null where it is.")
    note: str | None


class SettingView(View):
    """A question on which practice differs: the answers there are, and the one that holds here."""

    name: str
    title: str
    values: list[str]
    default: str
    chosen: str
    source: str


class CalendarView(View):
    """England's working days: which list, and the last day for which bank holidays are published."""

    version: str
    published_through: date


class CatalogueView(View):
    """Every timescale in force here, the settings, and the calendar that counts their days."""

    version: str
    authority: str | None = Field(description="Whose own timescales are laid over England's.")
    calendar: CalendarView
    settings: list[SettingView]
    timescales: list[TimescaleView]
