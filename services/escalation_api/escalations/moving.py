"""Escalations follow their child: to the record that stays when two are merged, and back when one is split."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

MERGED = text("""
    UPDATE escalation SET child_id = :to, first_child_id = coalesce(first_child_id, child_id)
    WHERE authority_id = :authority AND child_id = :of
""")
# What a person raised goes back to the record it was raised for, or that this record was merged into before.
SPLIT = text("""
    WITH RECURSIVE theirs AS (
        SELECT CAST(:to AS uuid) AS id
        UNION SELECT c.id FROM theirs t JOIN child c ON c.authority_id = :authority AND c.merged_into_id = t.id
    )
    UPDATE escalation SET child_id = :to
    WHERE authority_id = :authority AND child_id = :of AND deadline_id IS NULL
      AND first_child_id IN (SELECT id FROM theirs)
""")
# What a deadline gave rise to is where the deadline is now.
WITH_ITS_DEADLINE = text("""
    UPDATE escalation e SET child_id = d.child_id, first_child_id = coalesce(e.first_child_id, e.child_id)
    FROM deadline d
    WHERE e.authority_id = :authority AND e.child_id = ANY(:children) AND d.authority_id = :authority
      AND d.id = e.deadline_id AND d.child_id <> e.child_id
""")


@dataclass(frozen=True, slots=True)
class Moved:
    """What was recorded `of` one child is the other's now, `to` whom it went: all after a merge, some after a split."""

    of: UUID
    to: UUID
    merged: bool


async def follow_child(session: AsyncSession, authority: str, moved: Moved) -> None:
    """Let the escalations of the one child be the other's. A second time changes nothing."""
    values = {"authority": authority, "of": moved.of, "to": moved.to}
    await session.execute(MERGED if moved.merged else SPLIT, values)
    both = {"authority": authority, "children": [moved.of, moved.to]}
    await session.execute(WITH_ITS_DEADLINE, both)
