"""What an import says of the rows it was given. No value of a row is ever repeated."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

MESSAGES = {
    "unreadable": "The line is not readable as CSV: look for a stray quotation mark or an overlong cell.",
    "not_utf8": "The cell is not in UTF-8: save the file as CSV UTF-8.",
    "too_many_cells": "The row has more cells than the first line has columns.",
    "missing_value": "This cell must not be empty.",
    "bad_reference": "A reference is up to 53 letters, digits, dots, dashes, underscores or tildes.",
    "bad_date": "The date must be a real one, written dd/mm/yyyy, between 1900 and 2200.",
    "unknown_code": "The code is not one of the SSDA903 codes for this column.",
    "in_the_future": "What happened cannot lie in the future.",
    "ends_before_it_starts": "The episode ends before it starts.",
    "before_birth": "The episode starts before the child's date of birth.",
    "child_unknown": "The child is neither held nor in the return.",
    "child_merged": "This record was merged into another child's: return the child under that reference.",
    "record_of_another": "What was recorded of this day under this reference has been moved to another child.",
    "overlaps": "The episode overlaps another of the same child that starts earlier or is already held.",
    "conflicting_duplicate": "Another row says something else of the same thing; that row was kept.",
    "care_period_differs": "The case system has put a care period with other dates for this time.",
    "dob_differs": "The date of birth is not the one in the header file, or the one held.",
    "no_care_period": "The child was not looked after on that date, as far as the episodes say.",
    "short_breaks_only": "Every episode of the child is a short break (V3, V4): no review is due (rule 399).",
    "review_differs": "The case system has another account of this review.",
    "code_after_4": "PN0 is for children under 4, and the review was after the fourth birthday (rule 440).",
    "ill_dated": "The date must be a real one, written yyyy-mm-dd, between 1900 and 2200.",
    "said_twice": "This is said more than once, where it may be said once.",
    "not_in_the_list": "The code is not one of the CIN census codes for this field.",
    "not_a_number": "This must be a whole number from 0 to 99.",
    "born_and_expected": "A child has a date of birth or an expected one, not both.",
    "birth_differs": "Another date of birth is held, from a later return.",
    "newer_return": "A later return says otherwise of this, or that there was none: that stands.",
    "case_system_differs": "The case system has another account of this.",
    "conference_at_both_levels": "The same initial conference is recorded with its section 47 enquiry and beside it "
    "(rule 2884): it is kept once, with the enquiry.",
    "start_differs_from_conference": "The plan does not start on the day of an initial conference (rule 2885).",
    "review_not_after_start": "The review is on the day on which the plan starts, or before it (rule 8841).",
    "conference_on_a_weekend": "The initial conference is on a weekend (rule 8875).",
    "target_on_a_weekend": "The day by which the initial conference was to be is on a weekend (rule 8870Q).",
    "ends_on_its_first_day": "The plan starts and ends on the same day (rule 8840).",
    "plan_ends_before_it_starts": "The plan ends before it starts (rule 8925).",
    "plans_overlap": "The child was on another plan at that time.",
    "plan_not_kept": "The plan that was reviewed could not be kept.",
    "refused": "The service refuses this record as it would from the case system.",
    "code_before_4": "PN1 to PN7 are for children of 4 and over, and the review was before that (rule 441).",
}


class UnusableReturn(Exception):
    """What was given cannot be read as a return at all; the text is one line for the terminal."""


@dataclass(eq=False)
class Refused(Exception):
    """A row that cannot be taken: the column at fault, if it is one, and the code of the reason."""

    column: str | None
    code: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A rejection or a warning. `row` counts from the first line of the file, which is row 1."""

    file: str
    row: int
    column: str | None
    code: str

    def as_dict(self) -> dict[str, str | int | None]:
        """As the summary gives it."""
        return {
            "file": self.file,
            "row": self.row,
            "column": self.column,
            "code": self.code,
            "message": MESSAGES[self.code],
        }


@dataclass(slots=True)
class Verdicts:
    """How each row ended: every row read is accepted, unchanged,
    rejected or left out, and no row is two of these."""

    files: dict[str, str]
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    rejections: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)

    def accept(self, kind: str) -> None:
        self.counts[kind, "accepted"] += 1

    def leave(self, kind: str, rows: int = 1) -> None:
        """These rows say what is held already."""
        self.counts[kind, "unchanged"] += rows

    def leave_out(self, kind: str, rows: int = 1) -> None:
        """These rows are about what is not kept here."""
        self.counts[kind, "left_out"] += rows

    def reject(self, kind: str, rows: Iterable[int], refusal: Refused) -> None:
        for row in rows:
            self.counts[kind, "rejected"] += 1
            self.rejections.append(Finding(self.files[kind], row, refusal.column, refusal.code))

    def warn(self, kind: str, rows: Iterable[int], column: str, code: str) -> None:
        self.warnings.extend(Finding(self.files[kind], row, column, code) for row in rows)

    def add(self, other: "Verdicts") -> None:
        """Take in the verdicts on other rows of the same files."""
        self.counts.update(other.counts)
        self.rejections.extend(other.rejections)
        self.warnings.extend(other.warnings)
