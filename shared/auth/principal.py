"""Who is asking."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """The parts that people and systems play, as a token names them."""

    IRO = "iro"
    CP_CHAIR = "cp_chair"
    IRO_MANAGER = "iro_manager"
    SOCIAL_WORKER = "social_worker"
    TEAM_MANAGER = "team_manager"
    SENIOR_MANAGER = "senior_manager"
    BUSINESS_SUPPORT = "business_support"
    ANALYST = "analyst"
    AUDITOR = "auditor"
    CASE_SYSTEM = "case_system"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Principal:
    """A caller: the token's subject, the one authority they belong to, and their roles in it."""

    subject: str
    authority: str
    roles: frozenset[Role]
