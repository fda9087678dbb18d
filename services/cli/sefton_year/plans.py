"""The protection plans of the year, the conferences that reviewed them, and whose cases they are."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from services.cli.sefton_year.conferences import Conference, Seat
from services.cli.sefton_year.deeds import FIRST, THEN, Call, Deed, Line
from services.cli.sefton_year.officers import CHAIRS
from services.cli.sefton_year.rhythm import LATER, SECOND, Rhythm
from services.cli.sefton_year.year import LAST_DAY
from shared.auth.principal import Role
from shared.timescales.london import day_starts_at

CASES = 80  # of a full-time chair, at the end of the year


def tell_plans(rhythm: Rhythm, conferences: Sequence[Conference], scale: int = 1) -> Iterator[Deed]:
    """The plans of all children who got one. Those of the earliest end at their first review, so many that each chair
    is left with the cases that the report says; the others go on."""
    for chair in CHAIRS:
        of = sorted((each for each in conferences if each.chair == chair), key=lambda each: each.held_on)
        to_end = sum(bool(seat.category) for each in of for seat in each.seats) - CASES // scale
        for each in of:
            planned = [seat for seat in each.seats if seat.category]
            ending = planned[: max(to_end, 0)]
            to_end -= len(ending)
            yield from _family(rhythm, each, planned, ending)


def _family(
    rhythm: Rhythm, each: Conference, planned: Sequence[Seat], ending: Sequence[Seat]
) -> Iterator[Deed]:
    """One family's plans, and their review conferences: after 3 months, and then every 6."""
    first = rhythm.next_review(each.held_on, SECOND)
    for seat in planned:
        yield from _plan(each, seat, first if seat in ending else None)
    staying, on, nth = [seat for seat in planned if seat not in ending], first, 1
    going: Sequence[Seat] = planned
    while going and on <= LAST_DAY:
        yield _review(each, nth, on, going, staying)
        going, nth, on = staying, nth + 1, rhythm.next_review(on, LATER)


def _review(each: Conference, nth: int, on: date, children: Sequence[Seat], staying: Sequence[Seat]) -> Call:
    body: dict[str, Any] = {
        "conference_type": "review",
        "chair": each.chair,
        "held_on": f"{on}",
        "mode": "virtual",
        "quorate": True,
        "children": [
            {"child": seat.child, "outcome": "plan_continued", "category": seat.category}
            if seat in staying
            else {"child": seat.child, "outcome": "plan_ended"}
            for seat in children
        ],
    }
    return Call(on, FIRST, f"/v1/conferences/RCPC-{each.number:03}-{nth}", body)


def _plan(each: Conference, seat: Seat, ended_on: date | None) -> Iterator[Deed]:
    plan = {
        "child": seat.child,
        "conference": each.reference,
        "started_on": f"{each.held_on}",
        "initial_category": seat.category,
        "previous_plans_elsewhere": int(seat.again),
    }
    at = day_starts_at(each.held_on) + timedelta(hours=16)
    case = {"child": seat.child, "role": "cp_chair", "officer": each.chair, "allocated_at": at.isoformat()}
    name = f"PA-{seat.number:04}"
    yield Call(each.held_on, THEN, f"/v1/protection_plans/CPP-{seat.number:04}", plan)
    yield Line(each.held_on, "allocation", name, case | {"source_version": 1})
    if ended_on is not None:
        end = {"ended_on": f"{ended_on}", "end_reason": "no_longer_needed"}
        path = f"/v1/protection_plans/CPP-{seat.number:04}/end"
        yield Call(ended_on, THEN, path, end, method="POST", role=Role.CP_CHAIR)
        over = (day_starts_at(ended_on) + timedelta(hours=16)).isoformat()
        fields = case | {"ended_at": over, "end_reason": "plan_ended", "source_version": 2}
        yield Line(ended_on, "allocation", name, fields)
