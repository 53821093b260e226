"""The name under which Django knows this package, and what it adds to the pages of cases."""

from django.apps import AppConfig


class CasefileConfig(AppConfig):
    name = "onroll.casefile"
    label = "casefile"

    def ready(self) -> None:
        """Let the manager's review of a case show what happened, of every feature."""
        from onroll.casefile import features
        from onroll.cases import slots

        slots.EVENTS.append(features.events)
