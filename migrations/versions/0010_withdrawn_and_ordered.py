"""Every record can be withdrawn as a mistake, and knows the latest of its source's versions."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

RECORDS = ("child", "care_period", "allocation", "review", "midpoint_check", "history_record")
WITHDRAWN_BEFORE = ("reported_fact", "exemption")


def upgrade() -> None:
    for table in RECORDS:
        op.add_column(table, sa.Column("withdrawn_at", sa.DateTime(timezone=True)))
        op.add_column(table, sa.Column("withdrawn_because", sa.Text))
        op.create_check_constraint(
            f"{table}_withdrawn_with_a_reason", table, "(withdrawn_at IS NULL) = (withdrawn_because IS NULL)"
        )
    for table in RECORDS + WITHDRAWN_BEFORE:
        op.add_column(table, sa.Column("source_order", sa.BigInteger))


def downgrade() -> None:
    for table in RECORDS + WITHDRAWN_BEFORE:
        op.drop_column(table, "source_order")
    for table in RECORDS:
        op.drop_constraint(f"{table}_withdrawn_with_a_reason", table)
        op.drop_column(table, "withdrawn_because")
        op.drop_column(table, "withdrawn_at")
