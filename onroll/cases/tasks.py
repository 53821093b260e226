"""The register's nightly jobs."""

from datetime import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from onroll.audit.actions import acting
from onroll.cases import actions


@app.periodic(cron="0 4 * * *")
@app.task(name="cases.nightly", queueing_lock="cases.nightly", pass_context=False)
def nightly(timestamp: int) -> None:
    """Look for places that began, children over age, and children nobody has."""
    look_over(timezone.localtime())


def look_over(at: datetime) -> dict[str, int]:
    """Do the night's work for one moment; safe to do again."""
    done: dict[str, int] = {}
    with acting(actor="worker:cases"):
        done["sealed"] = actions.keep_sealed_teams(at=at)
    for name, action in (
        ("arrived", actions.update_all_whereabouts),
        ("over_age", actions.raise_ageing_out),
        ("nowhere_known", actions.open_for_nowhere_known),
    ):
        with acting(actor="worker:cases"):
            done[name] = action(on=at.date(), at=at)
    return done
