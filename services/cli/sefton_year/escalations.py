"""The informal resolutions and practice alerts of the year, as many of each as the report says.

It says that IROs issued 106 practice alerts, and then that formal alerts "for Child protection cases have been low at
only 25" and that these are the chairs'. Whether the 25 are among the 106 it does not say. Here IROs raise 106 about
children in care, and chairs 25 more about children on plans: each can be counted by the part in which it was raised.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

from services.cli.sefton_year.children import LookedAfter
from services.cli.sefton_year.concerns import Concern, about_care, about_protection
from services.cli.sefton_year.conferences import Conference
from services.cli.sefton_year.courses import AFTERNOON, FORMAL, GOING_UP, INFORMAL, MORNING, tell_course
from services.cli.sefton_year.deeds import Step
from services.cli.sefton_year.rhythm import Rhythm
from services.cli.sefton_year.wording import ASKED_FOR, PRAISE, STRAIGHT_AWAY

INFORMAL_RESOLUTIONS, PRACTICE_ALERTS, BY_CHAIRS = 596, 106, 25
CORPORATE_PARENTING = "corporate-parenting"
OF_CORPORATE_PARENTING = 44  # in a hundred of the informal ones
FORMAL_OF_CORPORATE_PARENTING = 29
# The report gives none of these: alerts that began informally, which are counted as both, and praise.
WENT_UP, WENT_UP_OF_CORPORATE_PARENTING = 40, 12
GOOD_PRACTICE = 14
ROOM_TO_GO_UP = 16  # working days
SEVERITIES = ("medium", "high")


def tell_escalations(
    rhythm: Rhythm, children: Sequence[LookedAfter], conferences: Sequence[Conference], scale: int = 1
) -> Iterator[Step]:
    """Every escalation, each step on a working day of the year on which it is about somebody; `scale` divides."""
    names = (f"E-{number:04}" for number in count(1))
    ours = [child for child in children if child.team == CORPORATE_PARENTING]
    others = [child for child in children if child.team != CORPORATE_PARENTING]
    for group, sizes in zip((ours, others), _sizes(scale), strict=True):
        informal, up, formal = sizes
        for nth in range(informal):
            yield from _informal(rhythm, group, next(names), goes_up=nth < up)
        for _ in range(formal):
            yield from _formal(rhythm, about_care(rhythm, group), next(names))
    for _ in range(BY_CHAIRS // scale):
        yield from _formal(rhythm, about_protection(rhythm, conferences), next(names))
    for _ in range(GOOD_PRACTICE // scale):
        yield _praise(rhythm, about_care(rhythm, children), next(names))


def _sizes(scale: int) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """Of Corporate Parenting, and of the others: how many informal ones, how many of those go up, and how many begin
    as practice alerts."""
    informal, formal, up = (each // scale for each in (INFORMAL_RESOLUTIONS, PRACTICE_ALERTS, WENT_UP))
    ours = round(informal * OF_CORPORATE_PARENTING / 100)
    formal_ours, up_ours = (
        each // scale for each in (FORMAL_OF_CORPORATE_PARENTING, WENT_UP_OF_CORPORATE_PARENTING)
    )
    up_others = up - up_ours
    return (
        (ours, up_ours, formal_ours - up_ours),
        (informal - ours, up_others, formal - formal_ours - up_others),
    )


def _informal(rhythm: Rhythm, group: Sequence[LookedAfter], alert: str, *, goes_up: bool) -> Iterator[Step]:
    concern = about_care(rhythm, group, ROOM_TO_GO_UP if goes_up else 0)
    yield raised(rhythm, concern, alert)
    yield from tell_course(rhythm, concern, alert, *((GOING_UP, FORMAL) if goes_up else (INFORMAL,)))


def _formal(rhythm: Rhythm, concern: Concern, alert: str) -> Iterator[Step]:
    yield raised(
        rhythm,
        concern,
        alert,
        kind="practice_alert",
        because=rhythm.random.choice(STRAIGHT_AWAY),
        severity=rhythm.random.choice(SEVERITIES),
        asked_for=rhythm.random.choice(ASKED_FOR),
    )
    yield from tell_course(rhythm, concern, alert, FORMAL)


def _praise(rhythm: Rhythm, about: Concern, alert: str) -> Step:
    done = replace(about, worry=rhythm.random.choice(PRAISE), source=None)
    return raised(rhythm, done, alert, kind="good_practice")


def raised(rhythm: Rhythm, about: Concern, alert: str, **more: str) -> Step:
    """The concern is raised, with more in its body than it says itself."""
    body = about.whom | {"theme": about.theme, "concern": about.worry} | more
    hour = rhythm.random.choice(MORNING + AFTERNOON)
    return Step(about.raised_on, hour, alert, "raise", body, about.role, about.officer)
