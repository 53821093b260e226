"""The name under which Django knows this package."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "onroll.record"
    label = "record"
