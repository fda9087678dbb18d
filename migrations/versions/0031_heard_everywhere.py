"""What events are filtered by, who writes the feed, and what a subscription may be: narrowed, paused, failing, rotated.

The team and the officer of an event are those of its child as it gets its place; of events from before, they are
unknown.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

from migrations.protection import grant

revision = "0031"
down_revision = "0030"

INSTANT = sa.DateTime(timezone=True)
KNOWN_SCHEME = "scheme IN ('hmac', 'ed25519')"
SECRET = {"previous_secret"}


def added() -> dict[str, tuple[sa.Column[Any], ...]]:
    return {
        "outbox_event": (sa.Column("team", sa.Text), sa.Column("officer", sa.Text)),
        "feed_head": (
            sa.Column("epoch", sa.BigInteger, nullable=False, server_default="0"),
            sa.Column("writer", sa.Uuid),
            sa.Column("held_until", INSTANT),
        ),
        "subscription": (
            sa.Column("teams", ARRAY(sa.Text)),
            sa.Column("officers", ARRAY(sa.Text)),
            sa.Column("scheme", sa.Text, nullable=False, server_default="hmac"),
            sa.Column("public_key", sa.Text),
            sa.Column("previous_secret", sa.Text),
            sa.Column("previous_until", INSTANT),
            sa.Column("paused_at", INSTANT),
            sa.Column("paused_by", sa.Text),
            sa.Column("failing_since", INSTANT),
            sa.Column("warned_percent", sa.Integer, nullable=False, server_default="0"),
            sa.Column("acknowledged_position", sa.BigInteger),
            sa.Column("acknowledged_at", INSTANT),
            sa.Column("acknowledged_by", sa.Text),
        ),
        "delivery_attempt": (sa.Column("first_bytes", sa.Text),),
    }


def upgrade() -> None:
    for table, columns in added().items():
        for column in columns:
            op.add_column(table, column)
    op.create_check_constraint("subscription_scheme_known", "subscription", KNOWN_SCHEME)
    names = [column.name for column in added()["subscription"]]
    grant("outbox_event", scheduler="UPDATE (team, officer)")
    grant("subscription", scheduler=f"UPDATE (url, types, secret, {', '.join(names)})")
    grant("subscription", auditor=f"SELECT ({', '.join(name for name in names if name not in SECRET)})")
    grant("child", scheduler="SELECT (team)")
    grant(
        "allocation",
        scheduler="SELECT (authority_id, child_id, id, role, officer, allocated_at, withdrawn_at)",
    )
    grant("worker", scheduler="SELECT (authority_id, id, reference, team)")


def downgrade() -> None:
    op.execute("REVOKE SELECT (authority_id, id, reference, team) ON worker FROM duecare_scheduler")
    op.execute(
        "REVOKE SELECT (authority_id, child_id, id, role, officer, allocated_at, withdrawn_at) ON allocation "
        "FROM duecare_scheduler"
    )
    op.execute("REVOKE SELECT (team) ON child FROM duecare_scheduler")
    op.execute("REVOKE UPDATE (url, types, secret) ON subscription FROM duecare_scheduler")
    op.drop_constraint("subscription_scheme_known", "subscription")
    for table, columns in added().items():
        for column in columns:
            op.drop_column(table, column.name)
