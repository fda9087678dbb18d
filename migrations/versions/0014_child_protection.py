"""Strategy discussions, conferences, protection plans, core groups and pre-proceedings."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from migrations.protection import grant, protect

revision = "0014"
down_revision = "0013"

INSTANT = sa.DateTime(timezone=True)
CHILD = (["authority_id", "child_id"], ["child.authority_id", "child.id"])
HISTORY = (["authority_id", "history_id"], ["history.authority_id", "history.id"])
CATEGORIES = ("NEG", "PHY", "SAB", "EMO", "MUL")
TABLES = (
    "strategy_discussion",
    "conference",
    "conference_child",
    "protection_plan",
    "core_group",
    "pre_proceedings",
)


def upgrade() -> None:
    create_strategy_discussions()
    create_conferences()
    create_children_at_conferences()
    create_plans()
    create_core_groups()
    create_pre_proceedings()
    for table in TABLES:
        protect(table)
        grant(table, reviews="SELECT, INSERT, UPDATE")


def create_strategy_discussions() -> None:
    record_of_child(
        "strategy_discussion",
        sa.Column("decided_at", INSTANT),
        sa.Column("held_on", sa.Date),
        sa.Column("held_at", INSTANT),
        sa.Column("section47", sa.Text),
        one_of("strategy_discussion", "section47", ("initiated", "continued", "not_initiated")),
        sa.CheckConstraint(
            "decided_at IS NOT NULL OR held_on IS NOT NULL", name="strategy_discussion_has_a_day"
        ),
        sa.CheckConstraint(
            "(held_on IS NULL) = (section47 IS NULL)", name="held_strategy_discussion_says_of_section47"
        ),
        sa.CheckConstraint(
            "held_at IS NULL OR held_on IS NOT NULL", name="strategy_discussion_held_on_a_day"
        ),
    )


def create_conferences() -> None:
    record(
        "conference",
        sa.Column("conference_type", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("chair", sa.Text),
        *(
            sa.Column(name, sa.Date)
            for name in (
                "requested_on",
                "notified_on",
                "accepted_on",
                "scheduled_on",
                "invitations_sent_on",
                "report_shared_on",
                "final_core_group_on",
                "held_on",
                "decisions_sent_on",
                "minutes_sent_on",
                "cancelled_on",
                "postponed_from",
            )
        ),
        *(
            sa.Column(name, sa.Text)
            for name in (
                "residence",
                "mode",
                "reports",
                "late_reason",
                "cancelled_because",
                "cancelled_by",
                "postponed_because",
                "postponed_by",
            )
        ),
        sa.Column("quorate", sa.Boolean),
        sa.Column("attended", JSONB, nullable=False),
        one_of("conference", "conference_type", ("initial", "review", "transfer_in")),
        one_of("conference", "status", ("requested", "planned", "held", "cancelled")),
        one_of("conference", "residence", ("permanent", "temporary")),
        one_of("conference", "mode", ("in_person", "virtual", "hybrid")),
        one_of("conference", "reports", ("available", "partly_available", "not_available")),
        sa.CheckConstraint("(status = 'held') = (held_on IS NOT NULL)", name="held_conference_has_its_date"),
        sa.CheckConstraint(
            "(status = 'cancelled') = (cancelled_on IS NOT NULL)", name="cancelled_conference_has_its_date"
        ),
        sa.CheckConstraint(
            "status <> 'planned' OR scheduled_on IS NOT NULL", name="planned_conference_has_its_date"
        ),
        sa.CheckConstraint(
            "conference_type = 'transfer_in' OR num_nonnulls(notified_on, accepted_on, residence) = 0",
            name="only_a_transfer_in_has_notice",
        ),
    )
    op.create_index("conference_held", "conference", ["authority_id", "held_on"])
    op.create_index("conference_chair", "conference", ["authority_id", "chair", "id"])


def create_children_at_conferences() -> None:
    op.create_table(
        "conference_child",
        sa.Column("authority_id", sa.Text, primary_key=True),
        sa.Column("conference_id", sa.Uuid, primary_key=True),
        sa.Column("child_id", sa.Uuid, primary_key=True),
        sa.Column("history_id", sa.Uuid, nullable=False),
        sa.Column("outcome", sa.Text),
        sa.Column("category", sa.Text),
        sa.Column("removed_at", INSTANT),
        sa.ForeignKeyConstraint(
            ["authority_id", "conference_id"], ["conference.authority_id", "conference.id"]
        ),
        sa.ForeignKeyConstraint(*CHILD),
        sa.ForeignKeyConstraint(*HISTORY),
        one_of(
            "conference_child",
            "outcome",
            ("plan", "no_plan", "plan_continued", "plan_ended", "undecided"),
        ),
        one_of("conference_child", "category", CATEGORIES),
        sa.CheckConstraint(
            "(category IS NOT NULL) = (coalesce(outcome, '') IN ('plan', 'plan_continued'))",
            name="a_plan_has_its_category",
        ),
    )
    op.create_index("conference_child_child", "conference_child", ["authority_id", "child_id"])


def create_plans() -> None:
    record_of_child(
        "protection_plan",
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("conference_id", sa.Uuid),
        sa.Column("started_on", sa.Date, nullable=False),
        sa.Column("ended_on", sa.Date),
        sa.Column("initial_category", sa.Text, nullable=False),
        sa.Column("latest_category", sa.Text, nullable=False),
        sa.Column("end_reason", sa.Text),
        sa.Column("previous_plans_elsewhere", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id", "conference_id"], ["conference.authority_id", "conference.id"]
        ),
        one_of("protection_plan", "status", ("running", "ended")),
        one_of("protection_plan", "initial_category", CATEGORIES),
        one_of("protection_plan", "latest_category", CATEGORIES),
        sa.CheckConstraint("ended_on > started_on", name="plan_ends_after_the_day_it_starts"),
        sa.CheckConstraint("(status = 'ended') = (ended_on IS NOT NULL)", name="ended_plan_has_its_date"),
        sa.CheckConstraint(
            "end_reason IS NULL OR ended_on IS NOT NULL", name="only_an_ended_plan_has_a_reason"
        ),
        sa.CheckConstraint("previous_plans_elsewhere BETWEEN 0 AND 99", name="plans_elsewhere_are_few"),
    )
    op.create_index("protection_plan_started", "protection_plan", ["authority_id", "started_on"])


def create_core_groups() -> None:
    record_of_child(
        "core_group",
        sa.Column("plan_id", sa.Uuid),
        sa.Column("held_on", sa.Date, nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id", "plan_id"], ["protection_plan.authority_id", "protection_plan.id"]
        ),
    )
    op.create_index("core_group_plan", "core_group", ["authority_id", "plan_id"])


def create_pre_proceedings() -> None:
    record_of_child(
        "pre_proceedings",
        *(
            sa.Column(name, sa.Date)
            for name in (
                "started_on",
                "letter_sent_on",
                "meeting_held_on",
                "ended_on",
                "issued_on",
                "concluded_on",
            )
        ),
        sa.Column("outcome", sa.Text),
        sa.CheckConstraint(
            "started_on IS NOT NULL OR issued_on IS NOT NULL", name="pre_proceedings_have_a_first_day"
        ),
        sa.CheckConstraint("ended_on >= started_on", name="pre_proceedings_end_after_they_start"),
        sa.CheckConstraint("concluded_on >= issued_on", name="proceedings_conclude_after_they_are_issued"),
    )


def record_of_child(table: str, *columns: sa.schema.SchemaItem) -> None:
    """A record of one child that tells one of the child's histories."""
    record(
        table,
        sa.Column("child_id", sa.Uuid, nullable=False),
        sa.Column("history_id", sa.Uuid, nullable=False),
        sa.ForeignKeyConstraint(*CHILD),
        sa.ForeignKeyConstraint(*HISTORY),
        *columns,
    )
    op.create_index(f"{table}_child", table, ["authority_id", "child_id"])


def record(table: str, *columns: sa.schema.SchemaItem) -> None:
    """A table of records that the case system names by its own reference, and may withdraw."""
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


def one_of(table: str, column: str, values: tuple[str, ...]) -> sa.CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=f"{table}_{column}_known")


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
