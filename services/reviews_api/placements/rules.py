"""What a placement may be: its dates within its care period, and a code that was in use on its day."""

from services.reviews_api.care_periods.models import CarePeriod
from services.reviews_api.care_periods.queries import must_cover
from services.reviews_api.placements.models import PROMISES, yes_or_no
from services.reviews_api.placements.schemas import Designation, PlacementBody
from services.reviews_api.timeline import day_not_in_the_future
from shared.codes.lists import code_list
from shared.http.door import Door
from shared.refusals import Contradiction


def check_dates(door: Door, period: CarePeriod, body: PlacementBody) -> None:
    """Raise Contradiction for days still to come, outside the care period, or out of order."""
    for field in ("started_on", "ended_on", "notified_on", "plan_completed_on"):
        day_not_in_the_future(door, field, getattr(body, field))
    must_cover(period, body.started_on, "started_on")
    if body.ended_on is not None:
        if body.ended_on < body.started_on:
            raise Contradiction(
                "It cannot end before it begins.", code="ends_before_it_begins", pointer="/ended_on"
            )
        must_cover(period, body.ended_on, "ended_on")
    if body.designation is not None:
        _check_designation(door, body, body.designation)


def _check_designation(door: Door, body: PlacementBody, designation: Designation) -> None:
    day_not_in_the_future(door, "designation/on", designation.on)
    ended = body.ended_on is not None and designation.on > body.ended_on
    if designation.on < body.started_on or ended:
        raise Contradiction("A placement is designated while it lasts.", pointer="/designation/on")
    if not designated_codes(designation):
        raise Contradiction("Say what the placement was designated as.", pointer="/designation")


def check_code(body: PlacementBody) -> None:
    """Raise Contradiction for an SSDA903 code that was not in use on the day the placement started."""
    codes = code_list("placement")
    found = codes.find(body.placement_code) if body.placement_code else None
    if found is not None and not found.is_valid_on(body.started_on):
        valid = ", ".join(codes.valid_on(body.started_on))
        raise Contradiction(
            f"This code was not in use on the day the placement started; then there were: {valid}.",
            code="code_not_in_use",
            pointer="/placement_code",
        )


def designated_codes(designation: Designation | None) -> dict[str, str]:
    """What holds from the designation on, as the engine's codes."""
    if designation is None:
        return {}
    said = {name: yes_or_no(getattr(designation, name, None)) for name in PROMISES}
    return {name: value for name, value in said.items() if value is not None}
