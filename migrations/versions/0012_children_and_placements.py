"""Families, restricted children, records merged and split, placements and legal statuses."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from migrations.protection import grant, protect

revision = "0012"
down_revision = "0011"

INSTANT = sa.DateTime(timezone=True)
CARE_PERIOD = (["authority_id", "care_period_id"], ["care_period.authority_id", "care_period.id"])
STATUSES = ("C1", "C2", "D1", "E1", "V2", "V3", "V4", "J1", "J2", "J3", "L1", "L2", "L3")
TYPES = (
    "foster", "connected", "residential", "independent", "secure", "other", "parents_unassessed",
    "parents_interim_order", "parents_care_order", "temporary_connected",
)  # fmt: skip
TABLES = ("child_merge", "placement", "legal_status")
ADDED = ("expected_on", "team", "social_worker", "restricted", "restricted_to", "merged_into_id")


def upgrade() -> None:
    op.execute("ALTER TABLE child ADD COLUMN IF NOT EXISTS family text")
    grow_children()
    create_merges()
    create_placements()
    create_legal_statuses()
    for table in TABLES:
        protect(table)
    grant("child_merge", reviews="SELECT, INSERT")
    grant("placement", reviews="SELECT, INSERT, UPDATE")
    grant("legal_status", reviews="SELECT, INSERT, UPDATE")
    # Whose a fact is may turn out otherwise; what happened and when is never edited.
    grant("fact", reviews="UPDATE (child_id)")


def grow_children() -> None:
    op.add_column("child", sa.Column("expected_on", sa.Date))
    op.add_column("child", sa.Column("team", sa.Text))
    op.add_column("child", sa.Column("social_worker", sa.Text))
    op.add_column("child", sa.Column("restricted", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("child", sa.Column("restricted_to", JSONB, nullable=False, server_default="[]"))
    op.add_column("child", sa.Column("merged_into_id", sa.Uuid))
    op.create_foreign_key(
        "child_merged_into", "child", "child", ["authority_id", "merged_into_id"], ["authority_id", "id"]
    )
    op.create_check_constraint(
        "child_born_or_expected", "child", "date_of_birth IS NULL OR expected_on IS NULL"
    )
    op.create_check_constraint("child_is_not_merged_into_itself", "child", "merged_into_id <> id")
    for column in ("team", "social_worker"):
        op.create_index(f"child_{column}", "child", ["authority_id", column, "id"])


def create_merges() -> None:
    op.create_table(
        "child_merge",
        sa.Column("authority_id", sa.Text, primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("from_child_id", sa.Uuid, nullable=False),
        sa.Column("to_child_id", sa.Uuid, nullable=False),
        sa.Column("moved", JSONB, nullable=False),
        sa.Column("because", sa.Text, nullable=False),
        sa.Column("done_by", sa.Text, nullable=False),
        sa.Column("done_at", INSTANT, nullable=False),
        *(
            sa.ForeignKeyConstraint(["authority_id", column], ["child.authority_id", "child.id"])
            for column in ("from_child_id", "to_child_id")
        ),
        sa.CheckConstraint("kind IN ('merge', 'split')", name="child_merge_kind_known"),
    )
    for column in ("from_child_id", "to_child_id"):
        op.create_index(f"child_merge_{column}", "child_merge", ["authority_id", column])


def create_placements() -> None:
    record(
        "placement",
        sa.Column("started_on", sa.Date, nullable=False),
        sa.Column("ended_on", sa.Date),
        sa.Column("placement_type", sa.Text, nullable=False),
        sa.Column("placement_code", sa.Text),
        *(
            sa.Column(flag, sa.Boolean, nullable=False)
            for flag in ("unregistered", "unregulated", "out_of_area")
        ),
        sa.Column("distance_miles", sa.Float),
        sa.Column("intended_to_18", sa.Boolean),
        sa.Column("long_term_foster", sa.Boolean),
        sa.Column("fewer_visits_agreed", sa.Boolean),
        sa.Column("emergency", sa.Boolean),
        sa.Column("designated_on", sa.Date),
        sa.Column("designated_codes", JSONB, nullable=False),
        sa.Column("notified_on", sa.Date),
        sa.Column("plan_completed_on", sa.Date),
        sa.CheckConstraint(_one_of("placement_type", TYPES), name="placement_type_known"),
        sa.CheckConstraint("placement_code ~ '^[A-Z][0-9]{1,2}$'", name="placement_code_is_a_903_code"),
        sa.CheckConstraint("ended_on >= started_on", name="placement_ends_after_it_starts"),
        sa.CheckConstraint("distance_miles BETWEEN 0 AND 999.9", name="placement_distance_is_possible"),
        sa.CheckConstraint(
            "(designated_on IS NULL) = (designated_codes = '{}')", name="placement_designated_as_something"
        ),
    )


def create_legal_statuses() -> None:
    record(
        "legal_status",
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("from_on", sa.Date, nullable=False),
        sa.CheckConstraint(_one_of("status", STATUSES), name="legal_status_known"),
    )


def record(table: str, *columns: sa.schema.SchemaItem) -> None:
    """A table of records of a care period that the case system names by its own reference."""
    op.create_table(
        table,
        sa.Column("authority_id", sa.Text, primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("reference", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("withdrawn_at", INSTANT),
        sa.Column("withdrawn_because", sa.Text),
        sa.Column("source_order", sa.BigInteger),
        sa.Column("child_id", sa.Uuid, nullable=False),
        sa.Column("care_period_id", sa.Uuid, nullable=False),
        *columns,
        sa.ForeignKeyConstraint(*CARE_PERIOD),
        sa.ForeignKeyConstraint(["authority_id", "child_id"], ["child.authority_id", "child.id"]),
        sa.UniqueConstraint("authority_id", "reference", name=f"{table}_reference"),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_because IS NULL)", name=f"{table}_withdrawn_with_a_reason"
        ),
    )
    op.create_index(f"{table}_care_period", table, ["authority_id", "care_period_id"])
    op.create_index(f"{table}_child", table, ["authority_id", "child_id"])


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def downgrade() -> None:
    op.execute("REVOKE UPDATE (child_id) ON fact FROM duecare_reviews")
    for table in reversed(TABLES):
        op.drop_table(table)
    for constraint in ("child_born_or_expected", "child_is_not_merged_into_itself", "child_merged_into"):
        op.drop_constraint(constraint, "child")
    for column in reversed(ADDED):  # the indexes go with their columns; family is another migration's
        op.drop_column("child", column)
