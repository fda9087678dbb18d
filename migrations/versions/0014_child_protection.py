"""Conferences, protection plans, core groups and pre-proceedings."""

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
