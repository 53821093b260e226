"""Who has a child that was sent on, and what came of it."""

from django import forms

from onroll.govuk.fields import GovDateField
from onroll.govuk.forms import Form
from onroll.referrals.forms.hub import OnReferral
from onroll.referrals.forms.parts import words


class ReceiptForm(OnReferral):
    """Who outside Onroll says that they have a child that was sent on."""

    name = words("Who says that they have it?", help_text="Name and team.")
    on = GovDateField(label="Day on which they said so")


class OutcomeForm(Form):
    """What came of a child who was sent to attendance, as attendance says."""

    words = forms.CharField(
        label="What came of it?",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what came of it"},
    )


class EnteredOutcomeForm(OnReferral, OutcomeForm):
    """The same, as the hub enters it on the page of a referral."""


class NotForMeForm(Form):
    """Why what the hub sent to a desk goes back."""

    why = forms.CharField(
        label="Why is it not for you?",
        help_text="The hub reads this and decides again.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why it is not for you"},
    )


class NotReceivedForm(Form):
    """Why somebody of home education received a school's report by mistake."""

    why = forms.CharField(
        label="Why was it a mistake?",
        help_text="The hub reads this. The report waits to be received again, and so does each "
        "child who was received with it.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why it was a mistake"},
    )


class NotTakenForm(Form):
    """Why somebody at a desk took a child by mistake."""

    why = forms.CharField(
        label="Why was it a mistake?",
        help_text="The hub reads this. The child waits at your desk again, with the day by which "
        "somebody is to have them.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why it was a mistake"},
    )
