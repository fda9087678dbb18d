"""The codes that a fact may carry, and what each of them may say."""

import re
from collections.abc import Mapping
from types import MappingProxyType

# What a code may say. The placement types are those that SI 2010/959 reg 28 tells apart.
CODES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "source": ("case_system", "ssda903", "cin_census"),
        "regime": ("ordinary", "short_breaks", "remand"),
        "legal_status": (
            "C1",
            "C2",
            "D1",
            "E1",
            "V2",
            "V3",
            "V4",
            "J1",
            "J2",
            "J3",
            "L1",
            "L2",
            "L3",
        ),
        "placement_type": (
            "foster",
            "connected",
            "residential",
            "independent",
            "secure",
            "other",
            "parents_unassessed",
            "parents_interim_order",
            "parents_care_order",
            "temporary_connected",
        ),
        "intended_to_18": ("yes", "no"),
        "long_term_foster": ("yes", "no"),
        "fewer_visits_agreed": ("yes", "no"),
        "emergency": ("yes", "no"),
        "seen": ("yes", "no"),
        "mode": ("in_person", "virtual"),
        "conference_type": ("initial", "review", "transfer_in"),
        "section47": ("initiated", "continued", "not_initiated"),
        "residence": ("permanent", "temporary"),
        "unborn": ("yes", "no"),
        "accommodation": ("youth_detention", "local_authority"),
        "adoption": ("placed",),
        "adoption_authority": ("held",),
        "plan": ("running",),
        "closing": ("put_right", "let_go"),
        "ladder": (),
        "ladder_stage": (),
    }
)

# The codes whose values are not listed, for they are names that a council gives in its own file.
OPEN: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "ladder": re.compile(r"[a-z0-9]+(-[a-z0-9]+)*"),
        "ladder_stage": re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.[a-z][a-z0-9_]*"),
    }
)


def may_say(code: str, value: str) -> bool:
    """Whether this is a value of the code: one of those listed, or a name such as it takes."""
    return bool(OPEN[code].fullmatch(value)) if code in OPEN else value in CODES[code]


def values_of(code: str) -> str:
    """The values of a code in words, for whoever said another."""
    return "the names that a council gives in its own file" if code in OPEN else ", ".join(CODES[code])
