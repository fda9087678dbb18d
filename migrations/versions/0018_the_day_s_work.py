"""What the day's lists are read by: what is due, an officer's children, a child's timeline and page."""

import sqlalchemy as sa
from alembic import op

from migrations.protection import grant

revision = "0018"
down_revision = "0017"

# All that the timeline says of an escalation; nothing that anybody wrote.
RAISED = "authority_id, id, child_id, kind, state, timescale, raised_at, resolved_at"
RUNNING = "outcome = 'open' AND child_id IS NOT NULL"
# What is no promise stays open when its date has gone by, and must not be walked over each time.
PROMISED, MARKED = f"{RUNNING} AND passing = 'breach'", f"{RUNNING} AND passing <> 'breach'"
INDEXES = {
    "deadline_due": ("deadline", ["authority_id", "due_at", "id"], PROMISED),
    "deadline_due_of_timescale": ("deadline", ["authority_id", "timescale", "due_at", "id"], PROMISED),
    "deadline_ahead": ("deadline", ["authority_id", "due_at", "id"], MARKED),
    "deadline_running_child": ("deadline", ["authority_id", "child_id"], RUNNING),
    "allocation_child": ("allocation", ["authority_id", "child_id"], "withdrawn_at IS NULL"),
    "child_team": ("child", ["authority_id", "team"], "team IS NOT NULL"),
    "exemption_child": ("exemption", ["authority_id", "child_id"], "withdrawn_at IS NULL"),
}


def upgrade() -> None:
    op.execute("ALTER TABLE child ADD COLUMN IF NOT EXISTS team text")
    for name, (table, columns, where) in INDEXES.items():
        wanted = sa.text(where)
        op.create_index(name, table, columns, postgresql_where=wanted, if_not_exists=True)
    grant("escalation", reviews=f"SELECT ({RAISED})")


def downgrade() -> None:
    """The team stays: it is the child's own, and an earlier migration's."""
    op.execute(f"REVOKE ALL ({RAISED}) ON escalation FROM duecare_reviews")
    for name in INDEXES:
        op.drop_index(name, if_exists=True)
