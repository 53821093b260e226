"""The name under which Django knows this package."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "onroll.referrals"
    label = "referrals"
