"""What a conference must be like."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.reviews_api.conferences.models import ConferenceType
from services.reviews_api.conferences.schemas import ConferenceBody, DecidedBody
from services.reviews_api.timeline import day_not_in_the_future
from shared.http.door import Door
from shared.refusals import Contradiction

PAST = (
    "requested_on",
    "notified_on",
    "accepted_on",
    "invitations_sent_on",
    "report_shared_on",
    "final_core_group_on",
    "held_on",
    "decisions_sent_on",
    "minutes_sent_on",
)
OF_A_TRANSFER = ("notified_on", "accepted_on", "residence")
OF_A_MEETING = ("mode", "quorate", "attended", "late_reason", "decisions_sent_on", "minutes_sent_on")
WITH_A_PLAN = ("plan", "plan_continued")


def check(door: Door, body: ConferenceBody) -> None:
    """Raise Contradiction for a conference that cannot be."""
    for name in PAST:
        day_not_in_the_future(door, name, getattr(body, name))
    _check_first_day(body)
    if body.conference_type != ConferenceType.TRANSFER_IN:
        _check_absent(body, OF_A_TRANSFER, "Only a transfer in has notice from another authority.")
    if body.held_on is None:
        _check_absent(body, OF_A_MEETING, "Only a conference that was held has this.")
    for name in ("decisions_sent_on", "minutes_sent_on"):
        sent = getattr(body, name)
        if sent is not None and body.held_on is not None and sent < body.held_on:
            raise Contradiction("What it decided is not sent before it is held.", pointer=f"/{name}")
    check_outcomes(body.children, held=body.held_on is not None)


def check_outcomes(children: Sequence[DecidedBody], *, held: bool) -> None:
    """Raise Contradiction for an outcome before the meeting, or a category without a plan and the other way."""
    for n, each in enumerate(children):
        if each.outcome is not None and not held:
            raise Contradiction("Only a conference that was held decides.", pointer=f"/children/{n}/outcome")
        if (each.outcome in WITH_A_PLAN) != (each.category is not None):
            raise Contradiction(
                "A plan has its category of abuse, and nothing else has one.",
                code="category_required" if each.category is None else "contradiction",
                pointer=f"/children/{n}/category",
            )


def _check_first_day(body: ConferenceBody) -> None:
    known = (body.scheduled_on, body.held_on, body.requested_on, body.notified_on, body.accepted_on)
    if not any(known):
        raise Contradiction(
            "A conference needs a day: on which it was asked for, is planned for, or was held.",
            pointer="/scheduled_on",
        )


def _check_absent(body: ConferenceBody, names: Sequence[str], why: str) -> None:
    given: Mapping[str, Any] = {name: getattr(body, name) for name in names}
    for name, value in given.items():
        if value is not None:
            raise Contradiction(why, pointer=f"/{name}")
