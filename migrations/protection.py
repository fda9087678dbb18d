"""The words in which a migration gives a table its wall and its grants."""

from alembic import op

ROLES = ("duecare_reviews", "duecare_escalation", "duecare_scheduler", "duecare_auditor")


def create_role(role: str) -> None:
    """Create a service's role if the server lacks it: roles belong to the server, not to one database."""
    op.execute(f"""
        DO $$ BEGIN
            CREATE ROLE {role} LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
        END $$
    """)
    op.execute(f"""
        DO $$ BEGIN
            IF NOT pg_has_role(current_user, '{role}', 'MEMBER') THEN
                EXECUTE 'GRANT {role} TO ' || quote_ident(current_user);
            END IF;
        EXCEPTION WHEN unique_violation THEN NULL;
        END $$
    """)


def protect(table: str, also: str = "", *, auditor: bool = True) -> None:
    """Confine every reader and writer of `table`, its owner too, to the authority of the transaction, and to
    the rows for which `also` holds."""
    mine = "authority_id = (SELECT current_setting('duecare.authority', true))"
    rows = f"{mine} AND {also}" if also else mine
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY same_authority ON {table} USING ({rows}) WITH CHECK ({rows})")
    if auditor:
        op.execute(f"GRANT SELECT ON {table} TO duecare_auditor")


def grant(table: str, **rights: str) -> None:
    """Give `reviews="SELECT, INSERT"` and the like to the services' roles."""
    for service, words in rights.items():
        op.execute(f"GRANT {words} ON {table} TO duecare_{service}")
