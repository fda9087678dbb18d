"""The record that reviews_api owns: children, care periods, allocations, reviews, midpoint checks."""

import sqlalchemy as sa
from alembic import op

from migrations.protection import grant, protect

revision = "0005"
down_revision = "0004"

INSTANT = sa.DateTime(timezone=True)
CHILD = (["authority_id", "child_id"], ["child.authority_id", "child.id"])
CARE_PERIOD = (["authority_id", "care_period_id"], ["care_period.authority_id", "care_period.id"])
TABLES = ("child", "care_period", "allocation", "review", "midpoint_check")


def upgrade() -> None:
    record(
        "child",
        sa.Column("display_name", sa.Text),
        sa.Column("date_of_birth", sa.Date),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.authority_id"]),
    )
    record(
        "care_period",
        sa.Column("child_id", sa.Uuid, nullable=False),
        sa.Column("started_on", sa.Date, nullable=False),
        sa.Column("iro_notified_at", INSTANT),
        sa.Column("ended_on", sa.Date),
        sa.Column("end_reason", sa.Text),
        sa.Column("source", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(*CHILD),
        sa.CheckConstraint("ended_on >= started_on", name="care_period_ends_after_it_starts"),
    )
    record(
        "allocation",
        sa.Column("child_id", sa.Uuid, nullable=False),
        sa.Column("care_period_id", sa.Uuid, nullable=False),
        sa.Column("officer", sa.Text, nullable=False),
        sa.Column("allocated_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT),
        sa.ForeignKeyConstraint(*CARE_PERIOD),
        sa.CheckConstraint("ended_at >= allocated_at", name="allocation_ends_after_it_starts"),
    )
    create_reviews()
    record(
        "midpoint_check",
        sa.Column("child_id", sa.Uuid, nullable=False),
        sa.Column("care_period_id", sa.Uuid, nullable=False),
        sa.Column("officer", sa.Text, nullable=False),
        sa.Column("completed_on", sa.Date, nullable=False),
        sa.Column("finding", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(*CARE_PERIOD),
    )
    op.create_index("care_period_child", "care_period", ["authority_id", "child_id"])
    op.create_index("allocation_officer", "allocation", ["authority_id", "officer"])
    for table in ("allocation", "review", "midpoint_check"):
        op.create_index(f"{table}_care_period", table, ["authority_id", "care_period_id"])
    for table in TABLES:
        protect(table)
        grant(table, reviews="SELECT, INSERT, UPDATE")
    op.execute("GRANT SELECT (authority_id, id, reference) ON child TO duecare_escalation")


def create_reviews() -> None:
    record(
        "review",
        sa.Column("child_id", sa.Uuid, nullable=False),
        sa.Column("care_period_id", sa.Uuid, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("scheduled_on", sa.Date),
        sa.Column("held_on", sa.Date),
        sa.Column("participation", sa.Text),
        sa.Column("cancelled_because", sa.Text),
        sa.Column("source", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(*CARE_PERIOD),
        sa.CheckConstraint("status IN ('planned', 'held', 'cancelled')", name="review_status_known"),
        sa.CheckConstraint("(status = 'held') = (held_on IS NOT NULL)", name="held_review_has_its_date"),
        sa.CheckConstraint("participation ~ '^PN[0-7]$'", name="participation_is_a_903_code"),
    )


def record(table: str, *columns: sa.schema.SchemaItem) -> None:
    """A table of records that the case system names by its own reference."""
    op.create_table(
        table,
        sa.Column("authority_id", sa.Text, primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("reference", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        *columns,
        sa.UniqueConstraint("authority_id", "reference", name=f"{table}_reference"),
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
