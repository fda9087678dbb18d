"""Which ladder an escalation climbs, and which of its stages comes next. No I/O."""

from datetime import datetime

from services.escalation_api.escalations.concern import Kind, RaisedAs
from services.escalation_api.escalations.models import Escalation
from services.escalation_api.escalations.transitions import UNDER_WAY, Verb
from shared.http.door import Door
from shared.refusals import Contradiction, TransitionRefused
from shared.timescales.catalogue import Catalogue
from shared.timescales.ladder import Ladder, Stage
from shared.timescales.london import london_date


def ladder_for(door: Door, raised_as: RaisedAs, at: datetime) -> Ladder:
    """The ladder in force. Raises TransitionRefused where the council has none, or none for conference chairs."""
    ladder = door.law.catalogue.ladder_on(london_date(at))
    if ladder is None:
        raise TransitionRefused("This council has no ladder in force today.", code="no_ladder")
    if raised_as is RaisedAs.CP_CHAIR and not ladder.chairs:
        raise TransitionRefused("Conference chairs do not use this council's ladder.", code="not_for_chairs")
    return ladder


def ladder_of(door: Door, escalation: Escalation) -> Ladder:
    """The ladder that it began under. Raises TransitionRefused where it is on none yet, or the council's file has lost
    it, or the stage at which it stands."""
    if escalation.ladder is None:
        raise TransitionRefused("This escalation stands at no stage yet: try again shortly.", code="no_stage")
    ladder = door.law.catalogue.ladder(escalation.ladder)
    if ladder is None:
        raise TransitionRefused(
            "The ladder that this escalation began under is no longer in the council's file: put it back.",
            code="ladder_lost",
        )
    if ladder.find(escalation.stage or "") is None:
        raise TransitionRefused(
            "The stage at which this escalation stands is no longer in the council's file: put it back.",
            code="stage_lost",
        )
    return ladder


def where_it_stood(door: Door, escalation: Escalation, at: datetime) -> tuple[Ladder, Stage]:
    """The stage at which it stood last, on the ladder that it began under; the foot of the one in force for what ended
    before there was a ladder. Raises TransitionRefused."""
    if escalation.ladder is None:
        ladder = ladder_for(door, RaisedAs.IRO, at)
        return ladder, ladder.first
    ladder = ladder_of(door, escalation)
    return ladder, stage_named(ladder, escalation.stage or "")


def first_stage(ladder: Ladder, kind: Kind | None, named: str | None, because: str | None) -> Stage:
    """Where a new escalation begins: at the foot of the ladder, or at the formal stage that is asked for.

    Raises Contradiction for a stage that does not exist, and where stages are passed over without a reason.
    """
    stage = foot(ladder, kind) if named is None else stage_named(ladder, named)
    if kind is not None and stage.formal is not (kind is Kind.PRACTICE_ALERT):
        which = "formal" if stage.formal else "informal"
        raise Contradiction(f"That stage is {which}, and the kind says otherwise.", pointer="/stage")
    if stage != ladder.first and because is None:
        raise Contradiction(
            "Say why the stages below this one are passed over.", code="reason_needed", pointer="/because"
        )
    return stage


def foot(ladder: Ladder, kind: str | None) -> Stage:
    """The lowest stage; of a practice alert, the lowest of the formal ones."""
    return ladder.first_formal if kind == Kind.PRACTICE_ALERT else ladder.first


def stage_above(ladder: Ladder, escalation: Escalation, named: str | None, because: str | None) -> Stage:
    """The next stage up, or the one that is asked for. Raises TransitionRefused at the top, and Contradiction for a
    stage that does not exist, lies below, or is reached past others without a reason."""
    following = ladder.after(escalation.stage or "")
    if following is None:
        raise TransitionRefused(at_the_top(ladder, escalation), code="top_of_the_ladder")
    stage = following if named is None else stage_named(ladder, named)
    if not ladder.is_above(stage.code, escalation.stage or ""):
        raise Contradiction("An escalation only goes up: name a stage above this one.", pointer="/stage")
    if stage != following and because is None:
        raise Contradiction(
            "Say why the stages between are passed over.", code="reason_needed", pointer="/because"
        )
    return stage


def at_the_top(ladder: Ladder, escalation: Escalation) -> str:
    """Why it goes no further, and what is possible instead."""
    return (
        "This escalation is at the top of its ladder. A child who is looked after can be referred to Cafcass; for any "
        f"other it ends here: {ladder.ends}. It can also be answered, resolved or withdrawn."
    )


def stage_named(ladder: Ladder, code: str) -> Stage:
    """The stage with this code. Raises Contradiction, naming those that there are."""
    stage = ladder.find(code)
    if stage is None:
        known = ", ".join(each.code for each in ladder.stages)
        raise Contradiction(
            f"There is no such stage on this ladder; there are {known}.",
            code="unknown_stage",
            pointer="/stage",
        )
    return stage


def stage_of(catalogue: Catalogue, ladder: str | None, stage: str | None) -> Stage | None:
    """The stage with these codes, or None where there is none, or none any more."""
    known = catalogue.ladder(ladder or "")
    return known.find(stage or "") if known else None


def stage_now(door: Door, escalation: Escalation) -> Stage | None:
    """The stage at which it stands, while it is under way."""
    if escalation.state not in UNDER_WAY:
        return None
    return stage_of(door.law.catalogue, escalation.ladder, escalation.stage)


def possible_now(door: Door, escalation: Escalation) -> list[Verb]:
    """What a person can do with it now: at the top of its ladder, or where that has lost its stage, it cannot be
    advanced."""
    ladder, stage = door.law.catalogue.ladder(escalation.ladder or ""), escalation.stage or ""
    at_top = ladder is None or ladder.find(stage) is None or ladder.after(stage) is None
    return [verb for verb in escalation.possible if not (verb is Verb.ADVANCE and at_top)]
