"""What is asked about an agency, and about who is given a code."""

from django import forms

from onroll.govuk.forms import Form, VersionForm

FACTS = ("name", "tell_when", "contact", "phone", "email", "route")
OFF = {"autocomplete": "off"}
NO_VERSION = "We cannot tell whether the agency has changed. Read it again, then save."


def _line(label: str, most: int, hint: str = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        help_text=hint,
        widget=forms.TextInput(attrs=OFF),
    )


class AgencyForm(Form):
    """An agency that is new to the list."""

    name = _line("Agency", 120, required=True)
    tell_when = _line("When is it told?", 300)
    contact = _line("Person or team", 120)
    phone = _line("Telephone", 40)
    email = forms.EmailField(
        label="Email",
        required=False,
        help_text="Never send a child’s details by ordinary email.",
        widget=forms.EmailInput(attrs=OFF),
    )
    route = forms.CharField(
        label="How is it told?",
        help_text="For example its own form, secure mail, or opening hours.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @property
    def facts(self) -> dict[str, str]:
        """Return what was answered about the agency."""
        return {name: self.cleaned_data[name] for name in FACTS}


class ChangeForm(VersionForm, AgencyForm):
    """An agency on the list."""

    is_active = forms.BooleanField(label="We work with this agency", required=False)
    confirms = forms.BooleanField(
        label="I asked the agency, and all of this is right", required=False
    )
    no_version = NO_VERSION


class CodeForm(Form):
    """Who of an agency is given a code."""

    person = _line(
        "Who is the code for?", 120, "One person. Each asks under their own code.", required=True
    )
