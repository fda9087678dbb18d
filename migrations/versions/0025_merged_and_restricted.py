"""Records that were merged into a restricted child are hidden with it, in every service; and an escalation about such a
record is about the child who stays."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.create_index(
        "child_merged",
        "child",
        ["authority_id", "merged_into_id"],
        postgresql_where=sa.text("merged_into_id IS NOT NULL"),
    )
    op.execute("GRANT SELECT (merged_into_id) ON child TO duecare_escalation, duecare_scheduler")


def downgrade() -> None:
    op.execute("REVOKE SELECT (merged_into_id) ON child FROM duecare_escalation, duecare_scheduler")
    op.drop_index("child_merged", "child")
