"""Escalations: what was raised for a child, what is only suggested, and every step taken."""

import sqlalchemy as sa
from alembic import op

from migrations.protection import grant, protect

revision = "0006"
down_revision = "0005"

INSTANT = sa.DateTime(timezone=True)
CHILD = (["authority_id", "child_id"], ["child.authority_id", "child.id"])
DEADLINE = (["authority_id", "deadline_id"], ["deadline.authority_id", "deadline.id"])
ESCALATION = (["authority_id", "escalation_id"], ["escalation.authority_id", "escalation.id"])
CHANGES = "state, concern, raised_by, raised_at, outcome, resolved_at, version"


def upgrade() -> None:
    create_escalations()
    create_steps()
    for table in ("escalation", "escalation_step"):
        protect(table)
    grant("escalation", escalation=f"SELECT, INSERT, UPDATE ({CHANGES})")
    grant("escalation_step", escalation="SELECT, INSERT")


def create_escalations() -> None:
    op.create_table(
        "escalation",
        sa.Column("authority_id", sa.Text, primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("child_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("theme", sa.Text, nullable=False),
        sa.Column("concern", sa.Text),
        sa.Column("deadline_id", sa.Uuid),
        sa.Column("deadline_version", sa.Integer),
        sa.Column("timescale", sa.Text),
        sa.Column("due_on", sa.Date),
        sa.Column("reason", sa.Text),
        sa.Column("suggested_at", INSTANT),
        sa.Column("raised_by", sa.Text),
        sa.Column("raised_at", INSTANT),
        sa.Column("outcome", sa.Text),
        sa.Column("resolved_at", INSTANT),
        sa.Column("version", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(*CHILD),
        sa.ForeignKeyConstraint(*DEADLINE),
        *rules(),
    )
    op.create_index("escalation_child", "escalation", ["authority_id", "child_id", "id"])
    op.create_index("escalation_state", "escalation", ["authority_id", "state", "id"])
    op.create_index(
        "escalation_one_open_suggestion",
        "escalation",
        ["authority_id", "deadline_id"],
        unique=True,
        postgresql_where=sa.text("state = 'suggested'"),
    )


def rules() -> list[sa.Constraint]:
    """What holds of every escalation, whoever writes it."""
    return [
        sa.UniqueConstraint(
            "authority_id", "deadline_id", "deadline_version", name="escalation_once_per_breach"
        ),
        sa.CheckConstraint("kind IN ('informal_resolution')", name="escalation_kind_known"),
        sa.CheckConstraint(
            "state IN ('suggested', 'open', 'resolved', 'dismissed', 'lapsed')", name="escalation_state_known"
        ),
        sa.CheckConstraint(
            "num_nonnulls(deadline_id, deadline_version, timescale, due_on, reason, suggested_at) IN (0, 6)",
            name="suggestion_says_why",
        ),
        sa.CheckConstraint(
            "(raised_at IS NOT NULL) = (state IN ('open', 'resolved'))", name="suggestion_is_not_raised"
        ),
        sa.CheckConstraint("(raised_at IS NULL) = (raised_by IS NULL)", name="raised_by_somebody"),
        sa.CheckConstraint("raised_at IS NOT NULL OR suggested_at IS NOT NULL", name="raised_or_suggested"),
        sa.CheckConstraint("num_nonnulls(outcome, resolved_at) IN (0, 2)", name="outcome_has_its_instant"),
        sa.CheckConstraint(
            "(state = 'resolved') = (resolved_at IS NOT NULL)", name="resolved_has_its_outcome"
        ),
    ]


def create_steps() -> None:
    op.create_table(
        "escalation_step",
        sa.Column("authority_id", sa.Text, primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("escalation_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("verb", sa.Text, nullable=False),
        sa.Column("taken_by", sa.Text),
        sa.Column("taken_at", INSTANT, nullable=False),
        sa.Column("from_state", sa.Text),
        sa.Column("to_state", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.ForeignKeyConstraint(*ESCALATION),
        sa.UniqueConstraint("authority_id", "escalation_id", "version", name="escalation_step_in_order"),
    )


def downgrade() -> None:
    op.drop_table("escalation_step")
    op.drop_table("escalation")
