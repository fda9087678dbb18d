"""Rows told in bulk, what became of each, and withdrawals that came before what they withdraw."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from migrations.protection import grant, protect

revision = "0017"
down_revision = "0016"

INSTANT = sa.DateTime(timezone=True)
OUTCOMES = "'created', 'changed', 'unchanged', 'superseded', 'withdrawn', 'rejected'"
TABLES = ("tombstone", "bulk_import_row", "bulk_import")


def upgrade() -> None:
    create_imports()
    create_rows()
    op.create_table(
        "tombstone",
        sa.Column("authority_id", sa.Text, sa.ForeignKey("authority.authority_id"), primary_key=True),
        sa.Column("record", sa.Text, primary_key=True),
        sa.Column("reference", sa.Text, primary_key=True),
        sa.Column("source_order", sa.BigInteger, nullable=False),
        sa.Column("because", sa.Text, nullable=False),
    )
    for table in TABLES:
        protect(table)
    grant("bulk_import", reviews="SELECT, INSERT, UPDATE")
    grant("bulk_import_row", reviews="SELECT, INSERT, UPDATE (body, outcome, code, pointer, message)")
    grant("tombstone", reviews="SELECT, INSERT, UPDATE (source_order)")


def create_imports() -> None:
    counts = ("done", "accepted", "unchanged", "superseded", "rejected")
    op.create_table(
        "bulk_import",
        sa.Column("authority_id", sa.Text, sa.ForeignKey("authority.authority_id"), primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.Column("dry_run", sa.Boolean, nullable=False),
        sa.Column("rows", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in counts),
        sa.Column("finished_at", INSTANT),
        sa.CheckConstraint(
            "done = accepted + unchanged + superseded + rejected AND done <= rows", name="bulk_import_adds_up"
        ),
    )
    unfinished = sa.text("finished_at IS NULL")
    op.create_index(
        "bulk_import_unfinished", "bulk_import", ["authority_id", "id"], postgresql_where=unfinished
    )


def create_rows() -> None:
    op.create_table(
        "bulk_import_row",
        sa.Column("authority_id", sa.Text, primary_key=True),
        sa.Column("import_id", sa.Uuid, primary_key=True),
        sa.Column("line", sa.Integer, primary_key=True),
        sa.Column("turn", sa.Integer, nullable=False),
        sa.Column("record", sa.Text),
        sa.Column("reference", sa.Text),
        sa.Column("withdrawal", sa.Boolean, nullable=False),
        sa.Column("body", JSONB(none_as_null=True)),
        sa.Column("outcome", sa.Text),
        sa.Column("code", sa.Text),
        sa.Column("pointer", sa.Text),
        sa.Column("message", sa.Text),
        sa.ForeignKeyConstraint(
            ["authority_id", "import_id"], ["bulk_import.authority_id", "bulk_import.id"]
        ),
        sa.CheckConstraint(f"outcome IN ({OUTCOMES})", name="bulk_import_row_outcome_known"),
        sa.CheckConstraint("(outcome = 'rejected') = (code IS NOT NULL)", name="bulk_import_row_rejection"),
        sa.CheckConstraint("(outcome IS NULL) = (body IS NOT NULL)", name="bulk_import_row_body_forgotten"),
    )
    op.create_index(
        "bulk_import_row_outcome", "bulk_import_row", ["authority_id", "import_id", "outcome", "line"]
    )
    waiting = sa.text("outcome IS NULL")
    op.create_index(
        "bulk_import_row_turn",
        "bulk_import_row",
        ["authority_id", "import_id", "turn"],
        postgresql_where=waiting,
    )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
