"""Two records merged and parted by the people who may, and every row there is."""

from datetime import timedelta
from typing import Any

from django.apps import apps

from onroll.cases.models import Step
from onroll.children import actions as children
from onroll.children.actions import AdultFacts
from onroll.children.models import Child, Merge, SourceKind
from onroll.duplicates import actions
from tests.cases.world import AT, TODAY, World

LATER = AT + timedelta(hours=1)
MUM = AdultFacts(forename="Mum", surname="Example", order=1, phones=("020 7946 0001",))
WHY = "One passport."
LEFT_OUT = {"cases.case": {"version"}}
APPS = ("children", "clocks", "cases", "intake", "record", "reports", "schools")


def another_source(world: World) -> World:
    """Tell the next things from another file."""
    world.source = children.add_source(
        kind=SourceKind.FILE, said_by="Mill Lane", said_on=TODAY, at=AT, reference="T-2"
    )
    return world


def merge(kept: Child, merged: Child, people: Any) -> Merge:
    """Merge two records: Olive proposes, Max agrees."""
    proposed = actions.propose_merge(target=kept, merged=merged, why=WHY, by=people.olive, at=AT)
    done = actions.agree_merge(merge=proposed, by=people.max, at=AT)
    kept.refresh_from_db()
    merged.refresh_from_db()
    return done


def undo(done: Merge, people: Any, **more: Any) -> Merge:
    """Part two merged records again."""
    return actions.undo_merge(merge=done, why="Two births.", by=people.max, at=LATER, **more)


def everything() -> dict[str, list[dict[str, Any]]]:
    """Return every row of these apps, but for merges and the chronology, which only grow."""
    return {
        model._meta.label: [
            {k: v for k, v in row.items() if k not in LEFT_OUT.get(model._meta.label_lower, ())}
            for row in model._default_manager.order_by("pk").values()
        ]
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        if model not in (Merge, Step)
    }
