"""The name under which Django knows this package."""

from django.apps import AppConfig


class PostcodesConfig(AppConfig):
    name = "onroll.postcodes"
    label = "postcodes"
