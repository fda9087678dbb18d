"""A CIN census file, read: whose it is, of which year, and its rows child by child."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from services.reviews_api.imports.cin.rows import (
    Cells,
    ChildReturn,
    ConferenceRow,
    PlanReviewRow,
    PlanRow,
    read_child,
    read_enquiry,
    read_plan,
)
from services.reviews_api.imports.cin.safely import parts
from services.reviews_api.imports.findings import Refused, UnusableReturn, Verdicts

KINDS = ("child_identifiers", "section47", "conferences", "plans", "plan_reviews")
# What a census holds besides, and is not kept here: counted, so that nothing is lost unseen.
LEFT_OUT = {
    "cin_details": "CINdetails",
    "assessments": "CINdetails/Assessments",
    "cin_plans": "CINdetails/CINPlanDates",
    "pre_proceedings": "CINdetails/PreProceedingsandFGDM",
}


@dataclass(frozen=True, slots=True)
class Census:
    """A census: its reference date (London, a 31 March), its children by reference, and the rows refused so far."""

    reference_date: date
    children: list[ChildReturn]
    verdicts: Verdicts


def read_census(path: Path, lea: str, today: date) -> Census:
    """Read the census of the council with this number at the DfE, on `today` (London). Raises UnusableReturn."""
    verdicts = Verdicts(dict.fromkeys((*KINDS, *LEFT_OUT), path.name))
    children: dict[str, ChildReturn] = {}
    reference_date = None
    for part in parts(path):
        if part.tag == "Header" and reference_date is None:
            reference_date = _header(path.name, part, lea, today)
        elif part.tag == "Child":
            if reference_date is None:
                break
            _Reader(verdicts, children, today).take(part)
    if reference_date is None:
        raise UnusableReturn(f"{path.name} has no header before its children: it cannot be told whose it is.")
    return Census(reference_date, [children[reference] for reference in sorted(children)], verdicts)


def _header(name: str, header: Any, lea: str, today: date) -> date:
    cells = Cells(header, today)
    said = {field: header.findtext(f"{path}/{field}", "").strip() for path, field in FIELDS}
    if said["Collection"] != "CIN":
        raise UnusableReturn(f"{name} is the return of another collection than CIN.")
    if said["LEA"] != lea:
        raise UnusableReturn(f"{name} is another council's: its LEA number is not {lea}.")
    try:
        found = Cells(header.find("CollectionDetails"), cells.today).filled_day("ReferenceDate")
    except Refused as refusal:
        future = refusal.code == "in_the_future"
        why = "in the future" if future else "missing, or not written yyyy-mm-dd"
        raise UnusableReturn(f"{name} cannot be used: its ReferenceDate is {why}.") from None
    # The year is that of the reference date; exports also give that in which the census year began.
    if (found.month, found.day) != (3, 31) or said["Year"] not in (str(found.year), str(found.year - 1)):
        raise UnusableReturn(
            f"{name} is not of one census year: its ReferenceDate is no 31 March of its Year."
        )
    return found


FIELDS = (("CollectionDetails", "Collection"), ("CollectionDetails", "Year"), ("Source", "LEA"))


@dataclass(frozen=True, slots=True)
class _Reader:
    verdicts: Verdicts
    children: dict[str, ChildReturn]
    today: date

    def take(self, child: Any) -> None:
        """Read one Child: its rows are added, or refused."""
        for kind, path in LEFT_OUT.items():
            self.verdicts.leave_out(kind, len(child.findall(path)))
        said = self._child(child)
        for details in child.findall("CINdetails"):
            days = self._enquiries(details, said)
            for plan in details.findall("ChildProtectionPlans"):
                self._plan(plan, days, said)

    def _child(self, child: Any) -> ChildReturn | None:
        identifiers = child.find("ChildIdentifiers")
        if identifiers is None:
            self.verdicts.reject(
                "child_identifiers", [child.sourceline], Refused("ChildIdentifiers", "missing_value")
            )
            return None
        try:
            row = read_child(Cells(identifiers, self.today))
        except Refused as refusal:
            self.verdicts.reject("child_identifiers", [identifiers.sourceline], refusal)
            return None
        said = self.children.setdefault(row.child, ChildReturn(row.child))
        said.children.append(row)
        return said

    def _enquiries(self, details: Any, said: ChildReturn | None) -> frozenset[date]:
        """Read the enquiries and the initial conferences; the days of the conferences."""
        days: set[date] = set()
        for enquiry in details.findall("Section47"):
            try:
                row = read_enquiry(Cells(enquiry, self.today))
                if said is None:
                    raise Refused("LAchildID", "child_unknown")
                said.enquiries.append(row)
            except Refused as refusal:
                self._refuse("section47", enquiry, refusal, said)
            days |= self._conference(enquiry, said, True)
        return frozenset(days | self._conference(details, said, False))

    def _conference(self, part: Any, said: ChildReturn | None, of_enquiry: bool) -> set[date]:
        element = part.find("DateOfInitialCPC")
        if element is None or not (element.text or "").strip():
            return set()
        try:
            row = ConferenceRow(
                element.sourceline, Cells(part, self.today).filled_day("DateOfInitialCPC"), of_enquiry
            )
            if said is None:
                raise Refused("LAchildID", "child_unknown")
        except Refused as refusal:
            self._refuse("conferences", element, refusal, said)
            return set()
        said.conferences.append(row)
        return {row.held_on}

    def _plan(self, plan: Any, days: frozenset[date], said: ChildReturn | None) -> None:
        try:
            row = read_plan(Cells(plan, self.today), days)
            if said is None:
                raise Refused("LAchildID", "child_unknown")
            said.plans.append(row)
        except Refused as refusal:
            row = None
            self._refuse("plans", plan, refusal, said)
        for review in plan.findall("Reviews"):
            self._review(review, row, said)

    def _review(self, review: Any, plan: PlanRow | None, said: ChildReturn | None) -> None:
        try:
            if plan is None or said is None:
                raise Refused("CPPreviewDate", "plan_not_kept")
            held_on = Cells(review, self.today).filled_day("CPPreviewDate")
            if held_on <= plan.started_on:
                raise Refused("CPPreviewDate", "review_not_after_start")
            said.plan_reviews.append(PlanReviewRow(review.sourceline, held_on, plan.started_on))
        except Refused as refusal:
            self._refuse("plan_reviews", review, refusal, said)

    def _refuse(self, kind: str, element: Any, refusal: Refused, said: ChildReturn | None) -> None:
        self.verdicts.reject(kind, [element.sourceline], refusal)
        if said is not None:
            said.complete = False
