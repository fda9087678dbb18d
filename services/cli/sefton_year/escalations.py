"""The informal resolutions that officers raised about looked-after children. Practice alerts have no route yet."""

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random

from services.cli.sefton_year.children import LookedAfter
from services.cli.sefton_year.deeds import AFTERWARDS, Call
from services.cli.sefton_year.rhythm import DAY, Rhythm
from services.cli.sefton_year.year import FIRST_DAY, LAST_DAY
from shared.auth.principal import Role

RAISED = 596
CORPORATE_PARENTING = "corporate-parenting"
OF_CORPORATE_PARENTING = 44  # in a hundred
THEMES = {  # the report names them, and counts none
    "no_report_for_review": "No report was there for the review.",
    "recommendations_not_progressed": "What the last review recommended has not been carried out.",
    "final_evidence_not_given": "The final evidence has not reached the reviewing officer.",
    "unregistered_placement": "The placement is not registered.",
    "late_pathway_plan": "The pathway plan is late.",
    "no_evidence_of_visits": "No visit is on record since the last review.",
    "care_planning_meeting_not_held": "No care planning meeting was held.",
    "change_without_oversight": "The placement changed without the reviewing officer being told.",
    "late_health_assessment": "The health assessment is late.",
    "poor_or_late_assessment": "The assessment is late.",
}


def tell_escalations(rhythm: Rhythm, children: Sequence[LookedAfter], scale: int = 1) -> Iterator[Call]:
    """Each about one child, on a working day of the year on which the child was in care."""
    whole = RAISED // scale
    ours = round(whole * OF_CORPORATE_PARENTING / 100)
    groups: tuple[list[LookedAfter], list[LookedAfter]] = ([], [])
    for child in children:
        groups[child.team == CORPORATE_PARENTING].append(child)
    for group, size in zip(groups, (whole - ours, ours), strict=True):
        for _ in range(size):
            yield _raise(rhythm, _long_enough(rhythm.random, group))


def _long_enough(random: Random, group: Sequence[LookedAfter]) -> LookedAfter:
    while True:
        child = random.choice(group)
        first, last = _span(child)
        if (last - first).days >= 7:
            return child


def _span(child: LookedAfter) -> tuple[date, date]:
    """The London dates of the year on which the child was in care, and told of."""
    last = LAST_DAY if child.stay.ended_on is None else child.stay.ended_on - DAY
    return max(FIRST_DAY, child.stay.started_on), last


def _raise(rhythm: Rhythm, child: LookedAfter) -> Call:
    theme = rhythm.random.choice([*THEMES])
    body = {"child": child.child, "theme": theme, "concern": THEMES[theme]}
    on = rhythm.on_or_before(rhythm.between(*_span(child)))
    on = max(on, _span(child)[0])
    return Call(
        on,
        AFTERWARDS,
        "/v1/escalations",
        body,
        method="POST",
        role=Role.IRO,
        service="escalation",
        subject=child.officer,
    )
