"""What a family is asked of where their child is: by the link, or as an officer types it in."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy

from onroll.govuk.fields import FILES_TAKEN, GovDateField, ManyFilesField
from onroll.govuk.forms import Form, choose
from onroll.govuk.languages import ENGLISH
from onroll.letters.actions import Statement
from onroll.rules.letters import MEANS_TITLES, TO_CHOOSE, WHERE_TITLES, Means, Where

MOST_FILES = 5
WIDE = {"autocomplete": "off"}
WHERE = (
    (Where.SCHOOL.value, gettext_lazy("At another school")),
    (Where.HOME_EDUCATED.value, gettext_lazy("Taught at home")),
    (Where.MOVED.value, gettext_lazy("We have moved")),
    (Where.ABROAD.value, gettext_lazy("In another country")),
    (Where.OTHER.value, gettext_lazy("Something else")),
)


def _line(label: Any, most: int, hint: Any = "", *, is_needed: bool = False, **attrs: str) -> Any:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=most,
        required=is_needed,
        widget=forms.TextInput(attrs=WIDE | attrs),
    )


class AnswerForm(Form):
    """Where the child is, how to reach the family, and files that show it."""

    reveals: ClassVar = {
        "where": {
            Where.SCHOOL.value: ("school_name", "starts_on"),
            Where.ABROAD.value: ("country",),
        }
    }

    where = forms.ChoiceField(
        label=gettext_lazy("Where is your child now?"), choices=WHERE, widget=forms.RadioSelect
    )
    school_name = _line(gettext_lazy("Name and town of the school"), 200, is_needed=True)
    starts_on = GovDateField(label=gettext_lazy("First day at that school"), required=False)
    country = _line(gettext_lazy("Which country?"), 80, is_needed=True)
    home = forms.CharField(
        label=gettext_lazy("Your address now"),
        help_text=gettext_lazy("If you have moved, or live in another country."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3} | WIDE),
    )
    phone = _line(gettext_lazy("Telephone"), 40)
    email = forms.EmailField(label=gettext_lazy("Email"), max_length=254, required=False)
    words = forms.CharField(
        label=gettext_lazy("What else do you want to tell us?"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    files = ManyFilesField(  # type: ignore[assignment]  # Form keeps its fields elsewhere
        label=gettext_lazy("Letters or photos"), help_text=FILES_TAKEN, required=False
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the address of who has moved, and for words of what stands in no list."""
        cleaned = super().clean()
        needs = {Where.MOVED.value: "home", Where.OTHER.value: "words"}
        name = needs.get(cleaned.get("where", ""), "")
        if name and not cleaned.get(name) and name not in self.errors:
            self.add_error(name, gettext_lazy("Write this, so that we know what you mean"))
        if len(cleaned.get("files") or []) > MOST_FILES:
            self.add_error("files", gettext_lazy("Choose five files at most. You can send more."))
        return cleaned

    @property
    def attached(self) -> list[tuple[str, bytes]]:
        """Return the files that were chosen, each its name and its bytes; of a valid form."""
        files: Sequence[UploadedFile] = self.cleaned_data["files"]
        return [(str(file.name), file.read()) for file in files]

    def statement(self, *, on: date, language: str = ENGLISH) -> Statement:
        """Return what they say, of a form that is valid; `on` is the day where none was asked."""
        answers = self.cleaned_data
        return Statement(
            means=Means(answers.get("means") or Means.LINK),
            on=answers.get("on") or on,
            by=answers["told_by"],
            where=Where(answers["where"]),
            school_name=answers["school_name"] or "",
            starts_on=answers["starts_on"],
            country=answers["country"] or "",
            home=answers["home"],
            phone=answers["phone"],
            email=answers["email"],
            words=answers["words"],
            born_on=answers.get("born"),
            language=language,
        )


class FamilyForm(AnswerForm):
    """What a parent is asked by the private link; nothing that is known is ever filled in."""

    born = GovDateField(
        label=gettext_lazy("Your child’s date of birth"),
        help_text=gettext_lazy("We ask this so that we know the right family answers."),
    )
    told_by = _line(gettext_lazy("Your name"), 200, is_needed=True, autocomplete="name")

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        born = self.fields["born"]
        assert isinstance(born, GovDateField)
        born.not_after, born.not_before = on, on - timedelta(days=366 * 20)
        self.order_fields(["born", "told_by"])


class HeardForm(AnswerForm):
    """The same as an officer heard it from a parent, with how and when."""

    means = forms.ChoiceField(label="How did they tell you?", widget=forms.RadioSelect)
    on = GovDateField(label="Day on which they told you")
    told_by = _line("Who told you?", 200, "Name, and what they are to the child.", is_needed=True)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "where", [(where.value, title) for where, title in WHERE_TITLES.items()])
        self.fields["home"].help_text = "If they have moved, or live in another country."
        choose(self, "means", [(means.value, MEANS_TITLES[means]) for means in TO_CHOOSE])
        day = self.fields["on"]
        assert isinstance(day, GovDateField)
        day.not_after, day.not_before, day.initial = on, on - timedelta(days=366), on
        labels = {
            "where": "Where is the child, as they say?",
            "home": "Their address now",
            "words": "What else did they say?",
            "files": "What they gave you",
        }
        for name, label in labels.items():
            self.fields[name].label = label
        self.order_fields(["means", "on", "told_by"])
