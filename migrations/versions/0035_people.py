"""What people are told of by themselves: an address for a worker's digest, what digests were sent, and the links of
calendars.

A link's secret is nowhere: only the SHA-256 of it. A digest's address is nowhere but in the worker's record.
"""

import sqlalchemy as sa
from alembic import op

from migrations.protection import grant, protect

revision = "0035"
down_revision = "0034"

INSTANT = sa.DateTime(timezone=True)
WORKER = (["authority_id", "worker_id"], ["worker.authority_id", "worker.id"])
STATES = "'waiting', 'sent', 'empty', 'refused', 'given_up'"
# What a digest is put together from. Nothing that anybody wrote.
SEEN = {
    "worker": "role, subject, email, digest, started_on, left_on, withdrawn_at",
    "allocation": "care_period_id, ended_at",
    "care_period": "authority_id, id, ended_on, withdrawn_at",
    "escalation": "authority_id, id, state, team, raised_by, stage_id",
    "escalation_child": "authority_id, escalation_id, child_id",
    "escalation_response": "authority_id, id, escalation_id, stage_id, state, sent_at",
}


def upgrade() -> None:
    op.add_column("worker", sa.Column("email", sa.Text))
    op.add_column("worker", sa.Column("digest", sa.Boolean, nullable=False, server_default=sa.true()))
    create_links()
    create_digests()
    op.create_index("history_child", "history", ["authority_id", "child_id"])
    for table, columns in SEEN.items():
        grant(table, scheduler=f"SELECT ({columns})")


def create_links() -> None:
    op.create_table(
        "calendar_link",
        sa.Column("authority_id", sa.Text, primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("worker_id", sa.Uuid, nullable=False),
        sa.Column("secret_sha256", sa.LargeBinary, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.Column("revoked_at", INSTANT),
        sa.Column("revoked_by", sa.Text),
        sa.ForeignKeyConstraint(*WORKER),
        sa.UniqueConstraint("authority_id", "secret_sha256", name="calendar_link_secret"),
        sa.CheckConstraint("octet_length(secret_sha256) = 32", name="calendar_link_is_a_hash"),
    )
    op.create_index("calendar_link_worker", "calendar_link", ["authority_id", "worker_id", "id"])
    protect("calendar_link", auditor=False)
    grant("calendar_link", reviews="SELECT, INSERT, UPDATE (revoked_at, revoked_by)")
    grant(
        "calendar_link",
        auditor="SELECT (authority_id, id, worker_id, created_at, created_by, revoked_at, revoked_by)",
    )


def create_digests() -> None:
    op.create_table(
        "digest",
        sa.Column("authority_id", sa.Text, primary_key=True),
        sa.Column("worker_id", sa.Uuid, primary_key=True),
        sa.Column("digest_on", sa.Date, primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_attempt_at", INSTANT, nullable=False),
        sa.Column("claimed_until", INSTANT),
        sa.Column("sent_at", INSTANT),
        sa.Column("failure", sa.Text),
        sa.Column("status", sa.Integer),
        *(sa.Column(name, sa.Integer) for name in ("due", "overdue", "answered", "unanswered")),
        sa.ForeignKeyConstraint(*WORKER),
        sa.CheckConstraint(f"state IN ({STATES})", name="digest_state_known"),
        sa.CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="digest_sent_has_its_instant"),
    )
    waiting = sa.text("state = 'waiting'")
    op.create_index(
        "digest_waiting", "digest", ["authority_id", "digest_on", "next_attempt_at"], postgresql_where=waiting
    )
    protect("digest")
    grant("digest", scheduler="SELECT, INSERT, UPDATE")


def downgrade() -> None:
    for table, columns in SEEN.items():
        op.execute(f"REVOKE ALL ({columns}) ON {table} FROM duecare_scheduler")
    op.drop_index("history_child", "history")
    op.drop_table("digest")
    op.drop_table("calendar_link")
    op.drop_column("worker", "digest")
    op.drop_column("worker", "email")
