"""Workers, their supervision and observation, conflicts of interest, and all that an allocation knows."""

import sqlalchemy as sa
from alembic import op

from migrations.protection import grant, protect

revision = "0011"
down_revision = "0010"

INSTANT = sa.DateTime(timezone=True)
ROLES = (
    "'iro', 'cp_chair', 'cin_iro', 'iro_manager', 'social_worker', 'team_manager', 'senior_manager', "
    "'business_support'"
)
KINDS = "'one_to_one', 'informal', 'peer_group'"
OBSERVED = "'review', 'conference', 'midpoint_check', 'child_seen', 'record'"
CONFLICTS = (
    "'line_managed_by_case_team', 'own_caseload', 'manages_case', 'controls_resources', 'relative', "
    "'personal_acquaintance'"
)
REASONS = (
    "'new_in_care', 'new_to_service', 'leaver', 'cover', 'caseload', 'conflict_of_interest', 'child_asked', "
    "'with_siblings'"
)
END_REASONS = (
    "'care_ended', 'plan_ended', 'transferred', 'leaver', 'cover', 'cover_ended', 'caseload', "
    "'conflict_of_interest', 'child_asked', 'with_siblings'"
)
SIBLING_REASONS = (
    "'conflict_between_siblings', 'child_asked', 'placed_far_apart', 'cover', 'conflict_of_interest'"
)
CHILD = (["authority_id", "child_id"], ["child.authority_id", "child.id"])
WORKER = (["authority_id", "worker_id"], ["worker.authority_id", "worker.id"])
TABLES = ("worker", "supervision", "practice_observation", "conflict")
NEW = ("role", "notified_at", "reason", "end_reason", "sibling_reason", "until_on")
CHECKS = {
    "allocation_role_known": "role IN ('iro', 'cp_chair', 'cin_iro')",
    "allocation_reason_known": f"reason IN ({REASONS})",
    "allocation_end_reason_known": f"end_reason IN ({END_REASONS})",
    "allocation_sibling_reason_known": f"sibling_reason IN ({SIBLING_REASONS})",
    "allocation_end_reason_with_an_end": "end_reason IS NULL OR ended_at IS NOT NULL",
    "reviewing_officer_is_of_a_care_period": "role <> 'iro' OR care_period_id IS NOT NULL",
}


def upgrade() -> None:
    create_workers()
    create_support()
    create_conflicts()
    widen_allocations()
    op.add_column("child", sa.Column("family", sa.Text))
    op.create_index("child_family", "child", ["authority_id", "family"])
    for table in TABLES:
        protect(table)
        grant(table, reviews="SELECT, INSERT, UPDATE")


def create_workers() -> None:
    record(
        "worker",
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("team", sa.Text),
        sa.Column("fte", sa.Numeric(3, 2), nullable=False),
        sa.Column("started_on", sa.Date, nullable=False),
        sa.Column("left_on", sa.Date),
        sa.Column("subject", sa.Text),
        sa.Column("display_name", sa.Text),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.authority_id"]),
        sa.CheckConstraint(f"role IN ({ROLES})", name="worker_role_known"),
        sa.CheckConstraint("fte > 0 AND fte <= 1", name="worker_fte_is_a_share"),
        sa.CheckConstraint("left_on >= started_on", name="worker_leaves_after_they_start"),
    )
    op.create_index("worker_team", "worker", ["authority_id", "team", "id"])
    op.create_index("worker_role", "worker", ["authority_id", "role", "id"])


def create_support() -> None:
    record(
        "supervision",
        sa.Column("worker_id", sa.Uuid, nullable=False),
        sa.Column("supervisor", sa.Text, nullable=False),
        sa.Column("held_on", sa.Date, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(*WORKER),
        sa.CheckConstraint(f"kind IN ({KINDS})", name="supervision_kind_known"),
    )
    record(
        "practice_observation",
        sa.Column("worker_id", sa.Uuid, nullable=False),
        sa.Column("observer", sa.Text, nullable=False),
        sa.Column("made_on", sa.Date, nullable=False),
        sa.Column("observed", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(*WORKER),
        sa.CheckConstraint(f"observed IN ({OBSERVED})", name="practice_observed_known"),
    )
    for table in ("supervision", "practice_observation"):
        op.create_index(f"{table}_worker", table, ["authority_id", "worker_id", "id"])


def create_conflicts() -> None:
    record(
        "conflict",
        sa.Column("child_id", sa.Uuid, nullable=False),
        sa.Column("officer", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("declared_on", sa.Date, nullable=False),
        sa.ForeignKeyConstraint(*CHILD),
        sa.CheckConstraint(f"reason IN ({CONFLICTS})", name="conflict_reason_known"),
    )
    op.create_index("conflict_child", "conflict", ["authority_id", "child_id"])
    op.create_index("conflict_officer", "conflict", ["authority_id", "officer", "id"])


def widen_allocations() -> None:
    op.add_column("allocation", sa.Column("role", sa.Text, nullable=False, server_default="iro"))
    op.add_column("allocation", sa.Column("notified_at", INSTANT))
    for column in ("reason", "end_reason", "sibling_reason"):
        op.add_column("allocation", sa.Column(column, sa.Text))
    op.add_column("allocation", sa.Column("until_on", sa.Date))
    op.alter_column("allocation", "care_period_id", nullable=True)
    op.create_foreign_key(
        "allocation_child_fkey", "allocation", "child", ["authority_id", "child_id"], ["authority_id", "id"]
    )
    for name, condition in CHECKS.items():
        op.create_check_constraint(name, "allocation", condition)
    op.create_index("allocation_child", "allocation", ["authority_id", "child_id", "id"])
    op.create_index("allocation_role", "allocation", ["authority_id", "role", "id"])


def record(table: str, *columns: sa.schema.SchemaItem) -> None:
    """A table of records that the case system names by its own reference."""
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
    op.drop_index("child_family", "child")
    op.drop_column("child", "family")
    op.execute("DELETE FROM allocation WHERE care_period_id IS NULL")
    op.drop_index("allocation_role", "allocation")
    op.drop_index("allocation_child", "allocation")
    for name in CHECKS:
        op.drop_constraint(name, "allocation")
    op.drop_constraint("allocation_child_fkey", "allocation")
    op.alter_column("allocation", "care_period_id", nullable=False)
    for column in NEW:
        op.drop_column("allocation", column)
    for table in reversed(TABLES):
        op.drop_table(table)
