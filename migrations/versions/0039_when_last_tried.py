"""When a subscription at which nothing arrives was last tried: what Duecare could not send, by a fault of its own or
while it stood still, says nothing of the receiver.

Of those at which nothing arrives already nobody knows it: they count as tried when a scheduler first looks at them.
"""

import sqlalchemy as sa
from alembic import op

from migrations.protection import grant

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    op.add_column("subscription", sa.Column("tried_at", sa.TIMESTAMP(timezone=True)))
    grant("subscription", scheduler="UPDATE (tried_at)", auditor="SELECT (tried_at)")


def downgrade() -> None:
    op.drop_column("subscription", "tried_at")
