"""What is told of child protection: the children, the strategy discussions, the conferences and the plans."""

from collections.abc import Iterator, Sequence
from typing import Any

from services.cli.sefton_year.conferences import Conference, Seat
from services.cli.sefton_year.deeds import FIRST, THEN, Call, Deed, Line
from services.cli.sefton_year.plans import tell_plans
from services.cli.sefton_year.rhythm import Rhythm
from services.cli.sefton_year.year import LAST_DAY


def tell_protection(rhythm: Rhythm, conferences: Sequence[Conference], scale: int = 1) -> Iterator[Deed]:
    """Everything about the children at initial conferences."""
    for each in conferences:
        yield from _conference(each)
        for seat in each.seats:
            yield from _child(each, seat)
            yield _discussion(each, seat)
    yield from tell_plans(rhythm, conferences, scale)


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
