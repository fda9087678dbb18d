"""Who is told of restricted children by webhook; and an attempt that failed by a fault of Duecare's own has an outcome
of its own.

The subscriptions of before go on to hear of every child: nobody knows any more whether their makers saw them all.
"""

import sqlalchemy as sa
from alembic import op

from migrations.protection import grant

revision = "0038"
down_revision = "0037"

KNOWN = ("delivered", "refused", "gone", "unreachable", "barred")


def upgrade() -> None:
    know(*KNOWN, "fault")
    add("subscription", "hears_restricted", of_before=True)
    grant("subscription", auditor="SELECT (hears_restricted)")
    add("outbox_event", "restricted", of_before=False)
    grant("outbox_event", scheduler="UPDATE (restricted)")


def downgrade() -> None:
    op.drop_column("outbox_event", "restricted")
    op.drop_column("subscription", "hears_restricted")
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


def add(table: str, column: str, *, of_before: bool) -> None:
    """A boolean that is `of_before` in the rows that there are, without writing them anew, and false in new ones."""
    op.add_column(table, sa.Column(column, sa.Boolean, nullable=False, server_default=str(of_before).lower()))
    op.alter_column(table, column, server_default="false")
