"""Whether the scheduler still notices, for others to see; and who confirmed what time it is.

Every instant here is the database's own: a scheduler whose clock has gone astray must not be believed about that.
"""

import sqlalchemy as sa
from alembic import op

from migrations.protection import grant, protect

revision = "0036"
down_revision = "0035"

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_heartbeats()
    create_confirmations()
    for table in ("heartbeat", "clock_confirmation"):
        protect(table)
    grant("heartbeat", scheduler="SELECT, INSERT, UPDATE, DELETE", reviews="SELECT", escalation="SELECT")
    grant("clock_confirmation", scheduler="SELECT, INSERT")


def create_heartbeats() -> None:
    op.create_table(
        "heartbeat",
        sa.Column("authority_id", sa.Text, sa.ForeignKey("authority.authority_id"), primary_key=True),
        sa.Column("instance", sa.Uuid, primary_key=True),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("ticked_at", INSTANT, nullable=False),
        sa.Column("swept_at", INSTANT),
        sa.Column("behind_seconds", sa.Double, nullable=False),
        sa.Column("events_waiting", sa.BigInteger, nullable=False),
        sa.Column("deliveries_waiting", sa.BigInteger, nullable=False),
        sa.Column("clock_suspect", sa.Boolean, nullable=False),
    )


def create_confirmations() -> None:
    op.create_table(
        "clock_confirmation",
        sa.Column("authority_id", sa.Text, sa.ForeignKey("authority.authority_id"), primary_key=True),
        sa.Column("seq", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("confirmed_at", INSTANT, nullable=False),
        sa.Column("application_at", INSTANT, nullable=False),
        sa.Column("confirmed_by", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )


def downgrade() -> None:
    for table in ("clock_confirmation", "heartbeat"):
        op.drop_table(table)
