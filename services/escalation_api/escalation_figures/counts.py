"""Counting alerts, and the children they are about: never the one for the other."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from pydantic import Field

from shared.http.fields import View
from shared.http.percentages import percent

NOT_GIVEN = "not_given"

# Of the alert `e`. What belongs to one is looked up by its key, row by row: written as joins, the planner would read
# years of it as a whole.
CHILDREN = """CROSS JOIN LATERAL (
    SELECT count(*) AS children FROM escalation_child c
    WHERE c.authority_id = :authority AND c.escalation_id = e.id) about"""
ITS_OWN = """CROSS JOIN LATERAL (
    SELECT a.id, a.team, a.kind, CAST(a.raised_at AT TIME ZONE 'Europe/London' AS date) AS raised_on
    FROM escalation a WHERE a.authority_id = :authority AND a.id = {of}.escalation_id LIMIT 1) e"""
COUNTED = "count(*) AS alerts, CAST(sum(about.children) AS bigint) AS child_alerts"


def seen(alert: str = "e.id") -> str:
    """Whether the caller may see all the children of an alert; whoever may not sees no alert. There is nothing to look
    up for most."""
    return f"""{alert} <> ALL (ARRAY(
        SELECT h.escalation_id FROM unnest(CAST(:hidden AS uuid[])) AS hidden (child_id) CROSS JOIN LATERAL (
            SELECT c.escalation_id FROM escalation_child c
            WHERE c.authority_id = :authority AND c.child_id = hidden.child_id OFFSET 0) h))"""  # noqa: S608


SEEN = seen()


class Alerts(View):
    """How many alerts, and how many child-alerts: each alert counted once for each child it is about."""

    alerts: int = Field(description="Each counted once, however many children it is about.")
    child_alerts: int = Field(
        description="Each counted once for each child it is about: three for one about three siblings, none for one "
        "about a team alone."
    )


class Share(Alerts):
    """A part of a whole."""

    percent: int | None = Field(
        description="Of the alerts of the whole, to a whole percent, a half rounded up; null of none."
    )


def alerts(rows: Iterable[Any]) -> Alerts:
    """All that these rows count."""
    found = [(row.alerts, row.child_alerts) for row in rows]
    return Alerts(alerts=sum(each for each, _ in found), child_alerts=sum(each for _, each in found))


def shares(rows: Sequence[Any], key: Callable[[Any], str | None]) -> dict[str, Share]:
    """What the rows count, by a code of theirs, in the order of the codes; not_given where it is not known."""
    whole = alerts(rows).alerts
    return {code: _share(found, whole) for code, found in by(rows, key).items()}


def by(rows: Iterable[Any], key: Callable[[Any], str | None]) -> dict[str, list[Any]]:
    """The rows by a code of theirs, in the order of the codes; not_given where it is not known."""
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(key(row) or NOT_GIVEN, []).append(row)
    return dict(sorted(found.items()))


def _share(rows: Sequence[Any], whole: int) -> Share:
    part = alerts(rows)
    return Share(alerts=part.alerts, child_alerts=part.child_alerts, percent=percent(part.alerts, whole))
