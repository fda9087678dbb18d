"""Escalations follow their children: to the record that stays when two are merged, and back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

# A merge that was undone since moves nothing, heard late or again: what is of either record now is its own.
_STILL_ONE = """EXISTS (
    SELECT FROM child c WHERE c.authority_id = :authority AND c.id = :of AND c.merged_into_id = :to)"""
# Where siblings turn out to be one child, the one record that stays is enough; that there were two is kept as a step.
WERE_TWO = text(f"""
    WITH two AS (
        UPDATE escalation e SET version = e.version + 1
        WHERE e.authority_id = :authority AND {_STILL_ONE} AND 2 = (
            SELECT count(*) FROM escalation_child a
            WHERE a.authority_id = :authority AND a.escalation_id = e.id AND a.child_id IN (:of, :to))
        RETURNING e.id, e.version, e.state, e.stage
    )
    INSERT INTO escalation_step
        (authority_id, id, escalation_id, version, verb, taken_at, from_state, to_state, reason, stage, about_id)
    SELECT :authority, gen_random_uuid(), id, version, 'one_child', :now, state, state,
           'Two of its children turned out to be one.', stage, :of
    FROM two
""")  # noqa: S608 - the condition is ours
ONE_CHILD = text(f"""
    DELETE FROM escalation_child a
    WHERE a.authority_id = :authority AND a.child_id = :of AND EXISTS (
        SELECT FROM escalation_child b
        WHERE b.authority_id = :authority AND b.escalation_id = a.escalation_id AND b.child_id = :to)
      AND {_STILL_ONE}
""")  # noqa: S608 - the condition is ours
MERGED = text(f"""
    UPDATE escalation_child SET child_id = :to, first_child_id = coalesce(first_child_id, child_id)
    WHERE authority_id = :authority AND child_id = :of AND {_STILL_ONE}
""")  # noqa: S608 - the condition is ours
_THEIRS = """
    WITH RECURSIVE theirs AS (
        SELECT CAST(:to AS uuid) AS id
        UNION SELECT c.id FROM theirs t JOIN child c ON c.authority_id = :authority AND c.merged_into_id = t.id
    )
"""
# What a person raised goes back to the record it was raised for, or that this record was merged into before.
SPLIT = text(f"""
    {_THEIRS}
    UPDATE escalation_child a SET child_id = :to
    FROM escalation e
    WHERE a.authority_id = :authority AND a.child_id = :of AND a.first_child_id IN (SELECT id FROM theirs)
      AND e.authority_id = :authority AND e.id = a.escalation_id AND e.deadline_id IS NULL
""")  # noqa: S608 - the condition is ours
# And siblings who were taken for one child are two again.
TWO_AGAIN = text(f"""
    {_THEIRS}
    INSERT INTO escalation_child (authority_id, escalation_id, child_id)
    SELECT DISTINCT s.authority_id, s.escalation_id, CAST(:to AS uuid)
    FROM escalation_step s JOIN escalation_child a
        ON a.authority_id = :authority AND a.escalation_id = s.escalation_id AND a.child_id = :of
    WHERE s.authority_id = :authority AND s.verb = 'one_child' AND s.about_id IN (SELECT id FROM theirs)
      AND NOT EXISTS (
        SELECT FROM child c WHERE c.authority_id = :authority AND c.id = :to AND c.merged_into_id = :of)
    ON CONFLICT DO NOTHING
""")  # noqa: S608 - the condition is ours
# What a deadline gave rise to is where the deadline is now.
WITH_ITS_DEADLINE = text("""
    UPDATE escalation_child a SET child_id = d.child_id, first_child_id = coalesce(a.first_child_id, a.child_id)
    FROM escalation e JOIN deadline d ON d.authority_id = :authority AND d.id = e.deadline_id
    WHERE a.authority_id = :authority AND a.child_id = ANY(:children) AND e.authority_id = :authority
      AND e.id = a.escalation_id AND d.child_id <> a.child_id
""")
# The first of the children is the one whose history it is, under whichever record it is now.
LED_BY = text("""
    UPDATE escalation e SET first_child_id = coalesce(e.first_child_id, e.child_id), child_id = (
        SELECT a.child_id FROM escalation_child a
        WHERE a.authority_id = :authority AND a.escalation_id = e.id
        ORDER BY coalesce(a.first_child_id, a.child_id) <> coalesce(e.first_child_id, e.child_id), a.child_id
        LIMIT 1)
    WHERE e.authority_id = :authority AND e.child_id = ANY(:children) AND NOT EXISTS (
        SELECT FROM escalation_child a
        WHERE a.authority_id = :authority AND a.escalation_id = e.id AND a.child_id = e.child_id)
""")
# Its clocks are of the same child. The merge itself moved them with all else; a split leaves them to us.
CLOCKS = tuple(
    text(f"""
        UPDATE {table} t SET child_id = e.child_id FROM escalation e
        WHERE t.authority_id = :authority AND t.child_id = ANY(:children) AND e.authority_id = :authority
          AND e.id = t.{column} AND t.child_id IS DISTINCT FROM e.child_id
    """)  # noqa: S608 - the two names are ours
    for table, column in (("history", "id"), ("fact", "history_id"), ("deadline", "history_id"))
)


@dataclass(frozen=True, slots=True)
class Moved:
    """What was recorded `of` one child is the other's now, `to` whom it went: all after a merge, some after a split."""

    of: UUID
    to: UUID
    merged: bool


async def follow_child(session: AsyncSession, authority: str, moved: Moved, now: datetime) -> None:
    """Let the escalations of the one child be the other's, from `now` (UTC). A second time changes nothing."""
    values = {"authority": authority, "of": moved.of, "to": moved.to}
    both = {"authority": authority, "children": [moved.of, moved.to]}
    if moved.merged:
        await session.execute(WERE_TWO, values | {"now": now})
    for statement in (ONE_CHILD, MERGED) if moved.merged else (SPLIT, TWO_AGAIN):
        await session.execute(statement, values)
    await session.execute(WITH_ITS_DEADLINE, both)
    for statement in (LED_BY, *CLOCKS):
        await session.execute(statement, both)
