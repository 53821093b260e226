"""The name under which Django knows this package."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "onroll.cases"
    label = "cases"
    clocks = {  # noqa: RUF012 - as Django reads it
        "case": "onroll.cases.actions.keep_reviews",
        "casereview": "onroll.cases.actions.keep_case_reviews",
    }
    """What the night does for the clocks of each subject (`clocks.actions.raise_due`)."""
