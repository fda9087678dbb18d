"""What a midpoint check must be like."""

from datetime import date

from services.reviews_api.histories.queries import Home
from services.reviews_api.midpoint_checks.findings import Action, Finding
from services.reviews_api.midpoint_checks.schemas import Looked, MidpointCheckBody
from services.reviews_api.timeline import day_not_in_the_future
from shared.http.door import Door
from shared.refusals import Contradiction


def check_body(body: MidpointCheckBody) -> None:
    """Raise Contradiction for a check that is neither planned nor made, or half of which was made."""
    if body.planned_on is None and body.completed_on is None:
        raise Contradiction(
            "A check needs the date it is planned for, or was made on.", pointer="/planned_on"
        )
    if (body.completed_on is None) != (body.finding is None):
        raise Contradiction("A check that was made has a finding, and only that.", pointer="/finding")
    check_looked(body, body.finding)


def check_looked(body: Looked, finding: Finding | None) -> None:
    """Raise Contradiction for what was looked at, found and done, where these cannot go together."""
    if finding is None and (body.looked_at or body.drifted or body.done):
        raise Contradiction("Only a check that was made looked at anything.", pointer="/completed_on")
    if body.drifted and finding is not Finding.DRIFT:
        raise Contradiction("Where something drifts, the finding is drift.", pointer="/finding")
    if not set(body.drifted) <= set(body.looked_at):
        raise Contradiction("Only what was looked at can be found to drift.", pointer="/drifted")
    if Action.NONE in body.done and len(body.done) > 1:
        raise Contradiction("Nothing was done, or something was.", pointer="/done")


def check_day(door: Door, home: Home, completed_on: date) -> None:
    """Raise Contradiction for a check made in the future, or outside its care period."""
    day_not_in_the_future(door, "completed_on", completed_on)
    home.must_cover(completed_on, "completed_on")
