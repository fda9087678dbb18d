"""The child's part in a review, and the age at which each code may be used."""

from datetime import date
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from shared.refusals import Contradiction

FOUR = relativedelta(years=4)


class Participation(StrEnum):
    """The child's part in the review, by the code of the SSDA903 return."""

    PN0 = "PN0"
    PN1 = "PN1"
    PN2 = "PN2"
    PN3 = "PN3"
    PN4 = "PN4"
    PN5 = "PN5"
    PN6 = "PN6"
    PN7 = "PN7"


def is_too_old(code: str, held_on: date, born_on: date) -> bool:
    """Whether PN0 is said of a child after their fourth birthday (rule 440 of the SSDA903 return)."""
    return code == Participation.PN0 and held_on > born_on + FOUR


def is_too_young(code: str, held_on: date, born_on: date) -> bool:
    """Whether another code is said of a child before their fourth birthday (rule 441 of the SSDA903 return)."""
    return code != Participation.PN0 and held_on < born_on + FOUR


def check_age(code: str | None, held_on: date | None, born_on: date | None) -> None:
    """Raise Contradiction for a code that is not for a child of that age; on the fourth birthday either is, and
    where the birth is not known any."""
    if code is None or held_on is None or born_on is None:
        return
    if is_too_old(code, held_on, born_on):
        raise _against_age("PN0 is for a child under 4: this one was older on the day of the review.")
    if is_too_young(code, held_on, born_on):
        raise _against_age("PN1 to PN7 are for a child of 4 or more: this one was younger; give PN0.")


def _against_age(detail: str) -> Contradiction:
    return Contradiction(detail, code="participation_against_age", pointer="/participation")
