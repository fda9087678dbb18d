"""What looks for one delivery, in whatever state, finds it by its key and not by going through all of its subscription:
to a planner who knows little of the subscription both indexes seemed alike, and PostgreSQL's own check of each attempt
went through all that waited.

Positions begin at 1. Whoever asks in their order says so, and is offered their index. What stands in the table is not
read through for that: a position is counted from 1 since there are any.
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"

COLUMNS = ["authority_id", "subscription_id", "position"]


def upgrade() -> None:
    op.create_check_constraint(
        "delivery_position_begins_at_1", "delivery", "position > 0", postgresql_not_valid=True
    )
    op.drop_index("delivery_position")
    op.create_index(
        "delivery_position", "delivery", COLUMNS, unique=True, postgresql_where=sa.text("position > 0")
    )


def downgrade() -> None:
    op.drop_index("delivery_position")
    op.create_index("delivery_position", "delivery", COLUMNS, unique=True)
    op.drop_constraint("delivery_position_begins_at_1", "delivery")
