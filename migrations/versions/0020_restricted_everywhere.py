"""Every service hides restricted children, and so may read which ones these are."""

from alembic import op

revision = "0020"
down_revision = "0019"

READERS = ("duecare_escalation", "duecare_scheduler")


def upgrade() -> None:
    for reader in READERS:
        op.execute(f"GRANT SELECT (authority_id, id, restricted, restricted_to) ON child TO {reader}")


def downgrade() -> None:
    op.execute("REVOKE SELECT (restricted, restricted_to) ON child FROM duecare_escalation")
    op.execute("REVOKE SELECT (authority_id, id, restricted, restricted_to) ON child FROM duecare_scheduler")
