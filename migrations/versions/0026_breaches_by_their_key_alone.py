"""Whether a breach stands is answered by the key alone: a caseload asks it of a thousand deadlines at once."""

from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.execute(
        "CREATE UNIQUE INDEX breach_key ON breach (authority_id, deadline_id, version) INCLUDE (withdrawn_at)"
    )
    op.execute("ALTER TABLE breach DROP CONSTRAINT breach_pkey")
    op.execute("ALTER TABLE breach ADD CONSTRAINT breach_pkey PRIMARY KEY USING INDEX breach_key")


def downgrade() -> None:
    op.drop_constraint("breach_pkey", "breach")
    op.create_primary_key("breach_pkey", "breach", ["authority_id", "deadline_id", "version"])
