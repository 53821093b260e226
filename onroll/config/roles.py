"""The database roles: who owns the tables, who works in them, who owns the audit log.

`onroll_owner` migrates and owns everything; `onroll_app` is the login of web and worker, owns
nothing and cannot change a table; `onroll_audit` owns the audit log and nobody signs in as it.
"""

import psycopg
from psycopg import Connection, sql
from psycopg.conninfo import conninfo_to_dict

OWNER, APP, AUDIT = "onroll_owner", "onroll_app", "onroll_audit"

ROLES = {
    OWNER: "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE",
    APP: "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB",
    AUDIT: "NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB",
}
DEFAULTS = "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public"


def set_up(admin_url: str, *, database: str, owner_url: str = "", app_url: str = "") -> None:
    """Make the three roles and the database, as an administrator; harmless when they are there.

    The passwords are those in `owner_url` and `app_url`; without one a role keeps what it has.
    """
    with psycopg.connect(admin_url, autocommit=True) as admin:
        for role, attributes in ROLES.items():
            _make_role(admin, role, attributes)
        _set_password(admin, OWNER, owner_url)
        _set_password(admin, APP, app_url)
        admin.execute(
            sql.SQL("GRANT {} TO {}").format(sql.Identifier(AUDIT), sql.Identifier(OWNER))
        )
        if not _exists(admin, "SELECT 1 FROM pg_database WHERE datname = %s", database):
            admin.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(
                    sql.Identifier(database), sql.Identifier(OWNER)
                )
            )


def grant(owner_url: str) -> None:
    """Say, as the owner, what the app role may do here, with tables still to come too."""
    with psycopg.connect(owner_url, autocommit=True) as owner:
        for statement in _grants(owner.info.dbname):
            owner.execute(statement)


def _grants(database: str) -> list[sql.Composed]:
    names = {
        "app": sql.Identifier(APP),
        "owner": sql.Identifier(OWNER),
        "database": sql.Identifier(database),
    }
    return [
        sql.SQL(text).format(**names)
        for text in (
            "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
            "GRANT CONNECT ON DATABASE {database} TO {app}",
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
            "GRANT USAGE ON SCHEMA public TO {app}",
            f"{DEFAULTS} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {{app}}",
            f"{DEFAULTS} GRANT USAGE ON SEQUENCES TO {{app}}",
        )
    ]


def _make_role(admin: Connection, role: str, attributes: str) -> None:
    verb = (
        "ALTER" if _exists(admin, "SELECT 1 FROM pg_roles WHERE rolname = %s", role) else "CREATE"
    )
    admin.execute(sql.SQL(f"{verb} ROLE {{}} {attributes}").format(sql.Identifier(role)))


def _set_password(admin: Connection, role: str, url: str) -> None:
    password = conninfo_to_dict(url).get("password") if url else None
    if password:
        admin.execute(
            sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(password))
        )


def _exists(connection: Connection, query: str, value: str) -> bool:
    return connection.execute(query, [value]).fetchone() is not None
