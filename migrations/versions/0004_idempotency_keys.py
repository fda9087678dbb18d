"""Answers already given, by the caller's own idempotency key."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from migrations.protection import grant, protect

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "idempotency_key",
        sa.Column("authority_id", sa.Text, sa.ForeignKey("authority.authority_id"), primary_key=True),
        sa.Column("service", sa.Text, primary_key=True, server_default=sa.text("current_user")),
        sa.Column("caller", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("headers", JSONB),
        sa.Column("body", sa.Text),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("idempotency_key_age", "idempotency_key", ["authority_id", "service", "created_at"])
    # An answer may hold what only its own service may read: a subscription's secret, an officer's words.
    protect("idempotency_key", "service = current_user", auditor=False)
    rights = "SELECT, INSERT, UPDATE (status, headers, body), DELETE"
    grant("idempotency_key", reviews=rights, escalation=rights, scheduler=rights)


def downgrade() -> None:
    op.drop_table("idempotency_key")
