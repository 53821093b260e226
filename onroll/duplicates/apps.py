from django.apps import AppConfig


class DuplicatesConfig(AppConfig):
    name = "onroll.duplicates"
    label = "duplicates"
