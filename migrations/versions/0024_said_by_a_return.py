"""Which records of child protection are known from a return, and not from the case system."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

TABLES = ("strategy_discussion", "conference", "protection_plan")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("source", sa.Text))


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, "source")
