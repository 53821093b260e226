"""The name under which Django knows this package."""

from django.apps import AppConfig


class EnquiriesConfig(AppConfig):
    name = "onroll.enquiries"
    label = "enquiries"
    clocks = {"enquiry": "onroll.enquiries.actions.keep_clocks"}  # noqa: RUF012 - as Django reads it
    """What the night does for the clocks of each subject (`clocks.actions.raise_due`)."""
