"""How pages look: the design system, its form fields, and drawings. Holds no tables."""

from django.apps import AppConfig


class GovukConfig(AppConfig):
    """Registers templates, template tags and static files."""

    name = "onroll.govuk"
    label = "govuk"
