"""The name under which Django knows this package."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "onroll.documents"
    label = "documents"
