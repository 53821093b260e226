"""The job queue: jobs live in the same database and transaction as what they are about."""

from procrastinate import App


def on_ready(app: App) -> None:
    """Called by Procrastinate when Django is ready."""
