"""The header rows of a child: who they are."""

from services.reviews_api.children.models import Child
from services.reviews_api.imports.accounts import one_account
from services.reviews_api.imports.findings import Refused, Verdicts
from services.reviews_api.imports.ssda903.by_child import ChildReturn
from services.reviews_api.imports.ssda903.held import Held
from services.reviews_api.imports.ssda903.writing import Writing
from services.reviews_api.record import STANDING, Given
from shared.db.base import new_id
from shared.events.care_events import ChildUpserted

ANY_VERSION = Given("*")  # the return is the newer account


def settle_header(
    authority: str, said: ChildReturn, held: Held, verdicts: Verdicts, writing: Writing
) -> Child | None:
    """The child, added, corrected or brought back by the return; None for one that neither side knows, and for a
    record that was merged into another's."""
    if held.child is not None and held.child.merged_into_id is not None:
        verdicts.reject("header", [row.row for row in said.header], held.nobody)
        return None
    accounts, contradicting = one_account(said.header, lambda row: row.child, lambda row: row.born_on)
    verdicts.reject("header", contradicting, Refused("DOB", "conflicting_duplicate"))
    if not accounts:
        return held.child if held.child is not None and held.child.stands else None
    born_on, rows = accounts[0].row.born_on, accounts[0].rows
    child = held.child
    if child is not None and child.stands and child.date_of_birth == born_on:
        verdicts.leave("header", len(rows))
        return child
    if child is None:
        child = Child(authority_id=authority, reference=said.reference, date_of_birth=born_on)
        writing.children.append(child)
    else:
        child.change({"date_of_birth": born_on, "expected_on": None, **STANDING}, ANY_VERSION)
    verdicts.accept("header")
    verdicts.leave("header", len(rows) - 1)
    writing.events.append(ChildUpserted(subject_id=child.id, child_id=child.id, occasion=new_id()))
    return child
