"""Whom an escalation is about: one child, siblings, or no child but a team; and the record that it arises from."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, TableClause, Text, Uuid, column, or_, select, table
from sqlalchemy.ext.asyncio import AsyncSession

from services.escalation_api.children import child, child_id
from services.escalation_api.escalations.concern import Source
from services.escalation_api.escalations.schemas import ArisesFrom, Raising
from shared.refusals import Contradiction, NotFound


# Owned by reviews_api, and by the spine: that there is such a record, and of which child, is all that we ask.
def _owned_elsewhere(name: str, *columns: str) -> TableClause:
    texts = ("authority_id", "reference")
    return table(name, *(column(each, Text if each in texts else Uuid) for each in columns))


_OF_A_CHILD = ("authority_id", "id", "reference", "child_id")
_RECORDS = {
    Source.REVIEW: _owned_elsewhere("review", *_OF_A_CHILD),
    Source.MIDPOINT_CHECK: _owned_elsewhere("midpoint_check", *_OF_A_CHILD),
}
_CONFERENCE = _owned_elsewhere("conference", "authority_id", "id", "reference")
_PLACE = _owned_elsewhere("conference_child", "authority_id", "conference_id", "child_id")
_DEADLINE = _owned_elsewhere("deadline", "authority_id", "id", "child_id")
_BREACH = _owned_elsewhere("breach", "authority_id", "deadline_id", "withdrawn_at")


@dataclass(frozen=True, slots=True)
class Subject:
    """The children, the first of them first, and the team (the case system's reference), where either is known."""

    children: Sequence[UUID]
    team: str | None


async def subject_of(session: AsyncSession, authority: str, body: Raising) -> Subject:
    """Whom the body names. Raises NotFound for a child who is not there, Contradiction for children of two families."""
    names = [(body.child, "/child")] if body.child else [(one, "/children") for one in body.children]
    children = list(dict.fromkeys([await child_id(session, authority, name) for name, _ in names]))
    if len(children) < len(names):
        raise Contradiction("A child is named twice.", pointer="/children")
    if not children:
        return Subject((), body.team)
    query = select(child.c.id, child.c.family, child.c.team)
    found = await session.execute(query.where(child.c.authority_id == authority, child.c.id.in_(children)))
    rows = {row.id: row for row in found}
    if len({row.family for row in rows.values() if row.family is not None}) > 1:
        raise Contradiction(
            "These children are not of one family: raise one escalation for each.", pointer="/children"
        )
    return Subject(children, body.team or rows[children[0]].team)


async def arising_from(
    session: AsyncSession, authority: str, source: ArisesFrom | None, children: Sequence[UUID]
) -> UUID | None:
    """The id of the record that it arises from. Raises NotFound where these children have no such record."""
    if source is None:
        return None
    found = await session.scalar(_record(authority, source, children).limit(1))
    if found is None:
        raise NotFound(source.kind.replace("_", " "))
    return UUID(str(found))


def _record(authority: str, source: ArisesFrom, children: Sequence[UUID]) -> Select[UUID]:
    try:
        known = UUID(source.record)
    except ValueError:
        known = None
    if source.kind is Source.BREACH:
        its = _DEADLINE.c
        broken = select(_BREACH.c.deadline_id).where(
            _BREACH.c.authority_id == authority,
            _BREACH.c.deadline_id == known,
            _BREACH.c.withdrawn_at.is_(None),
        )
        return select(its.id).where(
            its.authority_id == authority, its.id.in_(broken), its.child_id.in_(children)
        )
    if source.kind is Source.CONFERENCE:
        at = select(_PLACE.c.conference_id).where(
            _PLACE.c.authority_id == authority, _PLACE.c.child_id.in_(children)
        )
        its = _CONFERENCE.c
        return select(its.id).where(
            its.authority_id == authority,
            or_(its.reference == source.record, its.id == known),
            its.id.in_(at),
        )
    its = _RECORDS[source.kind].c
    return select(its.id).where(
        its.authority_id == authority,
        or_(its.reference == source.record, its.id == known),
        its.child_id.in_(children),
    )
