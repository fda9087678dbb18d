"""What may be granted: only what the timescale allows, in time, and never a sooner date."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NoReturn

from services.reviews_api.exemptions.models import Exemption, ExemptionKind
from services.reviews_api.exemptions.schemas import ExemptionBody
from services.reviews_api.exemptions.working import Working, counts
from shared.auth.principal import Principal, Role
from shared.refusals import Contradiction, TransitionRefused
from shared.timescales.engine import Deadline, Outcome
from shared.timescales.timescale import Timescale

LONGEST_PAUSE = timedelta(days=366)
NEEDS = {
    ExemptionKind.PAUSE: ("from_on", "until_on"),
    ExemptionKind.EXTENSION: ("until_on",),
    ExemptionKind.WAIVER: (),
}


def check_shape(body: ExemptionBody) -> None:
    """Raise Contradiction where the days given are not those that the kind has, or no pause can have them."""
    for name in ("from_on", "until_on"):
        wanted, given = name in NEEDS[body.kind], getattr(body, name) is not None
        if wanted is not given:
            needs = "needs" if wanted else "has no"
            raise Contradiction(f"An exemption of this kind {needs} {name}.", pointer=f"/{name}")
    if body.from_on is None or body.until_on is None:
        return
    if body.until_on < body.from_on:
        raise Contradiction("A pause cannot end before it begins.", pointer="/until_on")
    if body.until_on - body.from_on >= LONGEST_PAUSE:
        raise Contradiction("Grant a pause for a year at most, and then another.", pointer="/until_on")


def check_approver(who: Principal, approved_by: str) -> None:
    """Raise Contradiction where somebody approves in another's name; the case system tells of others' approvals."""
    if Role.CASE_SYSTEM not in who.roles and approved_by != who.subject:
        raise Contradiction(
            "Nobody approves in another's name: this must be the subject of your own token.",
            code="not_your_own_approval",
            pointer="/approved_by",
        )


def check_allowed(row: Timescale | None, kind: str) -> Timescale:
    """The timescale. Raises TransitionRefused where it is in force no longer or does not allow this."""
    if row is None:
        raise TransitionRefused("This deadline's timescale is kept no longer: nothing can be granted.")
    relief = row.relief
    allowed = {
        ExemptionKind.PAUSE: relief.pause,
        ExemptionKind.EXTENSION: relief.extension is not None,
        ExemptionKind.WAIVER: relief.waiver,
    }
    if not allowed[ExemptionKind(kind)]:
        others = ", ".join(name for name, may in allowed.items() if may)
        raise TransitionRefused(
            f"This timescale does not allow it; it allows: {others or 'no exemption at all'}.",
            code="not_allowed_by_timescale",
        )
    return row


def check_apart(exemption: Exemption, others: Iterable[Exemption]) -> None:
    """Raise Contradiction for a pause of days on which the clock stands still already: they would count twice."""
    if exemption.kind != ExemptionKind.PAUSE:
        return
    first, last = _needed(exemption.from_on), _needed(exemption.until_on)
    if any(first <= _needed(other.until_on) and _needed(other.from_on) <= last for other in others):
        raise Contradiction(
            "On some of these days the clock stands still already.", code="pauses_overlap", pointer="/from_on"
        )


def check_open(outcome: str) -> None:
    """Raise TransitionRefused for a deadline that is stored as closed, unless by a waiver."""
    if outcome not in (Outcome.OPEN, Outcome.WAIVED):
        raise _closed()


def _closed() -> TransitionRefused:
    return TransitionRefused(
        "This deadline is closed: nothing can be granted for it any more.", code="deadline_closed"
    )


def check_grant(exemption: Exemption, row: Timescale, working: Working, now: datetime) -> None:
    """Raise TransitionRefused for a deadline that is closed or overdue but for this exemption, Contradiction for
    days that would not help or are more than the timescale allows."""
    bare, without = working.with_nothing_granted(), working.without(exemption)
    if bare is None or without is None or without.outcome != Outcome.OPEN:
        raise _closed()
    if without.due_at <= now:
        raise TransitionRefused(
            "The date has passed, or would have passed without this exemption: nothing granted now can rescue it.",
            code="already_overdue",
        )
    match exemption.kind:
        case ExemptionKind.EXTENSION:
            _check_extension(exemption, row, bare, without)
        case ExemptionKind.PAUSE:
            _check_pause(exemption, without)
    if not counts(exemption, working.with_(exemption)):
        _refuse("This would change nothing: the due date stays as it is.")


def _check_extension(exemption: Exemption, row: Timescale, bare: Deadline, without: Deadline) -> None:
    until = _needed(exemption.until_on)
    if until <= without.due_on:
        _refuse(f"A later date must lie after the present due date, {without.due_on}.")
    assert row.relief.extension is not None
    latest = row.relief.extension.due(bare.due_on, bare.opened.calendar).on
    if until > latest:
        _refuse(
            f"The latest day that this timescale allows here is {latest}.", code="beyond_longest_extension"
        )


def _check_pause(exemption: Exemption, without: Deadline) -> None:
    first, last = _needed(exemption.from_on), _needed(exemption.until_on)
    if first > without.due_on or last <= without.starts_on:
        _refuse(
            f"The clock runs after {without.starts_on} and through {without.due_on}: a pause must touch those days."
        )


def _needed(day: date | None) -> date:
    assert day is not None
    return day


def _refuse(detail: str, code: str = "no_relief") -> NoReturn:
    raise Contradiction(detail, code=code, pointer="/until_on")
