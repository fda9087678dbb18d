"""The whole law: other histories, what a deadline was before, pauses and exemptions, and proclaimed days."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from migrations.protection import grant, protect

revision = "0009"
down_revision = "0008"

INSTANT = sa.DateTime(timezone=True)
HISTORIES = (
    "care_period", "protection", "child_in_need", "missing_episode", "court", "private_fostering", "leaving_care",
    "officer", "escalation",
)  # fmt: skip
OUTCOMES = ("open", "met", "met_late", "ended", "ended_unmet", "passed", "waived", "withdrawn")
HISTORY = (["authority_id", "history_id"], ["history.authority_id", "history.id"])


# Reviews now tell when they are planned for, and children when they were born. What is held already is told here,
# council by council, as row-level security holds for the tables' owner too.
TELL_WHAT_RECORDS_HOLD = """
    DO $$ DECLARE council text; BEGIN
        FOR council IN SELECT authority_id FROM authority LOOP
            PERFORM set_config('duecare.authority', council, true);
            INSERT INTO fact (authority_id, id, history_id, child_id, kind, record_id, happened_on, codes, recorded_at)
            SELECT council, gen_random_uuid(), care_period_id, child_id, 'review.scheduled', id, scheduled_on, '{}',
                   statement_timestamp()
            FROM review
            WHERE authority_id = council AND scheduled_on IS NOT NULL AND status <> 'cancelled';
            INSERT INTO fact (authority_id, id, history_id, child_id, kind, record_id, happened_on, codes, recorded_at)
            SELECT council, gen_random_uuid(), h.id, c.id, 'child.born', c.id, c.date_of_birth, '{}',
                   statement_timestamp()
            FROM child c JOIN history h ON h.authority_id = council AND h.child_id = c.id
            WHERE c.authority_id = council AND h.kind = 'care_period'
              AND c.date_of_birth IS NOT NULL;
        END LOOP;
        PERFORM set_config('duecare.authority', '', true);
    END $$
"""


def upgrade() -> None:
    widen_histories()
    widen_deadlines()
    create_revisions()
    create_calendar_days()
    create_history_records()
    create_reported_facts()
    create_exemptions()
    protect_and_grant()
    op.add_column("review", sa.Column("cancelled_on", sa.Date))
    op.execute(TELL_WHAT_RECORDS_HOLD)


def widen_histories() -> None:
    op.drop_constraint("history_kind_known", "history")
    op.create_check_constraint("history_kind_known", "history", _one_of("kind", HISTORIES))
    op.add_column("history", sa.Column("law", sa.Text))
    # One record may tell the same kind of fact to several histories: a birth, to all of a child's.
    op.drop_index("fact_once_per_record", "fact")
    op.create_index(
        "fact_once_per_record",
        "fact",
        ["authority_id", "record_id", "kind", "history_id"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    # Facts lie in the order in which they were told, so this small index finds what was told since a day.
    op.create_index("fact_recorded", "fact", ["authority_id", "recorded_at"], postgresql_using="brin")


def widen_deadlines() -> None:
    op.add_column("deadline", sa.Column("passing", sa.Text, nullable=False, server_default="breach"))
    op.add_column("deadline", sa.Column("law", sa.Text, nullable=False, server_default=""))
    op.create_check_constraint(
        "deadline_passing_known", "deadline", _one_of("passing", ("breach", "agreement", "mark"))
    )
    op.drop_constraint("deadline_outcome_known", "deadline")
    op.create_check_constraint("deadline_outcome_known", "deadline", _one_of("outcome", OUTCOMES))
    # What runs is a small part of what has been, and all of it is looked at when the calendar changes.
    op.create_index(
        "deadline_running",
        "deadline",
        ["authority_id", "history_id"],
        postgresql_where=sa.text("outcome = 'open'"),
    )


def create_revisions() -> None:
    op.create_table(
        "deadline_revision",
        sa.Column("authority_id", sa.Text, primary_key=True),
        sa.Column("deadline_id", sa.Uuid, primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("starts_at", INSTANT),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("provisional", sa.Boolean, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("closed_on", sa.Date),
        sa.Column("closed_by", sa.Text),
        sa.Column("reason", JSONB, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("superseded_at", INSTANT, nullable=False),
        sa.Column("superseded_because", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["authority_id", "deadline_id"], ["deadline.authority_id", "deadline.id"]),
        sa.CheckConstraint(
            _one_of("superseded_because", ("facts", "calendar", "law")), name="revision_reason_known"
        ),
    )


def create_calendar_days() -> None:
    op.create_table(
        "calendar_day",
        sa.Column("authority_id", sa.Text, sa.ForeignKey("authority.authority_id"), primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("on", sa.Date, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("announced_on", sa.Date, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("instead_of", sa.Date),
        sa.Column("known_from", sa.Date, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("recorded_by", sa.Text, nullable=False),
        sa.Column("withdrawn_on", sa.Date),
        sa.Column("withdrawn_because", sa.Text),
        sa.Column("moved_through", sa.Uuid),
        sa.Column("moved_at", INSTANT),
        sa.CheckConstraint('extract(isodow FROM "on") < 6', name="calendar_day_is_a_weekday"),
    )
    op.create_index(
        "calendar_day_once",
        "calendar_day",
        ["authority_id", "on"],
        unique=True,
        postgresql_where=sa.text("withdrawn_on IS NULL"),
    )


def create_history_records() -> None:
    record(
        "history_record",
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("child_id", sa.Uuid),
        sa.Column("officer", sa.Text),
        sa.ForeignKeyConstraint(["authority_id", "id"], ["history.authority_id", "history.id"]),
        sa.ForeignKeyConstraint(["authority_id", "child_id"], ["child.authority_id", "child.id"]),
        sa.CheckConstraint("(child_id IS NULL) <> (officer IS NULL)", name="history_is_of_one"),
    )
    op.create_index("history_record_child", "history_record", ["authority_id", "child_id"])


def create_reported_facts() -> None:
    record(
        "reported_fact",
        sa.Column("history_id", sa.Uuid, nullable=False),
        sa.Column("child_id", sa.Uuid),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("about", sa.Text),
        sa.Column("record_id", sa.Uuid, nullable=False),
        sa.Column("happened_on", sa.Date, nullable=False),
        sa.Column("happened_at", INSTANT),
        sa.Column("codes", JSONB, nullable=False),
        sa.Column("withdrawn_at", INSTANT),
        sa.Column("withdrawn_because", sa.Text),
        sa.ForeignKeyConstraint(*HISTORY),
    )
    op.create_index("reported_fact_history", "reported_fact", ["authority_id", "history_id"])


def create_exemptions() -> None:
    record(
        "exemption",
        sa.Column("deadline_id", sa.Uuid, nullable=False),
        sa.Column("history_id", sa.Uuid, nullable=False),
        sa.Column("child_id", sa.Uuid),
        sa.Column("timescale", sa.Text, nullable=False),
        sa.Column("anchor_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("granted_on", sa.Date, nullable=False),
        sa.Column("granted_at", INSTANT, nullable=False),
        sa.Column("from_on", sa.Date),
        sa.Column("until_on", sa.Date),
        sa.Column("because", sa.Text, nullable=False),
        sa.Column("approved_by", sa.Text, nullable=False),
        sa.Column("withdrawn_at", INSTANT),
        sa.Column("withdrawn_because", sa.Text),
        sa.ForeignKeyConstraint(*HISTORY),
        sa.ForeignKeyConstraint(["authority_id", "deadline_id"], ["deadline.authority_id", "deadline.id"]),
        sa.CheckConstraint(_one_of("kind", ("pause", "extension", "waiver")), name="exemption_kind_known"),
        sa.CheckConstraint("(kind = 'pause') = (from_on IS NOT NULL)", name="pause_has_its_first_day"),
        sa.CheckConstraint("(kind = 'waiver') = (until_on IS NULL)", name="all_but_waivers_have_a_last_day"),
        sa.CheckConstraint("until_on >= from_on", name="pause_ends_after_it_begins"),
    )
    op.create_index("exemption_deadline", "exemption", ["authority_id", "deadline_id"])


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


def protect_and_grant() -> None:
    """The scheduler owns the calendar, so it may work deadlines out anew: it reads facts, and never a record."""
    for table in ("deadline_revision", "calendar_day", "history_record", "reported_fact", "exemption"):
        protect(table)
    grant("deadline_revision", reviews="SELECT, INSERT", scheduler="SELECT, INSERT")
    grant("calendar_day", reviews="SELECT", scheduler="SELECT, INSERT, UPDATE")
    for table in ("history_record", "reported_fact", "exemption"):
        grant(table, reviews="SELECT, INSERT, UPDATE")
    grant("fact", scheduler="SELECT")
    grant("history", scheduler="UPDATE (law)")
    grant("deadline", scheduler="INSERT, UPDATE")
    grant("breach", scheduler="UPDATE (withdrawn_at, withdrawn_because)")


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def downgrade() -> None:
    """Rows of the new kinds have no place in the older schema: they must be gone before this is run."""
    for table in ("exemption", "reported_fact", "history_record", "calendar_day", "deadline_revision"):
        op.drop_table(table)
    op.execute("REVOKE INSERT, UPDATE ON deadline FROM duecare_scheduler")
    op.execute("GRANT UPDATE (alarms, next_alarm_at) ON deadline TO duecare_scheduler")
    op.execute("REVOKE SELECT ON fact FROM duecare_scheduler")
    op.execute("REVOKE UPDATE (law) ON history FROM duecare_scheduler")
    op.execute("REVOKE UPDATE (withdrawn_at, withdrawn_because) ON breach FROM duecare_scheduler")
    op.drop_index("deadline_running", "deadline")
    op.drop_constraint("deadline_outcome_known", "deadline")
    op.create_check_constraint(
        "deadline_outcome_known", "deadline", _one_of("outcome", (*OUTCOMES[:5], "withdrawn"))
    )
    op.drop_column("review", "cancelled_on")
    op.drop_column("deadline", "law")
    op.drop_column("deadline", "passing")
    op.drop_index("fact_recorded", "fact")
    op.drop_index("fact_once_per_record", "fact")
    op.create_index(
        "fact_once_per_record",
        "fact",
        ["authority_id", "record_id", "kind"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.drop_column("history", "law")
    op.drop_constraint("history_kind_known", "history")
    op.create_check_constraint("history_kind_known", "history", "kind IN ('care_period', 'escalation')")
