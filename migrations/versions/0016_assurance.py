"""Samples, audits, checklists and surveys."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from migrations.protection import grant, protect

revision = "0016"
down_revision = "0015"

INSTANT = sa.DateTime(timezone=True)
AUTHORITY = (["authority_id"], ["authority.authority_id"])
CHILD = (["authority_id", "child_id"], ["child.authority_id", "child.id"])
REVIEW = (["authority_id", "review_id"], ["review.authority_id", "review.id"])
CHECKLIST = (["authority_id", "checklist_id"], ["checklist.authority_id", "checklist.id"])
VERSION = (
    ["authority_id", "checklist_id", "checklist_version"],
    ["checklist_version.authority_id", "checklist_version.checklist_id", "checklist_version.version"],
)
SAMPLE = (["authority_id", "dip_sample_id"], ["dip_sample.authority_id", "dip_sample.id"])
TABLES = (
    "dip_sample",
    "dip_sample_child",
    "audit",
    "checklist",
    "checklist_version",
    "checklist_answer",
    "survey",
)


def upgrade() -> None:
    create_dip_samples()
    create_audits()
    create_checklists()
    create_checklist_answers()
    create_surveys()
    for table in TABLES:
        protect(table)
    for table in set(TABLES) - {"checklist_version"}:
        grant(table, reviews="SELECT, INSERT, UPDATE")
    grant("checklist_version", reviews="SELECT, INSERT")


def create_dip_samples() -> None:
    record(
        "dip_sample",
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("drawn_on", sa.Date, nullable=False),
        sa.Column("population", sa.Text, nullable=False),
        sa.Column("officer", sa.Text),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("seed", sa.BigInteger, nullable=False),
        sa.Column("whole", sa.Boolean, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("draw", sa.Integer, nullable=False),
        sa.Column("drawn_from", sa.Integer, nullable=False),
        sa.Column("closed_on", sa.Date),
        sa.ForeignKeyConstraint(*AUTHORITY),
        sa.CheckConstraint(
            "population IN ('in_care', 'on_protection_plan')", name="dip_sample_population_known"
        ),
        sa.CheckConstraint("state IN ('drawn', 'answering', 'closed')", name="dip_sample_state_known"),
        sa.CheckConstraint("(state = 'closed') = (closed_on IS NOT NULL)", name="closed_sample_has_its_date"),
        sa.CheckConstraint("size >= 1 AND drawn_from >= 1", name="dip_sample_of_somebody"),
    )
    op.create_table(
        "dip_sample_child",
        sa.Column("authority_id", sa.Text, primary_key=True),
        sa.Column("dip_sample_id", sa.Uuid, primary_key=True),
        sa.Column("draw", sa.Integer, primary_key=True),
        sa.Column("child_id", sa.Uuid, primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("answer", sa.Text),
        sa.Column("findings", JSONB, nullable=False),
        sa.Column("answered_at", INSTANT),
        sa.Column("answered_by", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(*SAMPLE),
        sa.ForeignKeyConstraint(*CHILD),
        sa.UniqueConstraint(
            "authority_id", "dip_sample_id", "draw", "position", name="dip_sample_child_position"
        ),
        sa.CheckConstraint("answer IN ('yes', 'no', 'not_applicable')", name="dip_sample_answer_known"),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL) = (answered_by IS NULL)",
            name="dip_sample_answer_has_who_and_when",
        ),
    )
    op.create_index("dip_sample_drawn", "dip_sample", ["authority_id", "drawn_on"])
    op.create_index("dip_sample_child_child", "dip_sample_child", ["authority_id", "child_id"])


def create_audits() -> None:
    record(
        "audit",
        sa.Column("child_id", sa.Uuid, nullable=False),
        sa.Column("auditor", sa.Text, nullable=False),
        sa.Column("scope", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("planned_on", sa.Date),
        sa.Column("done_on", sa.Date),
        sa.Column("grade", sa.Text),
        sa.Column("findings", JSONB, nullable=False),
        sa.Column("actions", JSONB, nullable=False),
        sa.Column("next_action_due_on", sa.Date),
        sa.Column("actions_closed_on", sa.Date),
        sa.ForeignKeyConstraint(*CHILD),
        sa.CheckConstraint("state IN ('planned', 'done', 'actions_closed')", name="audit_state_known"),
        sa.CheckConstraint(
            "grade IN ('outstanding', 'good', 'requires_improvement', 'inadequate')", name="audit_grade_known"
        ),
        sa.CheckConstraint("(state = 'planned') = (done_on IS NULL)", name="audit_done_has_its_date"),
        sa.CheckConstraint("(done_on IS NULL) = (grade IS NULL)", name="audit_done_has_its_grade"),
        sa.CheckConstraint(
            "(state = 'actions_closed') = (actions_closed_on IS NOT NULL)", name="audit_closed_has_its_date"
        ),
    )
    op.create_index("audit_child", "audit", ["authority_id", "child_id"])
    op.create_index("audit_done", "audit", ["authority_id", "done_on"])
    op.create_index(
        "audit_action_due",
        "audit",
        ["authority_id", "next_action_due_on"],
        postgresql_where=sa.text("next_action_due_on IS NOT NULL"),
    )


def create_checklists() -> None:
    record(
        "checklist",
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("items", JSONB, nullable=False),
        sa.ForeignKeyConstraint(*AUTHORITY),
    )
    op.create_table(
        "checklist_version",
        sa.Column("authority_id", sa.Text, primary_key=True),
        sa.Column("checklist_id", sa.Uuid, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("items", JSONB, nullable=False),
        sa.ForeignKeyConstraint(*CHECKLIST),
    )


def create_checklist_answers() -> None:
    record(
        "checklist_answer",
        sa.Column("checklist_id", sa.Uuid, nullable=False),
        sa.Column("checklist_version", sa.Integer, nullable=False),
        sa.Column("child_id", sa.Uuid, nullable=False),
        sa.Column("review_id", sa.Uuid),
        sa.Column("answered_on", sa.Date, nullable=False),
        sa.Column("answers", JSONB, nullable=False),
        sa.ForeignKeyConstraint(*VERSION),
        sa.ForeignKeyConstraint(*CHILD),
        sa.ForeignKeyConstraint(*REVIEW),
    )
    op.create_index(
        "checklist_answer_latest",
        "checklist_answer",
        ["authority_id", "checklist_id", "child_id", "answered_on"],
    )
    op.create_index("checklist_answer_child", "checklist_answer", ["authority_id", "child_id"])


def create_surveys() -> None:
    record(
        "survey",
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("from_on", sa.Date, nullable=False),
        sa.Column("until_on", sa.Date, nullable=False),
        sa.Column("asked", sa.Integer, nullable=False),
        sa.Column("returned", sa.Integer, nullable=False),
        sa.Column("questions", JSONB, nullable=False),
        sa.ForeignKeyConstraint(*AUTHORITY),
        sa.CheckConstraint("until_on >= from_on", name="survey_ends_after_it_starts"),
        sa.CheckConstraint("returned BETWEEN 0 AND asked", name="survey_returned_of_those_asked"),
    )
    op.create_index("survey_run", "survey", ["authority_id", "from_on"])


def record(table: str, *columns: sa.schema.SchemaItem) -> None:
    """A table of records that are named by the caller's own reference, and can be withdrawn."""
    op.create_table(
        table,
        sa.Column("authority_id", sa.Text, primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("reference", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("withdrawn_at", INSTANT),
        sa.Column("withdrawn_because", sa.Text),
        sa.Column("source_order", sa.BigInteger),
        *columns,
        sa.UniqueConstraint("authority_id", "reference", name=f"{table}_reference"),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_because IS NULL)", name=f"{table}_withdrawn_with_a_reason"
        ),
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
