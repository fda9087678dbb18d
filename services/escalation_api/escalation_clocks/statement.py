"""The statement that the list of running clocks is read by."""

from collections.abc import Sequence
from functools import lru_cache

from services.escalation_api.escalations.transitions import UNDER_WAY

# Of the escalation `e`, in the very words of the index that holds those under way.
IS_OPEN = f"e.state IN ({', '.join(repr(str(state)) for state in UNDER_WAY)})"

# $1 authority, $2 now, $3 and $4 the place after which to go on. Those under way are few, however many have been
# closed, and each has few clocks; OFFSET 0 has them looked up alert by alert, where a join would read those of years.
# What is shown beside each line is looked up once the few lines are found, row by row and by its key.
LIST = """
    WITH line AS MATERIALIZED (
        SELECT d.id, d.timescale, d.version, d.due_on, d.due_at, d.passing, e.id AS escalation_id, e.kind, e.state,
               e.team, e.theme, e.raised_by, e.ladder, e.stage
        FROM escalation e CROSS JOIN LATERAL (
            SELECT o.id, o.timescale, o.version, o.due_on, o.due_at, o.passing FROM deadline o
            WHERE o.authority_id = $1 AND o.history_id = e.id AND o.outcome = 'open' OFFSET 0) d
        WHERE e.authority_id = $1 AND {is_open} AND (d.due_at, d.id) > ($3, $4){narrowed}
        ORDER BY d.due_at, d.id LIMIT {limit}
    )
    SELECT d.*, ARRAY(
               SELECT c.reference FROM escalation_child a
               JOIN child c ON c.authority_id = $1 AND c.id = a.child_id
               WHERE a.authority_id = $1 AND a.escalation_id = d.escalation_id ORDER BY c.reference) AS children,
           CASE WHEN d.due_at <= $2 THEN coalesce((
               SELECT true FROM breach b WHERE b.authority_id = $1 AND b.deadline_id = d.id
               AND b.version = d.version AND b.withdrawn_at IS NULL), false) ELSE false END AS breached
    FROM line d ORDER BY d.due_at, d.id
"""
NARROWED = {
    "until": " AND d.due_at <= {value}",
    "team": " AND e.team = {value}",
    "officer": " AND e.raised_by = {value}",
    "only": " AND d.timescale = ANY ({value})",
    "none_of": " AND d.timescale <> ALL ({value})",
    "hidden": " AND e.id <> ALL (ARRAY("
    "SELECT h.escalation_id FROM unnest(CAST({value} AS uuid[])) AS hidden (child_id) "
    "CROSS JOIN LATERAL (SELECT c.escalation_id FROM escalation_child c "
    "WHERE c.authority_id = $1 AND c.child_id = hidden.child_id OFFSET 0) h))",
}


@lru_cache(maxsize=256)
def list_statement(by: Sequence[str], limit: int) -> str:
    """The list narrowed by these filters, whose values are $5 and so on."""
    parts = [NARROWED[name].format(value=f"${number}") for number, name in enumerate(by, 5)]
    return LIST.format(is_open=IS_OPEN, narrowed="".join(parts), limit=int(limit))
