"""A worker's record says how their share of full time and their team were before: figures of then count by these."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.add_column("worker", sa.Column("earlier", JSONB, nullable=False, server_default="[]"))
    op.create_check_constraint("worker_earlier_is_a_list", "worker", "jsonb_typeof(earlier) = 'array'")


def downgrade() -> None:
    op.drop_column("worker", "earlier")
