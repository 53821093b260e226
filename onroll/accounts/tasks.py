"""The nightly job of accounts."""

from importlib import import_module

from django.conf import settings
from procrastinate.contrib.django import app


@app.periodic(cron="30 3 * * *")
@app.task(name="accounts.nightly", queueing_lock="accounts.nightly", pass_context=False)
def nightly(timestamp: int) -> None:
    """Delete ended sessions, which hold the names that were searched for."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
