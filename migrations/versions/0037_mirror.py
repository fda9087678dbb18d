"""How far the mirror in NATS has followed each feed, and which scheduler passes events on just now."""

import sqlalchemy as sa
from alembic import op

from migrations.protection import grant, protect

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    op.create_table(
        "mirror_cursor",
        sa.Column("authority_id", sa.Text, sa.ForeignKey("authority.authority_id"), primary_key=True),
        sa.Column("stream", sa.Text, primary_key=True),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("surplus", sa.BigInteger, nullable=False),
        sa.Column("incarnation", sa.Text),
        sa.Column("holder", sa.Uuid),
        sa.Column("held_until", sa.DateTime(timezone=True)),
    )
    protect("mirror_cursor")
    grant(
        "mirror_cursor",
        scheduler="SELECT, INSERT, UPDATE (position, surplus, incarnation, holder, held_until)",
    )


def downgrade() -> None:
    op.drop_table("mirror_cursor")
