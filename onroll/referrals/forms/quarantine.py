"""What is asked about a sender's forms in quarantine."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import Truncator

from onroll.addresses import page_address
from onroll.govuk.fields import Choice, in_words
from onroll.govuk.forms import Form, choose
from onroll.govuk.inline import link
from onroll.referrals.codes import Quarantined
from onroll.referrals.models import Quarantine
from onroll.rules.hours import ENGLAND, time_in_words

TICKED, ALL = "ticked", "all"
RELEASE, REFUSE = "release", "refuse"
WORRY_LENGTH = 240
ANSWERED = {Quarantined.REFUSED: "Refused", Quarantined.RELEASED: "Released"}
NO_LAST = "We cannot tell which forms you saw. Look at them again, then answer."


def words_of(row: Quarantine) -> Choice:
    """Return a form in a few words: when it came, about whom, and what worries; a link to all."""
    referral = row.referral
    names = ", ".join(child.name or "name not known" for child in referral.children.all())
    at = referral.sent_at.astimezone(ENGLAND)
    title = f"{referral.ref}: {names}, {in_words(at.date())} at {time_in_words(at.time())}"
    words = (
        "Urgent." if referral.is_urgent else "",
        f"“{Truncator(referral.worry).chars(WORRY_LENGTH)}”",
        f"{ANSWERED[Quarantined(row.answer)]}: {row.why}" if row.why else "",
    )
    whole = link(page_address("referrals:referral", referral.ref), "Read it in full", referral.ref)
    return Choice(title, " ".join(filter(None, words)), link=whole)


class References(forms.MultipleChoiceField):
    """Ticked references. One that was answered meanwhile is for the action to refuse, in words."""

    def valid_value(self, value: Any) -> bool:
        """Take any: only those in quarantine are ever answered about."""
        return True


class QuarantineForm(Form):
    """Which forms, and whether they go to the queue. `last` is the newest that the page knew."""

    needed_by_answer = ("refs",)

    refs = References(
        label="Forms of this sender", required=False, widget=forms.CheckboxSelectMultiple
    )
    which = forms.ChoiceField(
        label="Which of them do you answer about?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether you mean the ticked ones or all of them"},
    )
    answer = forms.ChoiceField(
        label="What becomes of them?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select what becomes of them"},
    )
    why = forms.CharField(
        label="Why?",
        help_text="Kept with each of these forms.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why"},
    )
    last = forms.IntegerField(
        widget=forms.HiddenInput, error_messages={"required": NO_LAST, "invalid": NO_LAST}
    )

    def __init__(
        self,
        *args: Any,
        rows: Sequence[tuple[str, Choice]],
        number: int,
        may_refuse: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        refs = self.fields["refs"]
        assert isinstance(refs, forms.MultipleChoiceField)
        refs.choices = list(rows)
        several = f"All {number:,} of this sender"
        choose(self, "which", [(TICKED, "The ticked ones"), (ALL, several)])
        answers = [(RELEASE, Choice("Release to the queue", "The hub decides about each"))]
        if may_refuse:
            kept = "Each stays here, with your reason, and may be released later"
            answers.append((REFUSE, Choice("Refuse", kept)))
        choose(self, "answer", answers)

    def clean(self) -> dict[str, Any]:
        """Ask for ticks where only the ticked ones are meant, and for none where all are."""
        cleaned = super().clean()
        if self.errors.pop("last", None):
            self.add_error(None, NO_LAST)
        if cleaned.get("which") == TICKED and not cleaned.get("refs") and "refs" not in self.errors:
            self.add_error("refs", "Tick at least one form, or choose all of them")
        if cleaned.get("which") == ALL and cleaned.get("refs"):
            self.add_error(
                "which",
                "You ticked some and chose all: choose the ticked ones, or take the ticks away",
            )
        return cleaned
