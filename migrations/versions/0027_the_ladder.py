"""The ladder: what an escalation is about, the stages it has stood at, and its clocks."""

import sqlalchemy as sa
from alembic import op

from migrations.protection import grant, protect

revision = "0027"
down_revision = "0026"

INSTANT = sa.DateTime(timezone=True)
ESCALATION = (["authority_id", "escalation_id"], ["escalation.authority_id", "escalation.id"])
STATES = (
    "suggested",
    "open",
    "answered",
    "accepted",
    "partly_accepted",
    "rejected",
    "resolved",
    "partly_resolved",
    "withdrawn",
    "superseded",
    "recorded",
    "retracted",
    "dismissed",
    "lapsed",
)
NEVER_RAISED = "'suggested', 'dismissed', 'lapsed'"
RESOLVED = "'resolved', 'partly_resolved'"
UNDER_WAY = "'open', 'answered', 'accepted', 'partly_accepted', 'rejected'"
SHOWN_OF_EACH = ["kind", "state", "team", "theme", "raised_by", "ladder", "stage"]
NEW = {
    "ladder": sa.Text,
    "stage": sa.Text,
    "stage_id": sa.Uuid,
    "team": sa.Text,
    "severity": sa.Text,
    "asked_for": sa.Text,
    "needed_on": sa.Date,
    "arises_from": sa.Text,
    "arises_from_id": sa.Uuid,
    "raised_as": sa.Text,
    "formal_at": INSTANT,
    "settled_at": INSTANT,
    "closed_at": INSTANT,
    "plan_changed": sa.Text,
}
_OF_ONE = """EXISTS (
    SELECT FROM history h
    WHERE h.authority_id = {table}.authority_id AND h.id = {table}.history_id AND h.kind = 'escalation')"""
ITS_OWN = {
    "history": "kind = 'escalation'",
    "fact": _OF_ONE.format(table="fact"),
    "deadline": _OF_ONE.format(table="deadline"),
}
# Whether there is such a record, and whose it is, is all that an escalation asks of what it arises from.
ARISES_FROM = {
    "review": "authority_id, id, reference, child_id",
    "midpoint_check": "authority_id, id, reference, child_id",
    "conference": "authority_id, id, reference",
    "conference_child": "authority_id, conference_id, child_id",
}
OLD_RULES = {
    "escalation_kind_known": "kind IN ('informal_resolution')",
    "escalation_state_known": "state IN ('suggested', 'open', 'resolved', 'dismissed', 'lapsed')",
    "suggestion_is_not_raised": "(raised_at IS NOT NULL) = (state IN ('open', 'resolved'))",
    "raised_by_somebody": "(raised_at IS NULL) = (raised_by IS NULL)",
    "resolved_has_its_outcome": "(state = 'resolved') = (resolved_at IS NOT NULL)",
}

EACH_IS_ABOUT_ITS_CHILD = """
    DO $$ DECLARE council text; BEGIN
        FOR council IN SELECT authority_id FROM authority LOOP
            PERFORM set_config('duecare.authority', council, true);
            INSERT INTO escalation_child (authority_id, escalation_id, child_id, first_child_id)
            SELECT authority_id, id, child_id, first_child_id FROM escalation WHERE authority_id = council;
            UPDATE escalation SET closed_at = resolved_at, settled_at = resolved_at
            WHERE authority_id = council AND state = 'resolved';
        END LOOP;
        PERFORM set_config('duecare.authority', '', true);
    END $$
"""

NO_CLOCK_RUNS = """
    DO $$ DECLARE council text; BEGIN
        FOR council IN SELECT authority_id FROM authority LOOP
            PERFORM set_config('duecare.authority', council, true);
            UPDATE fact f SET withdrawn_at = now(), withdrawn_because = 'no_longer_so'
            FROM history h
            WHERE f.authority_id = council AND f.withdrawn_at IS NULL AND h.authority_id = council
              AND h.id = f.history_id AND h.kind = 'escalation';
        END LOOP;
        PERFORM set_config('duecare.authority', '', true);
    END $$
"""


def upgrade() -> None:
    widen_escalations()
    create_children()
    create_stages()
    widen_steps()
    let_escalations_have_clocks()


def widen_escalations() -> None:
    for name, kind in NEW.items():
        op.add_column("escalation", sa.Column(name, kind))
    op.alter_column("escalation", "child_id", nullable=True)
    for name in OLD_RULES:
        op.drop_constraint(name, "escalation")
    for name, rule in RULES.items():
        op.create_check_constraint(name, "escalation", rule)
    op.create_index(
        "escalation_under_way",
        "escalation",
        ["authority_id", "id"],
        postgresql_include=SHOWN_OF_EACH,  # so that those of years ago are not read for it
        postgresql_where=sa.text(f"state IN ({UNDER_WAY})"),
    )
    op.create_index("escalation_raised", "escalation", ["authority_id", "raised_at"])
    op.create_index(
        "escalation_waiting",
        "escalation",
        ["authority_id", "suggested_at"],
        postgresql_where=sa.text("state = 'suggested'"),
    )
    grant("escalation", escalation=f"UPDATE ({', '.join(NEW)}, kind)")


RULES = {
    "escalation_kind_known": "kind IN ('informal_resolution', 'practice_alert', 'good_practice')",
    "escalation_state_known": f"state IN ({', '.join(repr(each) for each in STATES)})",
    "suggestion_is_not_raised": f"(raised_at IS NULL) = (state IN ({NEVER_RAISED}))",
    "raised_by_somebody": "raised_by IS NULL OR raised_at IS NOT NULL",
    "resolved_has_its_outcome": f"(state IN ({RESOLVED})) = (resolved_at IS NOT NULL)",
    "under_way_is_not_closed": f"closed_at IS NULL OR state NOT IN ({UNDER_WAY})",
    "good_practice_climbs_nothing": "kind <> 'good_practice' OR num_nonnulls(ladder, stage, stage_id, formal_at) = 0",
    "severity_known": "severity IN ('low', 'medium', 'high')",
    "arises_from_known": "arises_from IN ('review', 'conference', 'midpoint_check', 'breach')",
    "arises_from_something": "(arises_from IS NULL) = (arises_from_id IS NULL)",
    "raised_as_known": "raised_as IN ('iro', 'cp_chair', 'cin_iro')",
    "plan_changed_known": "plan_changed IN ('yes', 'no', 'not_needed')",
}


def create_children() -> None:
    op.execute("ALTER INDEX escalation_child RENAME TO escalation_of_first_child")
    op.create_table(
        "escalation_child",
        sa.Column("authority_id", sa.Text, primary_key=True),
        sa.Column("escalation_id", sa.Uuid, primary_key=True),
        sa.Column("child_id", sa.Uuid, primary_key=True),
        sa.Column("first_child_id", sa.Uuid),
        sa.ForeignKeyConstraint(*ESCALATION),
        sa.ForeignKeyConstraint(["authority_id", "child_id"], ["child.authority_id", "child.id"]),
    )
    op.create_index("escalation_of_child", "escalation_child", ["authority_id", "child_id"])
    op.execute(EACH_IS_ABOUT_ITS_CHILD)
    protect("escalation_child")
    grant("escalation_child", escalation="SELECT, INSERT, UPDATE, DELETE", reviews="SELECT")


def create_stages() -> None:
    op.create_table(
        "escalation_stage",
        sa.Column("authority_id", sa.Text, primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("escalation_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("ladder", sa.Text, nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("formal", sa.Boolean, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("opened_by", sa.Text),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("answered_at", INSTANT),
        sa.Column("decided_at", INSTANT),
        sa.Column("accepted_at", INSTANT),
        sa.Column("closed_at", INSTANT),
        sa.ForeignKeyConstraint(*ESCALATION),
        sa.UniqueConstraint("authority_id", "escalation_id", "number", name="escalation_stage_in_order"),
        sa.CheckConstraint(
            "why IN ('raised', 'advanced', 'rejected', 'silence', 'asked_again', 'reopened', 'taken_over')",
            name="escalation_stage_why_known",
        ),
        sa.CheckConstraint(
            "decided_at IS NULL OR answered_at IS NOT NULL", name="only_an_answer_is_decided_on"
        ),
        sa.CheckConstraint("accepted_at IS NULL OR decided_at IS NOT NULL", name="accepting_is_deciding"),
    )
    protect("escalation_stage")
    dated = "answered_at, decided_at, accepted_at, closed_at"
    grant("escalation_stage", escalation=f"SELECT, INSERT, UPDATE ({dated})")


def widen_steps() -> None:
    """A step may be about a part of an escalation: an answer or a promise. `stage` is where it stood after it."""
    op.add_column("escalation_step", sa.Column("stage", sa.Text))
    op.add_column("escalation_step", sa.Column("about_id", sa.Uuid))
    op.add_column("escalation_step", sa.Column("due_on", sa.Date))


def let_escalations_have_clocks() -> None:
    """escalation_api tells facts of its own histories, and moves them with their child."""
    grant(
        "history",
        escalation="SELECT, INSERT, UPDATE (child_id, law)",
    )
    # What it may write there is of escalations, and of nothing else.
    for table, rule in ITS_OWN.items():
        for what in ("INSERT", "UPDATE"):
            rows = f"WITH CHECK ({rule})" if what == "INSERT" else f"USING ({rule}) WITH CHECK ({rule})"
            op.execute(
                f"CREATE POLICY escalations_alone_{what.lower()} ON {table} AS RESTRICTIVE FOR {what} "
                f"TO duecare_escalation {rows}"
            )
    grant("fact", escalation="SELECT, INSERT, UPDATE (child_id, withdrawn_at, withdrawn_because)")
    grant("deadline", escalation="SELECT, INSERT, UPDATE")
    grant("deadline_revision", escalation="SELECT, INSERT")
    grant("breach", escalation="SELECT, UPDATE (withdrawn_at, withdrawn_because)")
    grant("calendar_day", escalation="SELECT")
    op.execute("GRANT SELECT (team, family) ON child TO duecare_escalation")
    for table, columns in ARISES_FROM.items():
        op.execute(f"GRANT SELECT ({columns}) ON {table} TO duecare_escalation")


def downgrade() -> None:
    """What the older schema has no place for (other kinds and states, several children) must be gone before. The
    stages go, and with them what was told of them; `duecare rebuild` then ends their deadlines."""
    op.execute(NO_CLOCK_RUNS)
    for table, columns in ARISES_FROM.items():
        op.execute(f"REVOKE SELECT ({columns}) ON {table} FROM duecare_escalation")  # noqa: S608
    op.execute("REVOKE SELECT (team, family) ON child FROM duecare_escalation")
    for table in ITS_OWN:
        for what in ("insert", "update"):
            op.execute(f"DROP POLICY escalations_alone_{what} ON {table}")
    for table in ("calendar_day", "breach", "deadline_revision", "deadline", "fact", "history"):
        op.execute(f"REVOKE ALL ON {table} FROM duecare_escalation")
    op.execute("GRANT SELECT (authority_id, id, child_id) ON deadline TO duecare_escalation")
    for name in ("stage", "about_id", "due_on"):
        op.drop_column("escalation_step", name)
    op.drop_table("escalation_stage")
    op.drop_table("escalation_child")
    op.execute("ALTER INDEX escalation_of_first_child RENAME TO escalation_child")
    for index in ("escalation_waiting", "escalation_raised", "escalation_under_way"):
        op.drop_index(index, "escalation")
    for name in RULES:
        op.drop_constraint(name, "escalation")
    for name in NEW:
        op.drop_column("escalation", name)
    op.alter_column("escalation", "child_id", nullable=False)
    for name, rule in OLD_RULES.items():
        op.create_check_constraint(name, "escalation", rule)
