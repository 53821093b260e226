"""The name under which Django knows this package."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "onroll.letters"
    label = "letters"
