"""What the import tells of their reviews."""

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random

from services.cli.sefton_year.care import told_on
from services.cli.sefton_year.children import LookedAfter
from services.cli.sefton_year.deeds import Line
from services.cli.sefton_year.year import FIRST_DAY
from shared.codes.lists import code_list

TOOK_PART, DID_NOT = ("PN1", "PN2", "PN3", "PN5", "PN6"), ("PN4", "PN7")
PARTICIPATED = 84  # in a hundred of those who are old enough
MY_REPORTS = 143
BEFORE = "PN1"


def tell_reviews(random: Random, children: Sequence[LookedAfter], scale: int = 1) -> Iterator[Line]:
    """Every review on the day on which it was held; those of the year with the child's part in them."""
    held = [(each, on) for each in children for on in each.stay.held]
    asked = [(each.number, on) for each, on in held if on >= FIRST_DAY and not each.under_four(on)]
    random.shuffle(asked)
    part = set(asked[: round(len(asked) * PARTICIPATED / 100)])
    reports = set(random.sample(sorted(part), min(MY_REPORTS // scale, len(part))))
    for each, on in held:
        yield _review(random, each, on, (each.number, on) in part, (each.number, on) in reports)


def _review(random: Random, each: LookedAfter, on: date, part: bool, report: bool) -> Line:
    fields = {
        "care_period": each.care_period,
        "held_on": f"{on}",
        "mode": "virtual" if on >= date(2020, 3, 23) else "in_person",
        "participation": _participation(random, each, on, part),
        "source_version": 1,
    }
    if report:
        fields |= {"my_report_returned": True, "my_report_returned_on": f"{on}"}
    if on in each.stay.late:
        fields["late_reason"] = random.choice([code.code for code in code_list("review_reason").codes][:8])
    nth = each.stay.held.index(on) + 1
    return Line(told_on(on), "review", f"R-{each.number:04}-{nth:02}", fields)


def _participation(random: Random, each: LookedAfter, on: date, part: bool) -> str:
    if each.under_four(on):
        return "PN0"
    if on < FIRST_DAY:
        return BEFORE
    return random.choice(TOOK_PART if part else DID_NOT)
