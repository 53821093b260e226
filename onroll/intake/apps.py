from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "onroll.intake"
    label = "intake"
