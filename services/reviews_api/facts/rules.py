"""What a reported fact must be like, by its kind."""

from datetime import date

from services.reviews_api.care_periods.queries import must_cover
from services.reviews_api.facts.schemas import FactBody
from services.reviews_api.histories.queries import Home
from services.reviews_api.timeline import RECORDED, day_not_in_the_future, not_in_the_future
from shared.http.door import Door
from shared.refusals import Contradiction
from shared.timescales.codes import CODES
from shared.timescales.kind import ENDS, Precision
from shared.timescales.kinds import KINDS
from shared.timescales.london import london_date


def check_kind(body: FactBody, home: Home) -> None:
    """Raise Contradiction for a kind that is not reported here, or not of this history."""
    kind = KINDS[body.kind]
    if body.kind in RECORDED:
        raise Contradiction(
            f"This has a record of its own: put it to {RECORDED[body.kind]}.",
            code="has_its_own_record",
            pointer="/kind",
        )
    if kind.derived:
        raise Contradiction("Duecare works this out itself, and is not told of it.", pointer="/kind")
    if home.kind not in kind.histories:
        fitting = ", ".join(kind.histories)
        raise Contradiction(
            f"A history of this kind holds no such fact; it belongs to: {fitting}.", pointer="/kind"
        )


def check_codes(body: FactBody) -> None:
    """Raise Contradiction for a code that the kind does not carry, or that says what it cannot."""
    known = KINDS[body.kind].codes
    for code, value in body.codes.items():
        if code not in known:
            carried = f"it may carry: {', '.join(known)}" if known else "it carries none"
            raise Contradiction(f"This kind of fact carries no such code; {carried}.", pointer="/codes")
        if value not in CODES[code]:
            raise Contradiction(
                f"This code must be one of: {', '.join(CODES[code])}.", pointer=f"/codes/{code}"
            )


def day_of(body: FactBody) -> date:
    """The London date on which it happened. Raises Contradiction where it is not dated as its kind is."""
    precision, on, at = KINDS[body.kind].precision, body.happened_on, body.happened_at
    pointer = "/happened_on" if at is None else "/happened_at"
    if precision is Precision.DAY and (on is None or at is not None):
        raise _misdated("This kind of fact is known to the day: give happened_on alone.", pointer)
    if precision is Precision.INSTANT and (at is None or on is not None):
        raise _misdated("This kind of fact is known to the instant: give happened_at alone.", "/happened_at")
    if at is None and on is not None:
        return on
    if at is None or on is not None:
        raise _misdated("Give happened_on, or happened_at alone where the instant is known.", pointer)
    return london_date(at)


def _misdated(detail: str, pointer: str) -> Contradiction:
    return Contradiction(detail, code="misdated", pointer=pointer)


def check_day(door: Door, home: Home, body: FactBody, day: date) -> None:
    """Raise Contradiction for what lies in the future, or outside its care period, and may not."""
    kind = KINDS[body.kind]
    if kind.planned:
        return
    field = "happened_on" if body.happened_at is None else "happened_at"
    not_in_the_future(door, field, body.happened_at)
    day_not_in_the_future(door, field, day)
    if home.period is None or kind.early:
        return
    must_cover(home.period, day, field)


def check_about(body: FactBody) -> str | None:
    """The kind of fact that this one must be about, or None. Raises Contradiction where the body says too little or
    too much of it."""
    about = KINDS[body.kind].about
    if about is None and body.about is not None:
        raise Contradiction("A fact of this kind is about nothing but itself.", pointer="/about")
    if about is not None and body.about is None:
        wanted = f"the fact {about}"
        raise Contradiction(f"Say in `about` the reference of {wanted} that this is about.", pointer="/about")
    return about


def ends_what_began(kind: str) -> bool:
    """Whether a fact of this kind ends the stretch that the fact it is about began."""
    known = KINDS[kind]
    return known.about in KINDS and known.rank == ENDS
