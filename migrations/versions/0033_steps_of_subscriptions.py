"""Who changed a subscription, when, and what it was before; its version, so that nobody overwrites what they have not
read."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from migrations.protection import grant, protect

revision = "0033"
down_revision = "0031"

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("subscription", sa.Column("version", sa.Integer, nullable=False, server_default="1"))
    grant("subscription", scheduler="UPDATE (version)", auditor="SELECT (version)")
    op.create_table(
        "subscription_step",
        sa.Column("authority_id", sa.Text, primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("subscription_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("verb", sa.Text, nullable=False),
        sa.Column("taken_by", sa.Text),
        sa.Column("taken_at", INSTANT, nullable=False),
        sa.Column("was", JSONB),
        sa.ForeignKeyConstraint(
            ["authority_id", "subscription_id"], ["subscription.authority_id", "subscription.id"]
        ),
        sa.UniqueConstraint("authority_id", "subscription_id", "version"),
    )
    protect("subscription_step")
    grant("subscription_step", scheduler="SELECT, INSERT")


def downgrade() -> None:
    op.drop_table("subscription_step")
    op.drop_column("subscription", "version")
