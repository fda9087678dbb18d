"""What the figures of escalations are read by: the days on which each went formal, was suggested, closed and so on."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

INDEXES = {
    "escalation_formal": ("escalation", "formal_at", True),
    "escalation_suggested": ("escalation", "suggested_at", True),
    "escalation_closed": ("escalation", "closed_at", True),
    "escalation_stage_opened": ("escalation_stage", "opened_at", False),
    "escalation_promise_made": ("escalation_promise", "promised_at", False),
    "escalation_promise_kept": ("escalation_promise", "done_on", True),
}


def upgrade() -> None:
    for name, (table, column, sparse) in INDEXES.items():
        where = sa.text(f"{column} IS NOT NULL") if sparse else None
        op.create_index(name, table, ["authority_id", column], postgresql_where=where)


def downgrade() -> None:
    for name, (table, _, _) in INDEXES.items():
        op.drop_index(name, table)
