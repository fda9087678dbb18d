"""Answers to escalations, what was promised in them, officers' notes, and the council's own themes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from migrations.protection import grant, protect

revision = "0028"
down_revision = "0027"

INSTANT = sa.DateTime(timezone=True)
ESCALATION = (["authority_id", "escalation_id"], ["escalation.authority_id", "escalation.id"])
TABLES = ("escalation_response", "escalation_promise", "escalation_note", "escalation_theme")


def upgrade() -> None:
    create_responses()
    create_promises()
    create_notes()
    create_themes()
    for table in TABLES:
        protect(table, auditor=table != "escalation_note")  # privileged
    for table in TABLES:
        grant(table, escalation="SELECT, INSERT" if table == "escalation_note" else "SELECT, INSERT, UPDATE")


def create_responses() -> None:
    op.create_table(
        "escalation_response",
        sa.Column("authority_id", sa.Text, primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("escalation_id", sa.Uuid, nullable=False),
        sa.Column("stage_id", sa.Uuid, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("promises", JSONB, nullable=False),
        sa.Column("drafted_by", sa.Text, nullable=False),
        sa.Column("drafted_at", INSTANT, nullable=False),
        sa.Column("sent_by", sa.Text),
        sa.Column("sent_at", INSTANT),
        sa.Column("decided_by", sa.Text),
        sa.Column("decided_at", INSTANT),
        sa.Column("decided_because", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(*ESCALATION),
        sa.ForeignKeyConstraint(
            ["authority_id", "stage_id"], ["escalation_stage.authority_id", "escalation_stage.id"]
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'sent', 'accepted', 'partly_accepted', 'rejected', 'passed_over', 'discarded')",
            name="escalation_response_state_known",
        ),
        sa.CheckConstraint(
            "(sent_at IS NULL) = (state IN ('draft', 'discarded'))", name="a_draft_is_not_sent"
        ),
    )
    op.create_index("escalation_response_of", "escalation_response", ["authority_id", "escalation_id", "id"])
    op.create_index(
        "escalation_response_one_waiting",
        "escalation_response",
        ["authority_id", "stage_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('draft', 'sent')"),
    )


def create_promises() -> None:
    op.create_table(
        "escalation_promise",
        sa.Column("authority_id", sa.Text, primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("escalation_id", sa.Uuid, nullable=False),
        sa.Column("response_id", sa.Uuid, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("by_whom", sa.Text),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("promised_at", INSTANT, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("done_on", sa.Date),
        sa.Column("dropped_on", sa.Date),
        sa.Column("ended_because", sa.Text),
        sa.Column("ended_by", sa.Text),
        sa.Column("plan_changed", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(*ESCALATION),
        sa.CheckConstraint("state IN ('promised', 'done', 'dropped')", name="promise_state_known"),
        sa.CheckConstraint("(state = 'done') = (done_on IS NOT NULL)", name="done_on_a_day"),
        sa.CheckConstraint("(state = 'dropped') = (dropped_on IS NOT NULL)", name="dropped_on_a_day"),
        sa.CheckConstraint("plan_changed IN ('yes', 'no', 'not_needed')", name="promise_plan_changed_known"),
    )
    op.create_index("escalation_promise_of", "escalation_promise", ["authority_id", "escalation_id", "id"])


def create_notes() -> None:
    op.create_table(
        "escalation_note",
        sa.Column("authority_id", sa.Text, primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("escalation_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("written_by", sa.Text, nullable=False),
        sa.Column("written_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(*ESCALATION),
        sa.CheckConstraint("kind IN ('private', 'legal_advice')", name="escalation_note_kind_known"),
    )
    op.create_index("escalation_note_of", "escalation_note", ["authority_id", "escalation_id", "id"])


def create_themes() -> None:
    op.create_table(
        "escalation_theme",
        sa.Column("authority_id", sa.Text, primary_key=True),
        sa.Column("code", sa.Text, primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("retired_at", INSTANT),
        sa.Column("changed_by", sa.Text, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
