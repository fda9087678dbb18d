"""The kinds of fact that an escalation tells: from the opening of a stage to the end of what was promised.

A stage, an action and the escalation itself are three records. Nobody else tells of them: they come from
escalation_api alone, and whoever asks them of a council's systems asks in vain.
"""

from collections.abc import Mapping
from types import MappingProxyType

from shared.timescales.kind import BEGINS, Kind, Precision

ESCALATION = "escalation"
STAGE, ACTION = "stage", "action"  # the records that a fact of an escalation may be of, besides its own
LAST = 3  # the rank of what comes after all else of its day

STAGE_OPENED, STAGE_CLOSED = "escalation.stage_opened", "escalation.stage_closed"
ANSWERED, DECIDED, ACCEPTED = "escalation.answered", "escalation.decided", "escalation.accepted"
WENT_FORMAL, SETTLED, CLOSED = "escalation.went_formal", "escalation.settled", "escalation.closed"
NEEDED, ACTION_PROMISED = "escalation.needed", "escalation.action_promised"
ACTION_DONE, ACTION_DROPPED = "escalation.action_done", "escalation.action_dropped"


def _kind(
    occasion: str, about: str, *codes: str, on_a_day: bool = False, planned: bool = False, rank: int = 2
) -> Kind:
    precision = Precision.DAY if on_a_day else Precision.INSTANT
    return Kind(occasion, (ESCALATION,), precision, codes, about=about, planned=planned, rank=rank)


ESCALATION_KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        STAGE_OPENED: _kind("when the stage was opened", STAGE, "ladder_stage", rank=BEGINS),
        ANSWERED: _kind("when the stage was answered", STAGE, "ladder"),
        DECIDED: _kind("when the officer decided on the answer", STAGE),
        ACCEPTED: _kind("when the answer was accepted", STAGE, "ladder"),
        STAGE_CLOSED: _kind("when the stage was closed", STAGE),
        WENT_FORMAL: _kind("when the dispute became formal", ESCALATION, rank=BEGINS),
        SETTLED: _kind("when the dispute was settled", ESCALATION, rank=LAST),
        CLOSED: _kind("when the escalation was closed", ESCALATION, "closing", rank=LAST),
        NEEDED: _kind("the day by which the child needs it", ESCALATION, on_a_day=True, planned=True),
        ACTION_PROMISED: _kind(
            "the day for which the action is promised", ACTION, on_a_day=True, planned=True
        ),
        ACTION_DONE: _kind("when the action was done", ACTION, on_a_day=True),
        ACTION_DROPPED: _kind("when the action was dropped", ACTION, on_a_day=True),
    }
)
