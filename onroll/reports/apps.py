"""The name under which Django knows this package."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "onroll.reports"
    label = "reports"
