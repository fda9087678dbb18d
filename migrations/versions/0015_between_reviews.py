"""What happens between reviews: midpoint checks in full, care planning meetings, visits, and other milestones."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from migrations.protection import grant, protect

revision = "0015"
down_revision = "0014"

INSTANT = sa.DateTime(timezone=True)
CHILD = (["authority_id", "child_id"], ["child.authority_id", "child.id"])
CARE_PERIOD = (["authority_id", "care_period_id"], ["care_period.authority_id", "care_period.id"])
HISTORY = (["authority_id", "history_id"], ["history.authority_id", "history.id"])
TABLES = ("care_planning_meeting", "visit", "milestone")
LISTS = ("looked_at", "drifted", "done")


def upgrade() -> None:
    widen_midpoint_checks()
    create_meetings()
    create_visits()
    create_milestones()
    for table in TABLES:
        protect(table)
        grant(table, reviews="SELECT, INSERT, UPDATE")


def widen_midpoint_checks() -> None:
    """A check may be a conference chair's, be planned first, or not take place."""
    table = "midpoint_check"
    for column in ("care_period_id", "completed_on", "finding"):
        op.alter_column(table, column, nullable=True)
    op.add_column(table, sa.Column("protection_id", sa.Uuid))
    op.add_column(table, sa.Column("status", sa.Text, nullable=False, server_default="completed"))
    op.alter_column(table, "status", server_default=None)
    op.add_column(table, sa.Column("planned_on", sa.Date))
    op.add_column(table, sa.Column("cancelled_on", sa.Date))
    op.add_column(table, sa.Column("cancelled_because", sa.Text))
    for name in LISTS:
        op.add_column(table, sa.Column(name, JSONB, nullable=False, server_default="[]"))
        op.alter_column(table, name, server_default=None)
    op.create_foreign_key(
        "midpoint_check_protection",
        table,
        "history",
        ["authority_id", "protection_id"],
        ["authority_id", "id"],
    )
    for name, holds in CHECKS.items():
        op.create_check_constraint(name, table, holds)
    op.create_index("midpoint_check_child", table, ["authority_id", "child_id", "id"])
    op.create_index("midpoint_check_officer", table, ["authority_id", "officer", "id"])
    op.create_index("midpoint_check_day", table, ["authority_id", "completed_on"])


CHECKS = {
    "midpoint_check_of_one_history": "num_nonnulls(care_period_id, protection_id) = 1",
    "midpoint_check_status_known": "status IN ('planned', 'completed', 'cancelled')",
    "midpoint_check_finding_known": "finding IN ('on_track', 'drift')",
    "completed_check_has_its_date": "(status = 'completed') = (completed_on IS NOT NULL)",
    "completed_check_has_its_finding": "(completed_on IS NULL) = (finding IS NULL)",
    "cancelled_check_has_its_reason": "(status = 'cancelled') = (cancelled_because IS NOT NULL)",
    "cancelled_check_has_its_date": "(cancelled_because IS NULL) = (cancelled_on IS NULL)",
    "midpoint_check_lists_are_lists": " AND ".join(f"jsonb_typeof({name}) = 'array'" for name in LISTS),
    "only_drift_drifted": "finding = 'drift' OR drifted = '[]'",
}


def create_meetings() -> None:
    record(
        "care_planning_meeting",
        sa.Column("child_id", sa.Uuid, nullable=False),
        sa.Column("care_period_id", sa.Uuid, nullable=False),
        sa.Column("held_on", sa.Date, nullable=False),
        sa.Column("decisions_recorded", sa.Boolean, nullable=False),
        sa.Column("minutes_on_record", sa.Boolean, nullable=False),
        sa.Column("plan_completed_on", sa.Date),
        sa.Column("plan_updated_on", sa.Date),
        sa.ForeignKeyConstraint(*CHILD),
        sa.ForeignKeyConstraint(*CARE_PERIOD),
    )
    dated("care_planning_meeting", "held_on")


def create_visits() -> None:
    record(
        "visit",
        sa.Column("child_id", sa.Uuid, nullable=False),
        sa.Column("history_id", sa.Uuid),
        sa.Column("worker", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("visited_on", sa.Date, nullable=False),
        sa.Column("mode", sa.Text, nullable=False),
        sa.Column("seen", sa.Boolean, nullable=False),
        sa.Column("seen_alone", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(*CHILD),
        sa.ForeignKeyConstraint(*HISTORY),
        sa.CheckConstraint(
            "role IN ('iro', 'social_worker', 'cp_chair', 'personal_adviser')", name="visit_role_known"
        ),
        sa.CheckConstraint("kind IN ('visit', 'telephone', 'other_contact')", name="visit_kind_known"),
        sa.CheckConstraint("mode IN ('in_person', 'virtual')", name="visit_mode_known"),
        sa.CheckConstraint("seen_alone IN ('yes', 'no', 'not_appropriate')", name="visit_seen_alone_known"),
        sa.CheckConstraint("seen OR seen_alone <> 'yes'", name="seen_alone_is_seen"),
        sa.CheckConstraint(
            "role <> 'social_worker' OR history_id IS NOT NULL", name="social_workers_visit_has_its_history"
        ),
    )
    dated("visit", "visited_on")


def create_milestones() -> None:
    record(
        "milestone",
        sa.Column("child_id", sa.Uuid, nullable=False),
        sa.Column("history_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("completed_on", sa.Date, nullable=False),
        sa.Column("codes", JSONB, nullable=False),
        sa.ForeignKeyConstraint(*CHILD),
        sa.ForeignKeyConstraint(*HISTORY),
        sa.CheckConstraint(
            "kind IN ('health_assessment', 'education_plan', 'care_plan', 'care_plan_update', "
            "'pathway_needs_assessment', 'pathway_plan', 'pathway_plan_review')",
            name="milestone_kind_known",
        ),
    )
    dated("milestone", "completed_on")


def record(table: str, *columns: sa.schema.SchemaItem) -> None:
    """A table of records that the case system names by its own reference, and can withdraw."""
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


def dated(table: str, day: str) -> None:
    """Listed newest first, of one child or of all."""
    op.create_index(f"{table}_child_day", table, ["authority_id", "child_id", day, "id"])
    op.create_index(f"{table}_day", table, ["authority_id", day, "id"])


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    table = "midpoint_check"
    op.execute("DELETE FROM midpoint_check WHERE status <> 'completed' OR care_period_id IS NULL")
    for name in ("day", "officer", "child"):
        op.drop_index(f"{table}_{name}", table)
    for name in reversed(CHECKS):
        op.drop_constraint(name, table)
    op.drop_constraint("midpoint_check_protection", table)
    for name in (*LISTS, "cancelled_because", "cancelled_on", "planned_on", "status", "protection_id"):
        op.drop_column(table, name)
    for column in ("finding", "completed_on", "care_period_id"):
        op.alter_column(table, column, nullable=False)
