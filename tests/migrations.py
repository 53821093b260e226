"""Takes migrations back on rows that are there, and does them again, as the owner of the tables.

Going back, Django makes the classes of all models anew at each step of every migration in between,
undone or not. Here they are made once for each migration that is undone, and none is made anew for
a constraint or an index, of which a class holds no more than a list: a sixth of the time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

from onroll.config.database import settings_for

Names = list[tuple[str, str]]


@contextmanager
def undone(owner_url: str, to: Names) -> Iterator[None]:
    """Undo all that came after these migrations, and do it again in the end, whatever happens."""
    with owner(owner_url), pytest.MonkeyPatch.context() as patch:
        patch.setattr(ProjectState, "_append_option", _add)
        patch.setattr(ProjectState, "_remove_option", _remove)
        try:
            go_back(to)
            yield
        finally:
            executor = MigrationExecutor(connection)
            executor.migrate(executor.loader.graph.leaf_nodes())


@contextmanager
def owner(url: str) -> Iterator[None]:
    """Let Django speak to the database as its owner, who alone may change tables."""
    app = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(settings_for(url, statement_seconds=60, idle_seconds=120))
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(app)


def go_back(to: Names) -> None:
    """Undo all that came after these migrations."""
    executor = MigrationExecutor(connection)
    steps = [step for step, _ in executor.migration_plan(to)]
    assert steps, f"nothing came after {to}"
    state, before = ProjectState(real_apps=executor.loader.unmigrated_apps), {}
    leaves = executor.loader.graph.leaf_nodes()
    for step, _ in executor.migration_plan(leaves, clean_start=True):
        if step in steps:
            before[step] = state.clone()
        step.mutate_state(state, preserve=False)
    for step in steps:
        state = before.pop(step)
        state.apps  # noqa: B018  # makes the classes; each operation then changes only a few
        executor.unapply_migration(state, step)


def _add(state: ProjectState, app: str, name: str, option: str, one: Any) -> None:
    """Add a constraint or an index to what is known of a model, and to its class as it is."""
    _list(state, app, name, option, [*state.models[app, name].options[option], one])


def _remove(state: ProjectState, app: str, name: str, option: str, gone: str) -> None:
    """Take a constraint or an index out of what is known of a model, and of its class as it is."""
    before = state.models[app, name].options[option]
    _list(state, app, name, option, [one for one in before if one.name != gone])


def _list(state: ProjectState, app: str, name: str, option: str, now: list[Any]) -> None:
    state.models[app, name].options[option] = now
    if "apps" in vars(state):
        setattr(state.apps.get_model(app, name)._meta, option, now)
