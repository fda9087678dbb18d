"""The statement that the list of what is due is read by."""

from collections.abc import Sequence
from functools import lru_cache

# $1 authority, $2 until when, $3 now, $4 and $5 the place after which to go on, $6 today in London.
# A promise belongs to the list however long it is overdue; a mark, or a date whose silence agrees, only until it has
# gone by. What is shown beside each line is looked up once the few lines are found, row by row and by its key.
LIST = """
    WITH line AS MATERIALIZED (
        (SELECT {columns} FROM deadline d WHERE {running} AND {place} AND d.passing = 'breach'{narrowed}
         ORDER BY d.due_at, d.id LIMIT {limit})
        UNION ALL
        (SELECT {columns} FROM deadline d WHERE {running} AND {ahead} AND d.passing <> 'breach'{narrowed}
         ORDER BY d.due_at, d.id LIMIT {limit})
        ORDER BY due_at, id LIMIT {limit}
    )
    SELECT d.id, d.child_id, d.timescale, d.due_on, d.due_at,
           concat_ws(' ', d.reason ->> 0, d.reason ->> 1) AS reason,
           (SELECT c.reference FROM child c WHERE c.authority_id = $1 AND c.id = d.child_id) AS child,
           CASE WHEN d.due_at <= $3 THEN coalesce((
               SELECT true FROM breach b WHERE b.authority_id = $1 AND b.deadline_id = d.id
               AND b.version = d.version AND b.withdrawn_at IS NULL), false) ELSE false END AS breached,
           (SELECT a.officer {allocated} AND a.child_id = d.child_id AND a.role = 'iro'
            ORDER BY a.allocated_at DESC, a.id DESC LIMIT 1) AS officer
    FROM line d
    ORDER BY d.due_at, d.id
"""
COLUMNS = "d.id, d.child_id, d.timescale, d.due_on, d.due_at, d.version, d.reason"
RUNNING = "d.authority_id = $1 AND d.outcome = 'open' AND d.child_id IS NOT NULL AND d.due_at <= $2"
PLACE = "(d.due_at, d.id) > ($4, $5)"
# One lower bound: with `due_at > $3` beside the place, an index is read from the place on, through all that is past.
AHEAD = (
    "(d.due_at, d.id) > (greatest($4, $3), "
    "CASE WHEN $4 > $3 THEN $5 ELSE CAST('ffffffff-ffff-ffff-ffff-ffffffffffff' AS uuid) END)"
)
ALLOCATED = """
    FROM allocation a JOIN care_period p ON p.authority_id = $1 AND p.id = a.care_period_id
    WHERE a.authority_id = $1 AND a.withdrawn_at IS NULL AND p.withdrawn_at IS NULL
      AND (a.ended_at IS NULL OR a.ended_at > $3) AND (p.ended_on IS NULL OR p.ended_on >= $6)"""
NARROWED = {
    "timescale": " AND d.timescale = {value}",
    "basis": " AND d.timescale = ANY({value})",
    "officer": " AND d.child_id = ANY(ARRAY(SELECT a.child_id {allocated} AND a.officer = {value}))",
    "not_of": " AND d.timescale <> ALL({value})",
    "hidden": " AND d.child_id <> ALL({value})",
    "team": " AND d.child_id = ANY(ARRAY(SELECT c.id FROM child c WHERE c.authority_id = $1 AND c.team = {value}))",
}


@lru_cache(maxsize=256)
def list_statement(by: Sequence[str], limit: int) -> str:
    """The list narrowed by these filters, whose values are $7 and so on. The limit stands in the statement, so that
    the planner knows how few lines are wanted."""
    parts = [
        NARROWED[name].format(value=f"${number}", allocated=ALLOCATED) for number, name in enumerate(by, 7)
    ]
    return LIST.format(
        columns=COLUMNS,
        running=RUNNING,
        place=PLACE,
        ahead=AHEAD,
        narrowed="".join(parts),
        limit=int(limit),
        allocated=ALLOCATED,
    )
