"""The clocks of an escalation by what they wait for, which is said by the fact that starts each. No I/O."""

from enum import StrEnum

from shared.timescales.catalogue import Catalogue
from shared.timescales.escalation_kinds import (
    ACCEPTED,
    ACTION_PROMISED,
    ANSWERED,
    ESCALATION,
    NEEDED,
    STAGE_OPENED,
    WENT_FORMAL,
)


class Clock(StrEnum):
    """What a clock waits for: a manager's answer at this stage; the officer's decision on it; the outcome of an answer
    that was accepted; the end of the whole formal process, its 20 working days; the day by which the child needs it;
    an action that was promised; or something else that the council's own timescales say."""

    ANSWER = "answer"
    DECISION = "decision"
    OUTCOME = "outcome"
    WHOLE = "whole"
    NEEDED = "needed"
    PROMISE = "promise"
    OTHER = "other"


STARTED_BY = {
    STAGE_OPENED: Clock.ANSWER,
    ANSWERED: Clock.DECISION,
    ACCEPTED: Clock.OUTCOME,
    WENT_FORMAL: Clock.WHOLE,
    NEEDED: Clock.NEEDED,
    ACTION_PROMISED: Clock.PROMISE,
}


def clocks(catalogue: Catalogue) -> dict[str, Clock]:
    """By the code of each timescale of escalations, what it waits for."""
    mine = [row for row in catalogue.timescales if row.belongs_to([ESCALATION])]
    return {row.code: STARTED_BY.get(row.starts[0].fact, Clock.OTHER) for row in mine}


def codes_of(catalogue: Catalogue, clock: Clock) -> list[str]:
    """The codes of the timescales that wait for this."""
    return [code for code, waits_for in clocks(catalogue).items() if waits_for is clock]
