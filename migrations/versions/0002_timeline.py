"""Histories, facts, deadlines and breaches: the spine."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from migrations.protection import grant, protect

revision = "0002"
down_revision = "0001"

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_histories()
    create_facts()
    create_deadlines()
    create_breaches()
    for table in ("history", "fact", "deadline", "breach"):
        protect(table)
    grant("history", reviews="SELECT, INSERT, UPDATE", scheduler="SELECT")
    grant("fact", reviews="SELECT, INSERT, UPDATE (withdrawn_at, withdrawn_because)")
    grant("deadline", reviews="SELECT, INSERT, UPDATE", scheduler="SELECT, UPDATE (alarms, next_alarm_at)")
    grant("breach", reviews="SELECT, UPDATE (withdrawn_at, withdrawn_because)", scheduler="SELECT, INSERT")


def create_histories() -> None:
    op.create_table(
        "history",
        sa.Column("authority_id", sa.Text, sa.ForeignKey("authority.authority_id"), primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("child_id", sa.Uuid),
        sa.CheckConstraint("kind IN ('care_period', 'escalation')", name="history_kind_known"),
    )


def create_facts() -> None:
    op.create_table(
        "fact",
        sa.Column("authority_id", sa.Text, primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("history_id", sa.Uuid, nullable=False),
        sa.Column("child_id", sa.Uuid),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("record_id", sa.Uuid, nullable=False),
        sa.Column("happened_on", sa.Date, nullable=False),
        sa.Column("happened_at", INSTANT),
        sa.Column("codes", JSONB, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("withdrawn_at", INSTANT),
        sa.Column("withdrawn_because", sa.Text),
        sa.ForeignKeyConstraint(["authority_id", "history_id"], ["history.authority_id", "history.id"]),
    )
    op.create_index("fact_history", "fact", ["authority_id", "history_id"])
    op.create_index("fact_child", "fact", ["authority_id", "child_id", "happened_on"])
    op.create_index(
        "fact_once_per_record",
        "fact",
        ["authority_id", "record_id", "kind"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )


def create_deadlines() -> None:
    op.create_table(
        "deadline",
        sa.Column("authority_id", sa.Text, primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("history_id", sa.Uuid, nullable=False),
        sa.Column("child_id", sa.Uuid),
        sa.Column("timescale", sa.Text, nullable=False),
        sa.Column("anchor_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("starts_at", INSTANT),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("provisional", sa.Boolean, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("closed_on", sa.Date),
        sa.Column("closed_by", sa.Text),
        sa.Column("reason", JSONB, nullable=False),
        sa.Column("historic", sa.Boolean, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("alarms", ARRAY(INSTANT), nullable=False),
        sa.Column("next_alarm_at", INSTANT),
        sa.ForeignKeyConstraint(["authority_id", "history_id"], ["history.authority_id", "history.id"]),
        sa.CheckConstraint(
            "outcome IN ('open', 'met', 'met_late', 'ended', 'ended_unmet', 'withdrawn')",
            name="deadline_outcome_known",
        ),
    )
    op.create_index("deadline_history", "deadline", ["authority_id", "history_id"])
    op.create_index("deadline_child", "deadline", ["authority_id", "child_id"])
    op.create_index(
        "deadline_next_alarm",
        "deadline",
        ["authority_id", "next_alarm_at"],
        postgresql_where=sa.text("next_alarm_at IS NOT NULL"),
    )
    # The sweep's index must stay easy to read from its low end, so dead rows are cleared early.
    op.execute("ALTER TABLE deadline SET (autovacuum_vacuum_scale_factor = 0.01, fillfactor = 90)")


def create_breaches() -> None:
    op.create_table(
        "breach",
        sa.Column("authority_id", sa.Text, primary_key=True),
        sa.Column("deadline_id", sa.Uuid, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("historic", sa.Boolean, nullable=False),
        sa.Column("withdrawn_at", INSTANT),
        sa.Column("withdrawn_because", sa.Text),
        sa.ForeignKeyConstraint(["authority_id", "deadline_id"], ["deadline.authority_id", "deadline.id"]),
        sa.CheckConstraint("recorded_at >= due_at", name="no_breach_before_it_is_due"),
    )


def downgrade() -> None:
    for table in ("breach", "deadline", "fact", "history"):
        op.drop_table(table)
