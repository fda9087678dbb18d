"""An attempt that failed by a fault of Duecare's own has an outcome of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"

KNOWN = ("delivered", "refused", "gone", "unreachable", "barred")


def upgrade() -> None:
    know(*KNOWN, "fault")


def downgrade() -> None:
    know(*KNOWN)


def know(*outcomes: str) -> None:
    # What stands in the table is not read through: there may be much of it, and all of it fits the longer list.
    op.drop_constraint("delivery_outcome_known", "delivery_attempt")
    op.create_check_constraint(
        "delivery_outcome_known",
        "delivery_attempt",
        sa.column("outcome").in_([sa.literal_column(f"'{each}'") for each in outcomes]),
        postgresql_not_valid=True,
    )
