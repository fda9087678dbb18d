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
        sa.Column("caller", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("headers", JSONB),
        sa.Column("body", sa.Text),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("idempotency_key_age", "idempotency_key", ["authority_id", "created_at"])
    protect("idempotency_key")
    rights = "SELECT, INSERT, UPDATE (status, headers, body)"
    grant("idempotency_key", reviews=rights, escalation=rights, scheduler=f"{rights}, DELETE")


def downgrade() -> None:
    op.drop_table("idempotency_key")
