"""The name under which Django knows this package."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "onroll.demo"
    label = "demo"
