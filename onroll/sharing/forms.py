"""What a request asks before it is made: whom, how, and what more than the least is shared."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from onroll.agencies.models import Agency
from onroll.agencies.queries import to_tell
from onroll.govuk.fields import GovDateField
from onroll.govuk.forms import Form, choose
from onroll.rules.requests import WAYS, RequestKind
from onroll.rules.sharing import ITEMS
from onroll.sharing.content import Asking

OFF = {"autocomplete": "off", "spellcheck": "false"}
MEANWHILE = "Somebody asked about some of these meanwhile. Look at who is left, and send it again"
NO_AGENCY = "Select an agency, or enter who it is"


def line(label: str, most: int, hint: str = "", *, needs: str = "") -> Any:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=most,
        required=bool(needs),
        widget=forms.TextInput(attrs=OFF),
        error_messages={"required": needs} if needs else {},
    )


class WhomForm(Form):
    """An agency of the kept list, or who it is in words."""

    agency = forms.ModelChoiceField(
        queryset=Agency.objects.none(),
        label="Which agency of the kept list?",
        required=False,
        empty_label="None of these",
    )
    whom = line("Who, if it is not on the list?", 200, "Name and team.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["agency"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = to_tell()

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two, and not for both."""
        cleaned = super().clean()
        agency, whom = cleaned.get("agency"), cleaned.get("whom")
        if "agency" not in self.errors and not agency and not whom:
            self.add_error("whom", NO_AGENCY)
        elif agency and whom:
            self.add_error("whom", "Leave this empty, or select “None of these” above")
        return cleaned

    @property
    def name(self) -> str:
        """Return who it is, of a form that is valid."""
        agency = self.cleaned_data["agency"]
        return str(agency.name) if agency else str(self.cleaned_data["whom"])


def request_form(kind: RequestKind) -> type["RequestForm"]:
    """Return the form of one kind of request: a reason is asked for each further thing."""
    reasons = {
        f"why_{code}": line(
            f"Why do they need this: {ITEMS[code].title.lower()}?",
            200,
            needs="Say why they cannot answer without it",
        )
        for code in kind.further
    }
    reveals = {"further": {code: (f"why_{code}",) for code in kind.further}}
    return type("RequestFormOfKind", (RequestForm,), {"reveals": reveals, **reasons})


class RequestForm(WhomForm):
    """Whom a request asks, how it goes out, and what more than the least is shared."""

    contact = line(
        "Their secure address", 300, "Only of who is not on the list. It stands in the request."
    )
    children = forms.MultipleChoiceField(
        label="Which children are asked about?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one child", "invalid_choice": MEANWHILE},
    )
    further = forms.MultipleChoiceField(
        label="Is more needed than stands above?",
        help_text="Leave these unticked if they can answer without.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    method = forms.ChoiceField(
        label="How do you send it?",
        help_text="Onroll sends nothing. You copy the text into secure mail, or post the PDF.",
        choices=WAYS,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how you send it"},
    )
    sender = line("Who sends it?", 120, "Leave it empty if you send it yourself.")
    chase_on = GovDateField(
        label="Day by which they are asked to answer",
        help_text="Leave it empty for the council’s own time for an answer.",
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        kind: RequestKind,
        on: date,
        further: Sequence[tuple[str, str]],
        children: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        choose(self, "further", further)
        chase = self.fields["chase_on"]
        assert isinstance(chase, GovDateField)
        chase.not_before = on
        if children:
            choose(self, "children", children)
            if kind.has_one_agency:
                self.initial.setdefault("children", [ref for ref, _ in children])
        else:
            del self.fields["children"]
        self.order_fields(["children", *self.fields])
        _put_last(self, "further", [f"why_{code}" for code in kind.further])

    @property
    def asking(self) -> Asking:
        """Return what is decided of the request, of a form that is valid."""
        answers, agency = self.cleaned_data, self.cleaned_data["agency"]
        reached = (agency.contact, agency.phone, agency.email) if agency else (answers["contact"],)
        return Asking(
            kind=self.kind,
            whom=self.name,
            contact=", ".join(filter(None, reached)),
            method=answers["method"],
            sender=answers["sender"],
            further={code: answers[f"why_{code}"] for code in answers["further"]},
            chase_on=answers["chase_on"],
        )


def _put_last(form: forms.Form, asker: str, names: Sequence[str]) -> None:
    """Put the questions that stand under a choice behind it, at the end of the form's own."""
    before = [name for name in form.fields if name != asker and name not in names]
    form.order_fields([*before, asker, *names])
