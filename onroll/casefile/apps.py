from django.apps import AppConfig


class CasefileConfig(AppConfig):
    name = "onroll.casefile"
    label = "casefile"
