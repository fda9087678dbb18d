"""All that a review knows: its series of meetings, its report and record, who took part, and its decisions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from migrations.protection import grant, protect

revision = "0013"
down_revision = "0012"

INSTANT = sa.DateTime(timezone=True)
DATES = (
    "postponed_from", "brought_forward_from", "invitations_sent_on", "report_received_on", "iro_spoke_on",
    "my_report_returned_on", "began_on", "adjourned_on", "decisions_issued_on", "decisions_answered_on",
    "record_completed_on", "record_distributed_on",
)  # fmt: skip
TEXTS = (
    "mode", "postponed_reason", "postponed_by", "brought_forward_reason", "adjourned_because", "late_reason",
    "decisions_answer", "cancelled_reason", "cancelled_by",
)  # fmt: skip
FLAGS = ("iro_spoke_alone", "my_report_returned")
STATUSES = ("planned", "under_way", "adjourned", "held", "cancelled")
CHECKS = {
    "review_mode_known": "mode IN ('in_person', 'virtual', 'hybrid')",
    "review_answer_known": "decisions_answer IN ('agreed', 'disagreed')",
    "review_reasons_are_codes": "concat(postponed_reason, brought_forward_reason, late_reason, cancelled_reason) "
    "~ '^[a-z_]*$'",
    "postponed_review_was_approved": "(postponed_from IS NULL) = (postponed_reason IS NULL) "
    "AND (postponed_from IS NULL) = (postponed_by IS NULL)",
    "review_brought_forward_with_a_reason": "(brought_forward_from IS NULL) = (brought_forward_reason IS NULL)",
    "review_answered_has_its_date": "decisions_answer IS NULL OR decisions_answered_on IS NOT NULL",
    "review_begins_with_its_first_meeting": "(began_on IS NULL) = (meetings = '[]'::jsonb)",
    "review_under_way_has_begun": "status <> 'under_way' OR began_on IS NOT NULL",
    "adjourned_review_has_its_date": "status <> 'adjourned' OR adjourned_on IS NOT NULL",
}

# What was reported about a review is now in its record; the facts told stay as they are.
MOVED = {
    "review.invitations_sent": "invitations_sent_on",
    "review.report_received": "report_received_on",
    "review.began": "began_on",
    "review.adjourned": "adjourned_on",
    "review.decisions_issued": "decisions_issued_on",
    "review.decisions_answered": "decisions_answered_on",
    "review.record_completed": "record_completed_on",
    "review.record_distributed": "record_distributed_on",
}
PICKED = ", ".join(
    f"max(happened_on) FILTER (WHERE kind = '{kind}') AS {name}" for kind, name in MOVED.items()
)
SET = ", ".join(f"{name} = told.{name}" for name in MOVED.values())
KINDS = ", ".join(f"'{kind}'" for kind in MOVED)
MOVE_WHAT_WAS_REPORTED = f"""
    DO $$ DECLARE council text; BEGIN
        FOR council IN SELECT authority_id FROM authority LOOP
            PERFORM set_config('duecare.authority', council, true);
            UPDATE review r SET {SET},
                meetings = CASE WHEN told.began_on IS NULL THEN '[]'::jsonb
                    ELSE jsonb_build_array(
                        jsonb_build_object('on', to_char(told.began_on, 'YYYY-MM-DD'), 'mode', NULL)) END,
                status = CASE WHEN r.status <> 'planned' THEN r.status
                    WHEN told.adjourned_on IS NOT NULL THEN 'adjourned'
                    WHEN told.began_on IS NOT NULL THEN 'under_way' ELSE r.status END
            FROM (SELECT record_id, {PICKED} FROM reported_fact
                  WHERE authority_id = council AND withdrawn_at IS NULL AND kind IN ({KINDS})
                  GROUP BY record_id) AS told
            WHERE r.authority_id = council AND r.id = told.record_id AND r.withdrawn_at IS NULL;
            DELETE FROM reported_fact f USING review r
            WHERE f.authority_id = council AND f.withdrawn_at IS NULL AND f.kind IN ({KINDS})
              AND r.authority_id = council AND r.id = f.record_id AND r.withdrawn_at IS NULL;
        END LOOP;
        PERFORM set_config('duecare.authority', '', true);
    END $$
"""  # noqa: S608 - our own words


def upgrade() -> None:
    widen_reviews()
    op.execute(MOVE_WHAT_WAS_REPORTED)
    for name, rule in CHECKS.items():
        op.create_check_constraint(name, "review", rule)
    create_decisions()


def widen_reviews() -> None:
    for name in DATES:
        op.add_column("review", sa.Column(name, sa.Date))
    for name in TEXTS:
        op.add_column("review", sa.Column(name, sa.Text))
    for name in FLAGS:
        op.add_column("review", sa.Column(name, sa.Boolean))
    op.add_column("review", sa.Column("meetings", JSONB, nullable=False, server_default="[]"))
    op.add_column("review", sa.Column("attended", JSONB, nullable=False, server_default="{}"))
    op.drop_constraint("review_status_known", "review")
    op.create_check_constraint("review_status_known", "review", _one_of("status", STATUSES))
    op.create_index("review_child", "review", ["authority_id", "child_id", "id"])
    op.create_index("review_status", "review", ["authority_id", "status", "id"])
    op.create_index("review_held", "review", ["authority_id", "held_on"])


def create_decisions() -> None:
    op.create_table(
        "review_decision",
        sa.Column("authority_id", sa.Text, primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("reference", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("withdrawn_at", INSTANT),
        sa.Column("withdrawn_because", sa.Text),
        sa.Column("source_order", sa.BigInteger),
        sa.Column("child_id", sa.Uuid, nullable=False),
        sa.Column("review_id", sa.Uuid, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("due_on", sa.Date),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("started_on", sa.Date),
        sa.Column("done_on", sa.Date),
        sa.Column("dropped_because", sa.Text),
        sa.Column("carried_from_id", sa.Uuid),
        sa.UniqueConstraint("authority_id", "reference", name="review_decision_reference"),
        sa.ForeignKeyConstraint(["authority_id", "review_id"], ["review.authority_id", "review.id"]),
        sa.ForeignKeyConstraint(["authority_id", "child_id"], ["child.authority_id", "child.id"]),
        sa.ForeignKeyConstraint(
            ["authority_id", "carried_from_id"], ["review_decision.authority_id", "review_decision.id"]
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_because IS NULL)", name="decision_withdrawn_with_a_reason"
        ),
        sa.CheckConstraint(
            _one_of("state", ("open", "in_progress", "done", "dropped")), name="decision_state_known"
        ),
        sa.CheckConstraint("(state = 'done') = (done_on IS NOT NULL)", name="decision_done_has_its_date"),
        sa.CheckConstraint(
            "(state = 'dropped') = (dropped_because IS NOT NULL)", name="decision_dropped_with_a_reason"
        ),
        sa.CheckConstraint("carried_from_id <> id", name="decision_is_not_carried_from_itself"),
    )
    for column in ("child_id", "review_id", "owner", "state", "carried_from_id"):
        name = f"review_decision_{column.removesuffix('_id')}"
        op.create_index(name, "review_decision", ["authority_id", column, "id"])
    op.create_index(
        "review_decision_undone",
        "review_decision",
        ["authority_id", "due_on"],
        postgresql_where=sa.text("state IN ('open', 'in_progress')"),
    )
    protect("review_decision")
    grant("review_decision", reviews="SELECT, INSERT, UPDATE")


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def downgrade() -> None:
    """Reviews under way or adjourned, and what was told about reviews, have no place in the older schema."""
    op.drop_table("review_decision")
    for name in CHECKS:
        op.drop_constraint(name, "review")
    for name in ("review_child", "review_status", "review_held"):
        op.drop_index(name, "review")
    op.drop_constraint("review_status_known", "review")
    op.create_check_constraint(
        "review_status_known", "review", _one_of("status", ("planned", "held", "cancelled"))
    )
    for name in (*DATES, *TEXTS, *FLAGS, "meetings", "attended"):
        op.drop_column("review", name)
