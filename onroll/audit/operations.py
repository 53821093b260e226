"""The migration operation that puts a table under the audit trail.

Source: trust.md finding 1 and 1.7: our own SECURITY DEFINER triggers, with no branch that ignores.
"""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

ROWS = {
    "insert": "REFERENCING NEW TABLE AS new_rows",
    "update": "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "delete": "REFERENCING OLD TABLE AS old_rows",
    "truncate": "",
}


def trigger_name(verb: str) -> str:
    """Return the name of the trigger that records `verb`."""
    return f"audited_{verb}"


class AuditTable(Operation):
    """Record every insert, update, delete and truncate of one table in `audit.change_event`.

    `child_column` holds the child's id. Where the row knows its child only through another
    row, say `through=("case_id", "cases_case", "child_id")`. Columns in `omit` (large bytes,
    secrets) leave a hash in the trail and not their content. A column that the table does not
    have is refused. Run it again, with `omitted_before`, after a change of `omit`; a new column,
    or the dropping of one that is not named here, needs nothing.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(
        self,
        table: str,
        *,
        child_column: str = "",
        through: tuple[str, str, str] | None = None,
        omit: Sequence[str] = (),
        key: str = "id",
        omitted_before: Sequence[str] | None = None,
    ) -> None:
        self.table = table
        self.child_column = child_column
        self.through = through
        self.omit = tuple(omit)
        self.key = key
        self.omitted_before = omitted_before

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing: triggers are no part of a model."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Create the four triggers, replacing existing ones."""
        for statement in self.statements():
            schema_editor.execute(statement, None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Drop the triggers, or make them again as they were before this ran."""
        for verb in ROWS:
            if self.omitted_before is None:
                name = trigger_name(verb)
                schema_editor.execute(f'DROP TRIGGER "{name}" ON "{self.table}"', None)
                continue
            for statement in self._trigger(verb, self.omitted_before):
                schema_editor.execute(statement, None)

    def statements(self) -> list[str]:
        """Return the SQL statements."""
        grants = [self._grant()] if self.through else []
        triggers = [sql for verb in ROWS for sql in self._trigger(verb, self.omit)]
        return [self._name_columns(), *grants, *triggers]

    def describe(self) -> str:
        """Return what the operation does, in words."""
        return f"Record every change of {self.table} in the audit trail"

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        """Return the arguments, for a migration file."""
        arguments = {
            "child_column": self.child_column,
            "through": self.through,
            "omit": self.omit,
            "key": "" if self.key == "id" else self.key,
        }
        given: dict[str, Any] = {k: v for k, v in arguments.items() if v}
        if self.omitted_before is not None:
            given["omitted_before"] = self.omitted_before
        return type(self).__name__, [self.table], given

    def _name_columns(self) -> str:
        """Return a query that fails where a column is named that the table does not have."""
        columns = ", ".join(f'r."{column}"' for column in (self.key, *self.omit))
        return f'SELECT {columns}, ({self._child_sql()}) FROM "{self.table}" r LIMIT 0'

    def _trigger(self, verb: str, omit: Sequence[str]) -> list[str]:
        name = trigger_name(verb)
        arguments = ", ".join(f"'{a}'" for a in (self.key, self._child_sql(), ",".join(omit)))
        return [
            f'DROP TRIGGER IF EXISTS "{name}" ON "{self.table}"',
            (
                f'CREATE TRIGGER "{name}" AFTER {verb.upper()} ON "{self.table}" {ROWS[verb]} '
                f"FOR EACH STATEMENT EXECUTE FUNCTION audit.record_change({arguments})"
            ),
            # Also when session_replication_role is `replica`.
            f'ALTER TABLE "{self.table}" ENABLE ALWAYS TRIGGER "{name}"',
        ]

    def _child_sql(self) -> str:
        """Return the SQL expression for the child of a row `r`; NULL if it belongs to none."""
        if self.through:
            column, table, child_column = self.through
            return f'SELECT t."{child_column}" FROM public."{table}" t WHERE t.id = r."{column}"'
        return f'r."{self.child_column}"' if self.child_column else "NULL"

    def _grant(self) -> str:
        assert self.through
        _, table, child_column = self.through
        return f'GRANT SELECT (id, "{child_column}") ON "{table}" TO onroll_audit'
