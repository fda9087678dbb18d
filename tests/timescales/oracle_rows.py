"""The oracle's own table: every row of the field's reference that has a plain period, and how it is counted.

The units are the reference's: WD0 working days after, BEF working days before, CD calendar days, CM calendar
months (less than none: before), HR elapsed hours.
"""

from collections.abc import Iterable, Set
from datetime import date, datetime

from . import oracle_ladders as alerts
from .oracle import (
    NONE,
    ONE,
    corresponding_date,
    hours_after,
    london_day,
    nth_day,
    nth_working_day,
    nth_working_day_before,
)

Rule = tuple[str, int]

DUE: dict[str, Rule] = {
    # 1a. Looked-after children
    "iro-allocation-sefton": ("HR", 72),
    "iro-service-notified": ("WD0", 2),
    "iro-allocation-handbook": ("WD0", 5),
    "lac-review-first": ("WD0", 20),
    "lac-review-second": ("CM", 3),
    "lac-review-subsequent": ("CM", 6),
    "lac-review-adjournment": ("WD0", 20),
    "lac-review-series-of-meetings": ("WD0", 20),
    "sw-pre-review-report": ("BEF", 3),
    "review-invitations": ("BEF", 5),
    "review-decisions-issued": ("WD0", 5),
    "review-decisions-manager-challenge": ("WD0", 5),
    "review-record": ("WD0", 15),
    "review-record-distribution": ("WD0", 20),
    "care-plan-update-after-review": ("WD0", 10),
    "iro-supervision": ("CM", 1),
    "iro-practice-observation": ("CM", 6),
    # 1c. Adoption, short breaks, remand, secure
    "aar-review-authorised-first": ("CM", 3),
    "aar-review-authorised-subsequent": ("CM", 6),
    "aar-review-placed-first": ("CD", 28),
    "aar-review-placed-second": ("CM", 3),
    "aar-review-placed-subsequent": ("CM", 6),
    "aar-review-placement-ended": ("CD", 42),
    "aar-visit-placed-first": ("CD", 7),
    "aar-visit-placed-weekly": ("CD", 7),
    "shortbreak-stay-17-days": ("CD", 17),
    "shortbreak-review-first": ("CM", 3),
    "shortbreak-review-subsequent": ("CM", 6),
    "shortbreak-visit-first": ("CM", 3),
    "shortbreak-visit-subsequent": ("CM", 6),
    "yda-detention-placement-plan": ("WD0", 10),
    "secure-review-first": ("CM", 1),
    "secure-review-subsequent": ("CM", 3),
    # 1d. Child protection
    "cp-strategy-discussion": ("HR", 24),
    "cp-s47-first-visit": ("WD0", 1),
    "icpc-15wd": ("WD0", 15),
    "icpc-request": ("WD0", 1),
    "cp-transfer-in": ("WD0", 15),
    "cp-core-group-first": ("WD0", 10),
    "cp-core-group-subsequent": ("CD", 28),
    "cp-core-group-final": ("BEF", 10),
    "rcpc-first": ("CM", 3),
    "rcpc-subsequent": ("CM", 6),
    "cp-sw-report-icpc": ("BEF", 2),
    "cp-sw-report-rcpc": ("BEF", 2),
    "cp-invites-rcpc": ("CM", -1),
    "cp-decision-letter": ("WD0", 1),
    "cp-minutes": ("WD0", 20),
    "cp-visit": ("WD0", 10),
    "cp-plan-9-months": ("CM", 9),
    "cp-plan-15-months": ("CM", 15),
    "cp-plan-18-months": ("CM", 18),
    "cp-plan-24-months": ("CM", 24),
    # 1e. Placement, visits, health, education, leaving care
    "care-plan": ("WD0", 10),
    "placement-plan": ("WD0", 5),
    "placement-notify": ("WD0", 5),
    "visit-reg28-first": ("CD", 7),
    "visit-reg28-year1": ("CD", 42),
    "visit-reg28-after": ("CM", 3),
    "visit-reg28-after-not-permanent": ("CD", 42),
    "visit-reg28-after-long-term-foster": ("CM", 3),
    "visit-reg28-long-term-foster": ("CM", 6),
    "visit-reg28-parents-unassessed": ("CD", 7),
    "visit-reg28-parents-unassessed-reviewed": ("CD", 42),
    "visit-reg28-temp-connected-or-ico": ("CD", 7),
    "visit-reg28-temp-connected-or-ico-reviewed": ("CD", 28),
    "visit-reg28-care-order-home-first": ("CD", 7),
    "visit-reg28-care-order-home-subsequent": ("CD", 42),
    "iha": ("WD0", 20),
    "rha-under5": ("CM", 6),
    "rha-5plus": ("CM", 12),
    "pep-initial": ("WD0", 10),
    "pathway-needs-assessment": ("CM", 3),
    "pathway-plan-review": ("CM", 6),
    "preproceedings-plo": ("CD", 112),
    "care-proceedings-26w": ("CD", 182),
    "assessment-45wd": ("WD0", 45),
    "referral-decision": ("WD0", 1),
    "missing-rhi": ("HR", 72),
    "temp-carer-approval": ("CD", 112),
    "emergency-foster": ("WD0", 6),
    "private-fostering-action": ("WD0", 7),
    "private-fostering-visit-year1": ("CD", 42),
    "private-fostering-visit-after": ("CD", 84),
}

# 1f. Starts for which another rule held, or none: SI 2020/445, before SI 2015/495, Sefton's page of 2021.
RELAXED = (date(2020, 4, 24), date(2020, 9, 24))
OTHERWISE: dict[str, tuple[date, date, Rule | None]] = {
    "placement-plan": (*RELAXED, None),
    "private-fostering-action": (*RELAXED, None),
    "shortbreak-stay-17-days": (*RELAXED, None),
    "emergency-foster": (*RELAXED, ("CD", 168)),
    "temp-carer-approval": (*RELAXED, ("CD", 168)),
    "visit-reg28-long-term-foster": (date.min, date(2015, 3, 31), ("CM", 3)),
    "cp-core-group-subsequent": (date.min, date(2024, 12, 31), ("CM", 1)),
}

# Rules that are younger than 2012: the edition, the Act or the guidance that brought them.
SINCE = {
    "assessment-45wd": date(2013, 4, 15),  # Working Together 2013
    "yda-detention-placement-plan": date(2013, 4, 19),  # SI 2013/706
    "missing-rhi": date(2014, 1, 1),  # guidance on children who run away or go missing, January 2014
    "care-proceedings-26w": date(2014, 4, 22),  # Children and Families Act 2014, section 14
    "preproceedings-plo": date(2021, 3, 1),  # Public Law Working Group, March 2021
}
# Sefton's own rows are known from the year of its report on; of its core groups no start is known.
SEFTON_SINCE = date(2020, 4, 1)
SEFTON = {
    "iro-allocation-sefton",
    "lac-review-series-of-meetings",
    "review-invitations",
    "care-plan-update-after-review",
    "iro-supervision",
    "iro-practice-observation",
    "cp-strategy-discussion",
    "cp-s47-first-visit",
    "icpc-request",
    "cp-core-group-final",
    "cp-sw-report-icpc",
    "cp-sw-report-rcpc",
    "cp-invites-rcpc",
    "cp-decision-letter",
    "cp-minutes",
    "cp-visit",
    "cp-plan-9-months",
    "cp-plan-15-months",
    "cp-plan-18-months",
    "cp-plan-24-months",
}
SINCE.update(dict.fromkeys(SEFTON, SEFTON_SINCE) | alerts.SINCE)
DUE.update(alerts.DUE)


def day_of(start: date) -> date:
    """The day itself; of an instant, its London day."""
    return london_day(start) if isinstance(start, datetime) else start


def rule_on(code: str, start: date) -> Rule | None:
    """How a row is counted from a start on this day; none where the row has no clock then."""
    day = day_of(start)
    if day < SINCE.get(code, date.min):
        return None
    first, last, rule = OTHERWISE.get(code, (date.max, date.min, None))
    return rule if first <= day <= last else DUE[code]


def due(code: str, start: date, extra_holidays: Set[date] = NONE) -> date | datetime | None:
    """The last day, or the instant, at which what a row asks is still in time."""
    rule = rule_on(code, start)
    return counted(*rule, start, extra_holidays) if rule else None


def counted(unit: str, number: int, start: date, extra_holidays: Set[date]) -> date | datetime:
    """So many units from a start."""
    if unit == "HR":
        assert isinstance(start, datetime)
        return hours_after(start, number)
    if unit == "CM":
        return corresponding_date(day_of(start), number)
    if unit == "CD":
        return nth_day(day_of(start), number)
    if unit == "BEF":
        return nth_working_day_before(day_of(start), number, extra_holidays)
    assert unit == "WD0"
    return nth_working_day(day_of(start), number, extra_holidays)


def due_midpoint(start: date, other_due: date) -> date:
    """Halfway, rounded down: where two walkers meet, of whom the one from the due day goes first."""
    ahead, back = start, other_due
    while ahead < back:
        back -= ONE
        if ahead < back:
            ahead += ONE
    return ahead


def due_prebirth(plan_start: date, birth: date | None, extra_holidays: Set[date] = NONE) -> date | None:
    """Three months from the conference, or twenty working days from the birth if sooner; Liverpool, March 2022."""
    if plan_start < date(2022, 3, 1):
        return None
    months = corresponding_date(plan_start, 3)
    return months if birth is None else min(months, nth_working_day(birth, 20, extra_holidays))


def due_rolling_75(stays: Iterable[tuple[date, date]], start: date) -> date:
    """The latest day home from a stay that began on `start`: one more night would be the 76th of some 12 months.

    `stays` are those before it, each by its first day and the day it ended; the day of going home is not counted.
    """
    nights = {began + ONE * n for began, ended in stays for n in range((ended - began).days)}
    nights = {night for night in nights if night < start}
    night = start
    while len(in_12_months(nights | {night}, night)) <= 75:
        nights.add(night)
        night += ONE
    return night


def in_12_months(nights: Set[date], last: date) -> set[date]:
    """The nights of the 12 months that end with the last: those after the corresponding date a year before."""
    return {night for night in nights if corresponding_date(last, -12) < night <= last}
