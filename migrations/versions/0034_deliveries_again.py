"""Replays, consumers that pull, where in the feed a subscription began to be told, and an index of what died.

Of a subscription from before, what it was first told of says where it began; one that was never told of anything
begins at the head of its feed.
"""

import sqlalchemy as sa
from alembic import op

from migrations.protection import grant, protect

revision = "0034"
down_revision = "0033"

INSTANT = sa.DateTime(timezone=True)
SUBSCRIPTION = (["authority_id", "subscription_id"], ["subscription.authority_id", "subscription.id"])
# Row-level security is forced on the owner too: one council after the other.
BEGAN = """
    DO $$
    DECLARE council text;
    BEGIN
        FOR council IN SELECT authority_id FROM authority LOOP
            PERFORM set_config('duecare.authority', council, true);
            UPDATE subscription s SET told_after = coalesce(
                (SELECT min(d.position) - 1 FROM delivery d
                 WHERE d.authority_id = council AND d.subscription_id = s.id),
                (SELECT h.position FROM feed_head h WHERE h.authority_id = council), 0)
            WHERE s.authority_id = council;
        END LOOP;
        PERFORM set_config('duecare.authority', '', true);
    END $$
"""


def upgrade() -> None:
    op.add_column("subscription", sa.Column("told_after", sa.BigInteger, nullable=False, server_default="0"))
    op.execute(BEGAN)
    grant("subscription", scheduler="UPDATE (told_after)", auditor="SELECT (told_after)")
    op.create_index(
        "delivery_dead",
        "delivery",
        ["authority_id", "position", "subscription_id"],
        postgresql_where=sa.text("state = 'dead'"),
    )
    create_replays()
    create_consumers()


def create_replays() -> None:
    op.create_table(
        "replay",
        sa.Column("authority_id", sa.Text, sa.ForeignKey("authority.authority_id"), primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("subscription_id", sa.Uuid, nullable=False),
        sa.Column("after", sa.BigInteger, nullable=False),
        sa.Column("until", sa.BigInteger, nullable=False),
        sa.Column("historic", sa.Boolean, nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("asked_by", sa.Text, nullable=False),
        sa.Column("reached", sa.BigInteger, nullable=False),
        sa.Column("events", sa.BigInteger, nullable=False),
        sa.Column("finished_at", INSTANT),
        sa.ForeignKeyConstraint(*SUBSCRIPTION),
        sa.CheckConstraint('"after" <= reached AND reached <= "until"', name="replay_within_bounds"),
    )
    op.create_index("replay_of", "replay", ["authority_id", "subscription_id", "id"])
    op.create_index(
        "replay_under_way", "replay", ["authority_id", "id"], postgresql_where=sa.text("finished_at IS NULL")
    )
    protect("replay")
    grant("replay", scheduler="SELECT, INSERT, UPDATE (reached, events, finished_at)")


def create_consumers() -> None:
    op.create_table(
        "consumer",
        sa.Column("authority_id", sa.Text, sa.ForeignKey("authority.authority_id"), primary_key=True),
        sa.Column("reference", sa.Text, primary_key=True),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("said_at", INSTANT, nullable=False),
        sa.Column("said_by", sa.Text, nullable=False),
    )
    protect("consumer")
    grant("consumer", scheduler="SELECT, INSERT, UPDATE (position, said_at, said_by), DELETE")


def downgrade() -> None:
    op.drop_table("consumer")
    op.drop_table("replay")
    op.drop_index("delivery_dead")
    op.drop_column("subscription", "told_after")
