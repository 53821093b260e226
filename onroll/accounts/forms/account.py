"""Forms about the own account: reason, role, and the search of the audit trail."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from onroll.accounts.roles import Role
from onroll.govuk.forms import Form


class ReasonForm(Form):
    """The reason for seeing records that are not the user's own."""

    text = forms.CharField(
        label="Why do you need to see this?",
        help_text="Your reason is kept with every record you open in the next hour, and checked.",
        min_length=10,
        max_length=500,
        widget=forms.Textarea,
        error_messages={
            "required": "Say why you need to see this",
            "min_length": "Say why in a few words more",
        },
    )


class RoleForm(forms.Form):
    """The role to act in."""

    role = forms.ChoiceField(label="Act as", widget=forms.RadioSelect)

    def __init__(self, *args: Any, roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(role.value, role.words) for role in roles]


class TrailForm(forms.Form):
    """The search of the audit trail."""

    actor = forms.CharField(label="Email address, or part of it", required=False, max_length=254)
    day = forms.DateField(
        label="Day", help_text="For example, 27/3/2026", required=False, widget=forms.DateInput
    )
    kind = forms.ChoiceField(
        label="What",
        required=False,
        choices=[
            ("", "Everything"),
            ("access", "Records seen"),
            ("change", "Records changed"),
            ("security", "Sign-in, refusals, roles and reasons"),
        ],
    )

    def bounds(self) -> tuple[datetime | None, datetime | None]:
        """Return the start of the chosen day and of the next, or two Nones."""
        day = self.cleaned_data["day"]
        if not day:
            return None, None
        starts = timezone.make_aware(datetime.combine(day, time.min))
        return starts, timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
