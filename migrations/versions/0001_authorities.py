"""Authorities, and a role for each service."""

import sqlalchemy as sa
from alembic import op

from migrations.protection import ROLES, create_role

revision = "0001"
down_revision = None


def upgrade() -> None:
    for role in ROLES:
        create_role(role)
    op.create_table(
        "authority",
        sa.Column("authority_id", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.CheckConstraint("authority_id ~ '^[A-Za-z0-9_-]{1,32}$'", name="authority_id_is_a_code"),
    )
    op.execute("ALTER TABLE authority ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE authority FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY names_are_public ON authority FOR SELECT USING (true)")
    op.execute("CREATE POLICY migrator_adds ON authority FOR INSERT TO CURRENT_USER WITH CHECK (true)")
    op.execute(f"GRANT SELECT ON authority TO {', '.join(ROLES)}")
    op.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    op.execute(f"GRANT USAGE ON SCHEMA public TO {', '.join(ROLES)}")


def downgrade() -> None:
    op.drop_table("authority")
