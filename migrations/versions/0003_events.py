"""The outbox, the head of each authority's feed, and where each reader of it stands."""

import sqlalchemy as sa
from alembic import op

from migrations.protection import grant, protect

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    create_outbox()
    op.create_table(
        "feed_head",
        sa.Column("authority_id", sa.Text, sa.ForeignKey("authority.authority_id"), primary_key=True),
        sa.Column("position", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "feed_cursor",
        sa.Column("authority_id", sa.Text, sa.ForeignKey("authority.authority_id"), primary_key=True),
        sa.Column("reader", sa.Text, primary_key=True),
        sa.Column("position", sa.BigInteger, nullable=False),
    )
    for table in ("outbox_event", "feed_head", "feed_cursor"):
        protect(table)
    grant("outbox_event", reviews="SELECT (authority_id, id), INSERT", escalation="SELECT, INSERT")
    grant("outbox_event", scheduler="SELECT, INSERT, UPDATE (position)")
    grant("feed_head", scheduler="SELECT, INSERT, UPDATE", escalation="SELECT")
    grant("feed_cursor", escalation="SELECT, INSERT, UPDATE")


def create_outbox() -> None:
    op.create_table(
        "outbox_event",
        sa.Column("authority_id", sa.Text, sa.ForeignKey("authority.authority_id"), primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("seq", sa.BigInteger, sa.Identity(always=True), nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("subject_id", sa.Uuid, nullable=False),
        sa.Column("child_id", sa.Uuid),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("historic", sa.Boolean, nullable=False),
        sa.Column("envelope", sa.JSON, nullable=False),
        sa.Column("position", sa.BigInteger),
    )
    op.create_index("outbox_position", "outbox_event", ["authority_id", "position"], unique=True)
    op.create_index(
        "outbox_waiting",
        "outbox_event",
        ["authority_id", "seq"],
        postgresql_where=sa.text("position IS NULL"),
    )
    op.execute("ALTER TABLE outbox_event SET (autovacuum_vacuum_scale_factor = 0.01)")


def downgrade() -> None:
    for table in ("feed_cursor", "feed_head", "outbox_event"):
        op.drop_table(table)
