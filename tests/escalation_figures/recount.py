"""The figures counted anew, from what GET /v1/escalations says, with no help from the service's own counting."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

OFF = {date(2026, 8, 31), date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)}
UNDER_WAY = {"open", "answered", "accepted", "partly_accepted", "rejected"}
LIMITS = {"informal": 10, "practice_alert": 5, "service_manager": 5, "head": 5, "director": 5}
Alert = dict[str, Any]


def on(instant: str) -> date:
    """The date in London."""
    return datetime.fromisoformat(instant).astimezone(ZoneInfo("Europe/London")).date()


def worked(start: date, end: date) -> int:
    """The working days after one day, up to another."""
    days = (start + timedelta(days=number + 1) for number in range((end - start).days))
    return sum(day.weekday() < 5 and day not in OFF for day in days)


def totals(found: Iterable[Alert]) -> tuple[int, int]:
    """Alerts, and child-alerts."""
    found = list(found)
    return len(found), sum(len(each["children"]) for each in found)


def broken(found: Iterable[Alert], key: Callable[[Alert], Any]) -> dict[Any, tuple[int, int]]:
    """The same by a code."""
    found = list(found)
    keys = {key(each) or "not_given" for each in found}
    return {code: totals(each for each in found if (key(each) or "not_given") == code) for code in keys}


def raised_in(told: Iterable[Alert], first: date, last: date) -> list[Alert]:
    """Those that were raised between two days, praise apart."""
    return [e for e in told if e["kind"] != "good_practice" and first <= on(e["raised_at"]) <= last]


def overdue(alert: Alert, today: date) -> bool:
    """Whether its stage waits for an answer past its time."""
    stage = alert["stages"][-1]
    return stage["answered_at"] is None and worked(on(stage["opened_at"]), today) > LIMITS[stage["stage"]]


def past_whole(alert: Alert, today: date) -> bool:
    """Whether it is formal, unsettled, and past 20 working days."""
    return bool(alert["formal_at"]) and not alert["settled_at"] and worked(on(alert["formal_at"]), today) > 20


def became(stage: dict[str, Any], today: date) -> str:
    """What became of the asking at a stage."""
    asked_on, limit = on(stage["opened_at"]), LIMITS[stage["stage"]]
    if stage["answered_at"]:
        return "in_time" if worked(asked_on, on(stage["answered_at"])) <= limit else "late"
    until = on(stage["closed_at"]) if stage["closed_at"] else today
    if worked(asked_on, until) > limit:
        return "silent"
    return "ended" if stage["closed_at"] else "waiting"


def lengths(days: Iterable[int]) -> dict[str, Any]:
    """Their number, their middle, and what nine of ten kept to."""
    found = sorted(days)
    if not found:
        return {"count": 0, "median": None, "ninetieth": None}
    half = len(found) // 2
    middle = found[half] if len(found) % 2 else (found[half - 1] + found[half]) / 2
    kept = next(each for each in found if 10 * sum(one <= each for one in found) >= 9 * len(found))
    return {"count": len(found), "median": middle, "ninetieth": kept}


def months(found: Iterable[Alert]) -> dict[tuple[str, Any], Counter[str]]:
    """By theme and team, the months in which they were raised."""
    counted: dict[tuple[str, Any], Counter[str]] = {}
    for each in found:
        counted.setdefault((each["theme"], each["team"]), Counter())[f"{on(each['raised_at']):%Y-%m}"] += 1
    return counted
