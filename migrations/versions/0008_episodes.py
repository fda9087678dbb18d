"""Episodes, as SSDA903 returns give them."""

import sqlalchemy as sa
from alembic import op

from migrations.protection import grant, protect

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "episode",
        sa.Column("authority_id", sa.Text, primary_key=True),
        sa.Column("child_id", sa.Uuid, primary_key=True),
        sa.Column("started_on", sa.Date, primary_key=True),
        sa.Column("ended_on", sa.Date),
        sa.Column("legal_status", sa.Text, nullable=False),
        sa.Column("placement", sa.Text, nullable=False),
        sa.Column("reason_new", sa.Text, nullable=False),
        sa.Column("reason_ended", sa.Text),
        sa.ForeignKeyConstraint(["authority_id", "child_id"], ["child.authority_id", "child.id"]),
        sa.CheckConstraint("ended_on >= started_on", name="episode_ends_after_it_starts"),
    )
    protect("episode")
    grant("episode", reviews="SELECT, INSERT, UPDATE")


def downgrade() -> None:
    op.drop_table("episode")
