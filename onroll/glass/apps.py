"""The name under which Django knows this package."""

from django.apps import AppConfig


class GlassConfig(AppConfig):
    name = "onroll.glass"
    label = "glass"
