"""Which children are restricted is asked with every request of whoever may not see them all."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_index("child_restricted", "child", ["authority_id"], postgresql_where=sa.text("restricted"))


def downgrade() -> None:
    op.drop_index("child_restricted", "child")
