"""Webhook subscriptions, what is to be delivered to them, and every attempt at it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

from migrations.protection import grant, protect

revision = "0007"
down_revision = "0006"

INSTANT = sa.DateTime(timezone=True)
SUBSCRIPTION = (["authority_id", "subscription_id"], ["subscription.authority_id", "subscription.id"])
EVENT = (["authority_id", "event_id"], ["outbox_event.authority_id", "outbox_event.id"])
DELIVERY = (
    ["authority_id", "subscription_id", "event_id"],
    ["delivery.authority_id", "delivery.subscription_id", "delivery.event_id"],
)
OPENLY_READ = "authority_id, id, url, types, created_at, created_by, ended_at, ended_because"


def upgrade() -> None:
    create_subscriptions()
    create_deliveries()
    create_attempts()
    for table in ("subscription", "delivery", "delivery_attempt"):
        protect(table)
    # Who audits may read what was subscribed to, and never the secret that signs it.
    op.execute("REVOKE SELECT ON subscription FROM duecare_auditor")
    op.execute(f"GRANT SELECT ({OPENLY_READ}) ON subscription TO duecare_auditor")
    grant("subscription", scheduler="SELECT, INSERT, UPDATE (ended_at, ended_because)")
    progress = "state, attempts, next_attempt_at, claimed_until"
    grant("delivery", scheduler=f"SELECT, INSERT, UPDATE ({progress})")
    grant("delivery_attempt", scheduler="SELECT, INSERT")
    # "Is any broken promise unrecorded?" is asked every minute, and must not read the promises still running.
    op.create_index(
        "deadline_failing",
        "deadline",
        ["authority_id", "due_at"],
        postgresql_where=sa.text("outcome IN ('open', 'met_late', 'ended_unmet')"),
    )


def create_subscriptions() -> None:
    op.create_table(
        "subscription",
        sa.Column("authority_id", sa.Text, sa.ForeignKey("authority.authority_id"), primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("types", ARRAY(sa.Text)),
        sa.Column("secret", sa.Text, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.Column("ended_at", INSTANT),
        sa.Column("ended_because", sa.Text),
    )


def create_deliveries() -> None:
    op.create_table(
        "delivery",
        sa.Column("authority_id", sa.Text, primary_key=True),
        sa.Column("subscription_id", sa.Uuid, primary_key=True),
        sa.Column("event_id", sa.Uuid, primary_key=True),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("subject_id", sa.Uuid, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_attempt_at", INSTANT, nullable=False),
        sa.Column("claimed_until", INSTANT),
        sa.ForeignKeyConstraint(*SUBSCRIPTION),
        sa.ForeignKeyConstraint(*EVENT),
        sa.CheckConstraint("state IN ('waiting', 'delivered', 'dead', 'ended')", name="delivery_state_known"),
    )
    op.create_index(
        "delivery_position", "delivery", ["authority_id", "subscription_id", "position"], unique=True
    )
    waiting = sa.text("state = 'waiting'")
    for name, columns in (("due", ["next_attempt_at", "position"]), ("subject", ["subject_id", "position"])):
        op.create_index(
            f"delivery_{name}",
            "delivery",
            ["authority_id", "subscription_id", *columns],
            postgresql_where=waiting,
        )
    op.execute("ALTER TABLE delivery SET (autovacuum_vacuum_scale_factor = 0.01)")


def create_attempts() -> None:
    op.create_table(
        "delivery_attempt",
        sa.Column("authority_id", sa.Text, primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("subscription_id", sa.Uuid, nullable=False),
        sa.Column("event_id", sa.Uuid, nullable=False),
        sa.Column("attempted_at", INSTANT, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("milliseconds", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(*DELIVERY),
        sa.CheckConstraint(
            "outcome IN ('delivered', 'refused', 'gone', 'unreachable', 'barred')",
            name="delivery_outcome_known",
        ),
    )
    op.create_index(
        "delivery_attempt_delivery",
        "delivery_attempt",
        ["authority_id", "subscription_id", "event_id", "attempted_at"],
    )


def downgrade() -> None:
    op.drop_index("deadline_failing")
    for table in ("delivery_attempt", "delivery", "subscription"):
        op.drop_table(table)
