"""The child of a census: added, born, corrected, or brought back by it."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.reviews_api.children.actions import put_child
from services.reviews_api.children.models import Child
from services.reviews_api.children.schemas import ChildBody
from services.reviews_api.imports.accounts import one_account
from services.reviews_api.imports.cin.held import Held, read_held
from services.reviews_api.imports.cin.putting import Pen
from services.reviews_api.imports.cin.rows import ChildReturn, ChildRow, in_iso
from services.reviews_api.imports.findings import Refused
from services.reviews_api.record import Written
from shared.http.door import Door


async def settle_child(pen: Pen, said: ChildReturn) -> tuple[Child | None, Held]:
    """The child, and what is held of their protection; None for a record that was merged into another's."""
    child = await find_child(pen, said.reference)
    held = await read_held(pen.session, pen.authority, child.id) if child else Held()
    if child is not None and child.merged_into_id is not None:
        rows = [row.row for row in said.children]
        pen.verdicts.reject("child_identifiers", rows, Refused("LAchildID", "child_merged"))
        return None, held
    accounts, contradicting = one_account(said.children, lambda row: row.child, _birth)
    pen.verdicts.reject(
        "child_identifiers", contradicting, Refused("PersonBirthDate", "conflicting_duplicate")
    )
    for each in accounts:
        await _put(pen, child, held, each.row, each.rows)
    return await find_child(pen, said.reference), held


async def find_child(pen: Pen, reference: str) -> Child | None:
    """The child with this reference, locked."""
    query = select(Child).where(Child.authority_id == pen.authority, Child.reference == reference)
    found: Child | None = await pen.session.scalar(query.with_for_update())
    return found


def _birth(row: ChildRow) -> tuple[str, str]:
    return str(row.born_on or ""), str(row.expected_on or "")


async def _put(pen: Pen, child: Child | None, held: Held, row: ChildRow, rows: list[int]) -> None:
    if child is not None and child.stands and _says_nothing_new(child, row):
        pen.verdicts.leave("child_identifiers", len(rows))
    elif child is not None and child.date_of_birth and held.told_for() > pen.order // 10**10:
        pen.verdicts.reject("child_identifiers", rows, Refused("PersonBirthDate", "birth_differs"))
    else:
        await pen.put("child_identifiers", rows, _put_over, row.child, _body(child, row))


def _says_nothing_new(child: Child, row: ChildRow) -> bool:
    """A child who was born is not expected any more; one of whom nothing is said stays as they are."""
    if row.born_on is None and (row.expected_on is None or child.date_of_birth is not None):
        return True
    return (child.date_of_birth, child.expected_on) == (row.born_on, row.expected_on)


def _body(child: Child | None, row: ChildRow) -> ChildBody:
    """The child as held, with the birth as returned."""
    kept = (
        {}
        if child is None
        else {name: getattr(child, name) for name in ChildBody.model_fields if name in KEPT}
    )
    return ChildBody(**kept, date_of_birth=in_iso(row.born_on), expected_on=in_iso(row.expected_on))


KEPT = ("display_name", "family", "team", "social_worker", "restricted", "restricted_to")


async def _put_over(
    session: AsyncSession, door: Door, authority: str, reference: str, body: ChildBody, _: str | None
) -> Written[Child]:
    """Whatever version is held: it is locked, and what the return does not say was taken from it."""
    return await put_child(session, door, authority, reference, body, "*")
