"""What the pages of sharing ask: of a request, of a line of the log, of replies."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms

from onroll.agencies.models import Agency
from onroll.agencies.queries import to_tell
from onroll.govuk.fields import Choice, GovDateField
from onroll.govuk.forms import Form, choose
from onroll.rules.enquiries import METHODS
from onroll.rules.requests import WAYS, RequestKind
from onroll.rules.sharing import ITEMS, bases_on
from onroll.sharing.actions import Line
from onroll.sharing.content import Asking

A_YEAR = timedelta(days=366)
OFF = {"autocomplete": "off", "spellcheck": "false"}
MEANWHILE = "Somebody asked about some of these meanwhile. Look at who is left, and send it again"
NO_AGENCY = "Select an agency, or enter who it is"


def _line(label: str, most: int, hint: str = "", *, needs: str = "") -> Any:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=most,
        required=bool(needs),
        widget=forms.TextInput(attrs=OFF),
        error_messages={"required": needs} if needs else {},
    )


def _text(label: str, hint: str, needs: str) -> Any:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": needs},
    )


class WhomForm(Form):
    """An agency of the kept list, or who it is in words."""

    agency = forms.ModelChoiceField(
        queryset=Agency.objects.none(),
        label="Which agency of the kept list?",
        required=False,
        empty_label="None of these",
    )
    whom = _line("Who, if it is not on the list?", 200, "Name and team.")

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
        f"why_{code}": _line(
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

    contact = _line(
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
    sender = _line("Who sends it?", 120, "Leave it empty if you send it yourself.")
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
    others = [name for name in form.fields if name != asker and name not in names]
    form.order_fields([*others, asker, *names])


DECISIONS = (
    ("shared", Choice("It was shared")),
    (
        "not",
        Choice("It was decided not to share", "That is written down as well, with the reason."),
    ),
)


class LineForm(WhomForm):
    """What was shared about the child on the telephone or at a meeting, or was not shared."""

    field_order = ("decision", "agency", "whom", "on", "what", "why", "bases", "method", "done_by")
    reveals = {"decision": {"shared": ("bases", "method")}}  # noqa: RUF012 - as Form reads it

    decision = forms.ChoiceField(
        label="Was it shared?",
        choices=DECISIONS,
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether it was shared"},
    )
    on = GovDateField(label="Day", error_messages={"required": "Enter the day"})
    what = _text(
        "What was shared, or asked for?",
        "The kinds of things, such as: last address and date of birth.",
        "Say what was shared, or asked for",
    )
    why = _text(
        "Why, or why not?", "How it helps to keep the child safe and taught.", "Say why, or why not"
    )
    bases = forms.MultipleChoiceField(
        label="On what basis?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one basis"},
    )
    method = forms.ChoiceField(
        label="How?",
        choices=METHODS,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how it was shared"},
    )
    done_by = _line("Who decided?", 120, "Leave it empty if you did.")

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = bases_on(on).values()
        choose(self, "bases", [(row.code, Choice(row.words, row.source)) for row in rows])
        field = self.fields["on"]
        assert isinstance(field, GovDateField)
        field.not_before, field.not_after, field.initial = on - A_YEAR, on, on

    @property
    def line(self) -> Line:
        """Return the line of the log, of a form that is valid."""
        answers = self.cleaned_data
        return Line(
            is_shared=answers["decision"] == "shared",
            on=answers["on"],
            whom=self.name,
            agency=answers["agency"],
            what=answers["what"],
            why=answers["why"],
            method=answers["method"] or "",
            bases=answers["bases"] or (),
            done_by=answers["done_by"],
        )


class WithdrawForm(Form):
    """Why a line of the log should not count."""

    words = _text(
        "Why is it withdrawn?",
        "For example: it was not sent after all. It stays to be read.",
        "Say why it is withdrawn",
    )
