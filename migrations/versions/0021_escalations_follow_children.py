"""An escalation follows its child where two records of one child are merged, or one of two children is split."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.add_column("escalation", sa.Column("first_child_id", sa.Uuid))
    op.execute("GRANT UPDATE (child_id, first_child_id) ON escalation TO duecare_escalation")
    op.execute("GRANT SELECT (authority_id, id, child_id) ON deadline TO duecare_escalation")


def downgrade() -> None:
    op.execute("REVOKE SELECT (authority_id, id, child_id) ON deadline FROM duecare_escalation")
    op.execute("REVOKE UPDATE (child_id) ON escalation FROM duecare_escalation")
    op.drop_column("escalation", "first_child_id")
