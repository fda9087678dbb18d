"""What is told of child protection: the children, the strategy discussions, the conferences and the plans."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from services.cli.sefton_year.conferences import Conference, Seat, seats_of
from services.cli.sefton_year.deeds import Call, Deed, Line
from services.cli.sefton_year.officers import CHAIRS
from services.cli.sefton_year.rhythm import Rhythm
from services.cli.sefton_year.year import LAST_DAY
from shared.auth.principal import Role
from shared.timescales.london import day_starts_at
from shared.timescales.periods import corresponding_date

CASES = 80  # of a full-time chair, at the end of the year
FIRST, THEN = 1, 2  # turns of one day


def tell_protection(rhythm: Rhythm, conferences: Sequence[Conference], scale: int = 1) -> Iterator[Deed]:
    """Everything about the children at initial conferences."""
    for each in conferences:
        yield from _conference(each)
        for seat in each.seats:
            yield from _child(each, seat)
            yield _discussion(each, seat)
    yield from _plans(rhythm, conferences, scale)


def _child(conference: Conference, seat: Seat) -> Iterator[Line]:
    fields = {
        "display_name": seat.name,
        "family": f"FAM-{conference.number:03}",
        "team": "protection",
        "source_version": 1,
    }
    day = "expected_on" if seat.unborn else "date_of_birth"
    yield Line(conference.discussed_on, "child", seat.child, fields | {day: f"{seat.born_on}"})
    if seat.unborn and seat.born_on <= LAST_DAY:
        born = fields | {"date_of_birth": f"{seat.born_on}", "source_version": 2}
        yield Line(seat.born_on, "child", seat.child, born)


def _discussion(conference: Conference, seat: Seat) -> Call:
    body = {"child": seat.child, "held_on": f"{conference.discussed_on}", "section47": "initiated"}
    return Call(conference.discussed_on, FIRST, f"/v1/strategy_discussions/SD-{seat.number:04}", body)


def _conference(each: Conference) -> Iterator[Call]:
    """Asked for and planned on the day of the discussion, and told of again once it was held."""
    path, children = f"/v1/conferences/{each.reference}", [{"child": seat.child} for seat in each.seats]
    asked = {
        "conference_type": "initial",
        "chair": each.chair,
        "requested_on": f"{each.discussed_on}",
        "scheduled_on": f"{each.held_on}",
    }
    yield Call(each.discussed_on, THEN, path, asked | {"children": children, "source_version": 1})
    held: dict[str, Any] = {
        "held_on": f"{each.held_on}",
        "mode": "virtual",
        "quorate": True,
        "children": [_decided(seat) for seat in each.seats],
        "source_version": 2,
    }
    if each.late_reason:
        held["late_reason"] = each.late_reason
    yield Call(each.held_on, FIRST, path, asked | held)


def _decided(seat: Seat) -> dict[str, str]:
    if seat.category is None:
        return {"child": seat.child, "outcome": "no_plan"}
    return {"child": seat.child, "outcome": "plan", "category": seat.category}


def _plans(rhythm: Rhythm, conferences: Sequence[Conference], scale: int) -> Iterator[Deed]:
    """The plans, and whose case they are; so many end that each chair is left with the cases that the report says."""
    for chair in CHAIRS:
        of = [(each, seat) for each, seat in seats_of(conferences) if seat.category and each.chair == chair]
        of.sort(key=lambda both: both[0].held_on)
        ended = len(of) - CASES // scale
        for nth, (each, seat) in enumerate(of):
            yield from _plan(each, seat, _end(rhythm, each) if nth < ended else None)


def _end(rhythm: Rhythm, each: Conference) -> date:
    return rhythm.working_day(min(corresponding_date(each.held_on, 3), LAST_DAY - timedelta(5)), LAST_DAY)


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
