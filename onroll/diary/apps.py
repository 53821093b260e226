"""The name under which Django knows this package."""

from django.apps import AppConfig


class DiaryConfig(AppConfig):
    name = "onroll.diary"
    label = "diary"
