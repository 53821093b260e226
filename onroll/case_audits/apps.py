"""The name under which Django knows this package."""

from django.apps import AppConfig


class CaseAuditsConfig(AppConfig):
    name = "onroll.case_audits"
    label = "case_audits"
