"""A row of an import that was refused has another turn, as long as others get through that it may rest on."""

import sqlalchemy as sa
from alembic import op

from migrations.protection import grant

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.add_column("bulk_import_row", sa.Column("accepted_before", sa.Integer))
    grant("bulk_import_row", reviews="UPDATE (turn, accepted_before)")


def downgrade() -> None:
    op.drop_column("bulk_import_row", "accepted_before")
