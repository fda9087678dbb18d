"""The statements that a digest is put together from: of whom it is, what is running, and which answers wait."""

from shared.auth.allocated import allocated

# $1 authority, $2 now, $3 the children who are not there for the reader, $4 until when. Of an officer ($5 their
# reference, $6 their tokens' subject, $7 today in London): the children of the lists of the day, those allocated to
# them now under whichever role; and the escalations that they raised, or that nobody did and are of these children.
_ALLOCATED = allocated(officer="$5", now="$2", today="$7", hidden="$3")
_OFFICER = f"mine (id) AS MATERIALIZED ({_ALLOCATED})"
_RAISED = "e.raised_by = $6 OR (e.raised_by IS NULL AND {about_mine})"
# Of a team ($5): its children, and the escalations that it has to answer.
_TEAM = """
    mine AS MATERIALIZED (
        SELECT c.id FROM child c
        WHERE c.authority_id = $1 AND c.team = $5 AND c.merged_into_id IS NULL AND c.id <> ALL($3)
    )"""
_ANSWERABLE = "e.team = $5 OR (e.team IS NULL AND {about_mine})"
_ABOUT_MINE = """EXISTS (
    SELECT FROM escalation_child x JOIN mine ON mine.id = x.child_id
    WHERE x.authority_id = $1 AND x.escalation_id = e.id)"""
# Those under way, as escalation_api names their states; without any that is about a child who is not there.
_WHOSE = """
    WITH {mine}, theirs AS MATERIALIZED (
        SELECT e.id FROM escalation e
        WHERE e.authority_id = $1 AND e.state IN ('open', 'answered', 'accepted', 'partly_accepted', 'rejected')
          AND ({which}) AND NOT EXISTS (
              SELECT FROM escalation_child x
              WHERE x.authority_id = $1 AND x.escalation_id = e.id AND x.child_id = ANY($3))
    )"""
# A mark to notice, or a date whose silence agrees, is told of only until it has gone by.
_TOLD = """
    SELECT 'running' AS what, d.timescale, d.due_on AS on_day, d.due_at AS at, d.child_id, t.id AS escalation_id
    FROM (
        SELECT o.id FROM mine JOIN deadline o ON o.authority_id = $1 AND o.child_id = mine.id AND o.outcome = 'open'
        UNION
        SELECT o.id FROM theirs
        JOIN deadline o ON o.authority_id = $1 AND o.history_id = theirs.id AND o.outcome = 'open') f
    JOIN deadline d ON d.authority_id = $1 AND d.id = f.id
    JOIN history h ON h.authority_id = $1 AND h.id = d.history_id
    LEFT JOIN theirs t ON t.id = h.id
    WHERE d.due_at <= $4 AND (d.passing = 'breach' OR d.due_at > $2)
      AND (t.id IS NOT NULL OR h.kind <> 'escalation')
    UNION ALL
    SELECT 'answer', NULL, NULL, r.sent_at, NULL, r.escalation_id
    FROM theirs JOIN escalation_response r ON r.authority_id = $1 AND r.escalation_id = theirs.id AND r.state = 'sent'
    ORDER BY at, timescale, child_id, escalation_id
"""


def _whole(mine: str, which: str) -> str:
    return _WHOSE.format(mine=mine, which=which.format(about_mine=_ABOUT_MINE)) + _TOLD


TO_OFFICER = _whole(_OFFICER, _RAISED)
TO_TEAM = _whole(_TEAM, _ANSWERABLE)
