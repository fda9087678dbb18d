"""A small ladder of one's own to bend and break, and the story of one escalation that climbs it."""

from pathlib import Path
from uuid import UUID

from shared.timescales.catalogue import Catalogue
from shared.timescales.facts import Fact

from .builders import fact, fact_at
from .rows import ROW, written

LADDER = """\
[[ladder]]
code              = "ours"
title             = "Our ladder"
from              = 2024-01-01
chairs            = true
decide            = "3 working days"
follow_up         = "10 working days"
suggestions_lapse = "7 working days"
repeated          = { times = 3, months = 12 }
second_approver   = true
ends              = "the director"
basis             = "local"
source            = "Our procedures"
note              = "As agreed."
"""
QUIET = """\
[[stage]]
ladder    = "ours"
code      = "quiet_word"
title     = "A quiet word"
formal    = false
responder = "The social worker"
roles     = ["social_worker", "team_manager"]
limit     = "10 working days"
warn      = ["2 working days"]
silence   = "enable"
copied    = []
"""
ALERT = """\
[[stage]]
ladder    = "ours"
code      = "alert"
title     = "Practice alert"
formal    = true
responder = "The team manager"
roles     = ["team_manager"]
limit     = "5 working days"
warn      = ["2 working days"]
silence   = "perform"
copied    = ["The head of service"]
"""
HEAD = """\
[[stage]]
ladder    = "ours"
code      = "head"
title     = "Head of service"
formal    = true
responder = "The head of service"
roles     = ["senior_manager"]
limit     = "72 hours"
warn      = ["24 hours"]
silence   = "enable"
copied    = []
"""
OURS = LADDER + QUIET + ALERT + HEAD
ESCALATION, QUIET_WORD, PRACTICE_ALERT, SECOND = 100, 101, 102, 103


def renamed(code: str, first: str, text: str = OURS) -> str:
    """The same ladder under another code, from another day."""
    return text.replace('"ours"', f'"{code}"').replace("2024-01-01", first)


def ladders(folder: Path, text: str = OURS, overlay: str | None = None) -> Catalogue:
    """A catalogue of one timescale and these ladders."""
    return written(folder, ROW + text, overlay)


# What happens, each at an instant with its offset


def opened(at: str, stage: str, record: int) -> Fact:
    """A stage was opened, named with its ladder, such as 'ours.alert'."""
    return fact_at("escalation.stage_opened", at, record, ladder_stage=stage)


def answered(at: str, record: int, ladder: str = "sefton-2021") -> Fact:
    """A manager answered the stage."""
    return fact_at("escalation.answered", at, record, ladder=ladder)


def decided(at: str, record: int) -> Fact:
    """The officer decided on the answer."""
    return fact_at("escalation.decided", at, record)


def accepted(at: str, record: int, ladder: str = "sefton-2021") -> Fact:
    """The officer accepted the answer."""
    return fact_at("escalation.accepted", at, record, ladder=ladder)


def stage_closed(at: str, record: int) -> Fact:
    """The stage was closed."""
    return fact_at("escalation.stage_closed", at, record)


def of_escalation(kind: str, at: str, **codes: str) -> Fact:
    """Something of the escalation itself: went_formal, settled or closed."""
    return fact_at(f"escalation.{kind}", at, ESCALATION, **codes)


def needed(on: str) -> Fact:
    """The day by which the child needs what is asked for."""
    return fact("escalation.needed", on, ESCALATION)


def action(verb: str, on: str, record: int = 110) -> Fact:
    """An action was promised for a day, done or dropped on one."""
    return fact(f"escalation.action_{verb}", on, record)


def anchor(record: int) -> UUID:
    """The id of one of these records."""
    return UUID(int=record)
