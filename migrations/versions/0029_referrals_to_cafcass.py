"""Referrals to Cafcass: the children they name, their steps, and the bundle as it was sent; what a bundle tells of."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from migrations.protection import grant, protect

revision = "0029"
down_revision = "0028"

INSTANT = sa.DateTime(timezone=True)
ESCALATION = (["authority_id", "escalation_id"], ["escalation.authority_id", "escalation.id"])
REFERRAL = (["authority_id", "referral_id"], ["cafcass_referral.authority_id", "cafcass_referral.id"])
STATES = (
    "'advice_sought', 'drafted', 'approval_asked', 'approved', 'referred', 'declined', 'acting', 'closed', "
    "'withdrawn'"
)
UNDER_WAY = "'advice_sought', 'drafted', 'approval_asked', 'approved', 'referred', 'acting'"
NOT_SENT = "'advice_sought', 'drafted', 'approval_asked', 'approved', 'withdrawn'"
RULES = {
    "referral_state_known": f"state IN ({STATES})",
    "sent_when_referred": f"(referred_at IS NULL) = (state IN ({NOT_SENT}))",
    "a_second_person_approves": "approved_by <> approval_asked_by",
    "approved_before_it_is_sent": "referred_at IS NULL OR NOT second_approver OR approved_by IS NOT NULL",
    "closed_with_an_outcome": "(state = 'closed') = (closed_at IS NOT NULL AND outcome IS NOT NULL)",
}
# Owned by reviews_api: what a bundle tells of them, and no more.
TOLD_OF = {
    "care_period": "authority_id, id, reference, child_id, started_on, ended_on, end_reason, withdrawn_at",
    "review": "status, scheduled_on, postponed_from, postponed_reason, cancelled_on, cancelled_reason, held_on, "
    "participation, decisions_issued_on, decisions_answered_on, decisions_answer, record_completed_on, "
    "record_distributed_on, withdrawn_at",
    "review_decision": "authority_id, id, child_id, review_id, what, owner, due_on, state, started_on, done_on, "
    "dropped_because, withdrawn_at",
    "midpoint_check": "status, planned_on, completed_on, finding, drifted, done, withdrawn_at",
}


def upgrade() -> None:
    create_referrals()
    create_children()
    create_steps()
    create_bundles()
    for table, columns in TOLD_OF.items():
        op.execute(f"GRANT SELECT ({columns}) ON {table} TO duecare_escalation")


def create_referrals() -> None:
    words = ("advice", "breach", "remedy", "impact", "timetable")
    people = ("approval_asked_by", "approved_by", "referred_by", "outcome")
    op.create_table(
        "cafcass_referral",
        sa.Column("authority_id", sa.Text, primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("escalation_id", sa.Uuid, nullable=False),
        sa.Column("second_approver", sa.Boolean, nullable=False),
        sa.Column("begun_by", sa.Text, nullable=False),
        sa.Column("begun_at", INSTANT, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("advice_sought_on", sa.Date),
        sa.Column("legal_advice_on", sa.Date),
        *(sa.Column(name, sa.Text) for name in words + people),
        *(sa.Column(name, INSTANT) for name in ("approved_at", "referred_at", "closed_at")),
        sa.Column("version", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(*ESCALATION),
        *(sa.CheckConstraint(rule, name=name) for name, rule in RULES.items()),
    )
    op.create_index(
        "cafcass_referral_one_under_way",
        "cafcass_referral",
        ["authority_id", "escalation_id"],
        unique=True,
        postgresql_where=sa.text(f"state IN ({UNDER_WAY})"),
    )
    op.create_index("cafcass_referral_of", "cafcass_referral", ["authority_id", "escalation_id", "id"])
    op.create_index("cafcass_referral_in_state", "cafcass_referral", ["authority_id", "state", "id"])
    protect("cafcass_referral")
    changing = ("state", "advice_sought_on", "legal_advice_on", *words, *people)
    dated = ("approved_at", "referred_at", "closed_at", "version")
    grant("cafcass_referral", escalation=f"SELECT, INSERT, UPDATE ({', '.join(changing + dated)})")


def create_children() -> None:
    op.create_table(
        "cafcass_child",
        sa.Column("authority_id", sa.Text, primary_key=True),
        sa.Column("referral_id", sa.Uuid, primary_key=True),
        sa.Column("child_id", sa.Uuid, primary_key=True),
        sa.Column("first_child_id", sa.Uuid),
        sa.Column("views", sa.Text),
        sa.Column("consent", sa.Text),
        sa.Column("advocate_offered", sa.Boolean),
        sa.Column("advocate", sa.Text),
        sa.ForeignKeyConstraint(*REFERRAL),
        sa.ForeignKeyConstraint(["authority_id", "child_id"], ["child.authority_id", "child.id"]),
        sa.CheckConstraint(
            "consent IN ('given', 'refused', 'not_sought', 'too_young')", name="consent_known"
        ),
    )
    op.create_index("cafcass_of_child", "cafcass_child", ["authority_id", "child_id"])
    protect("cafcass_child")
    grant("cafcass_child", escalation="SELECT, INSERT, UPDATE, DELETE")


def create_steps() -> None:
    op.create_table(
        "cafcass_step",
        sa.Column("authority_id", sa.Text, primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("referral_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("verb", sa.Text, nullable=False),
        sa.Column("taken_by", sa.Text, nullable=False),
        sa.Column("taken_at", INSTANT, nullable=False),
        sa.Column("from_state", sa.Text),
        sa.Column("to_state", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("happened_on", sa.Date),
        sa.ForeignKeyConstraint(*REFERRAL),
        sa.UniqueConstraint("authority_id", "referral_id", "version", name="cafcass_steps_in_order"),
    )
    protect("cafcass_step")
    grant("cafcass_step", escalation="SELECT, INSERT")


def create_bundles() -> None:
    op.create_table(
        "cafcass_bundle",
        sa.Column("authority_id", sa.Text, primary_key=True),
        sa.Column("referral_id", sa.Uuid, primary_key=True),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("document", "document_sha256", "page", "page_sha256")
        ),
        sa.Column("about", JSONB, nullable=False),
        sa.Column("sent_by", sa.Text, nullable=False),
        sa.Column("sent_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(*REFERRAL),
    )
    protect("cafcass_bundle")
    grant("cafcass_bundle", escalation="SELECT, INSERT")


def downgrade() -> None:
    for table, columns in TOLD_OF.items():
        op.execute(f"REVOKE SELECT ({columns}) ON {table} FROM duecare_escalation")  # noqa: S608 - our own names
    for table in ("cafcass_bundle", "cafcass_step", "cafcass_child", "cafcass_referral"):
        op.drop_table(table)
