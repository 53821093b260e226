"""What the pages of the register and of a case ask."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet

from onroll.accounts.models import User
from onroll.cases.models import CaseReason
from onroll.cases.queries.looks import NOT_SEEN_DAYS
from onroll.cases.queries.register import YEARS
from onroll.formats.numbers import is_postcode
from onroll.govuk.fields import Choice, GovDateField, in_sentence, in_words, lower_first
from onroll.govuk.forms import Form, VersionForm
from onroll.placeholders import is_no_home, is_no_name, is_no_postcode
from onroll.rules.day import NOT_LOOKED_AT_DAYS
from onroll.rules.groups import RISK_GROUPS
from onroll.rules.missed_change import CHANGE_TITLES
from onroll.rules.pathway import STAGE_TITLES, Stage
from onroll.rules.reasons import CASE_REASONS, EVENTS, Event, why_not_event
from onroll.rules.risk_level import LEVEL_TITLES
from onroll.schools.models import School

Choices = Sequence[tuple[str, str]]
SMALL = {"is_small": True}
OFF = {"autocomplete": "off"}
LONGEST_COVER = timedelta(days=366)
CARERS = ("PAM", "PAF", "STM", "STF", "FOM", "FOF", "CAR", "FAM", "REL", "SWR", "OTH")
NO_VERSION = (
    "We cannot tell whether the case has changed since you opened this page. Nothing was saved. "
    "Look at the case as it is now, and send this again if it still holds."
)
EVENT_FIELDS = tuple(event.field for event in EVENTS.values())
WHY = "Say what was decided and why. Anyone who works on the case can read it."


class FiltersForm(Form):
    """The filters of the register: codes only, since they stand in the address."""

    marks_optional = False
    sort = forms.ChoiceField(
        label="Order",
        required=False,
        choices=[
            ("due", "Next clock first"),
            ("opened", "Longest on the register first"),
            ("-opened", "Newest first"),
            ("name", "By surname"),
            ("-age", "Youngest first"),
            ("age", "Oldest first"),
            ("school", "By last school"),
            ("owner", "By owner"),
            ("stage", "By stage"),
        ],
    )
    stage = forms.ChoiceField(label="Stage", required=False)
    owner = forms.ChoiceField(label="Owner", required=False)
    overdue = forms.ChoiceField(
        label="Clocks",
        required=False,
        choices=[("", "Any"), ("yes", "At least one is overdue")],
        widget=forms.Select,
    )
    alerts = forms.ChoiceField(
        label="Alerts",
        required=False,
        choices=[
            ("", "Any"),
            ("yes", "At least one is not settled"),
            ("lead", "A record may be the child"),
        ],
    )
    reason = forms.ChoiceField(label="Why the case exists", required=False)
    change = forms.ChoiceField(
        label="Change of school missed",
        required=False,
        choices=[("", "Any"), *((change.value, title) for change, title in CHANGE_TITLES.items())],
    )
    school = forms.ChoiceField(label="Last school", required=False)
    year = forms.ChoiceField(label="Year group", required=False)
    group = forms.ChoiceField(label="Risk group", required=False)
    whereabouts = forms.ChoiceField(
        label="Whereabouts",
        required=False,
        choices=[("", "Any"), ("known", "Known"), ("unknown", "Not known")],
    )
    risk = forms.ChoiceField(
        label="Level of risk",
        required=False,
        choices=[("", "Any"), *((level.value, title) for level, title in LEVEL_TITLES.items())],
    )
    review = forms.ChoiceField(
        label="Manager’s review",
        required=False,
        choices=[("", "Any"), ("due", "Due")],
        widget=forms.Select,
    )
    question = forms.ChoiceField(
        label="Question to the manager",
        required=False,
        choices=[("", "Any"), ("waits", "Waits for an answer")],
        widget=forms.Select,
    )
    unseen = forms.ChoiceField(
        label="Seen and safe",
        required=False,
        choices=[
            ("", "Any"),
            *((days, f"Not for {days} working days") for days in NOT_SEEN_DAYS),
            ("never", "Never, as far as is known"),
        ],
    )
    unlooked = forms.ChoiceField(
        label="Looked at",
        required=False,
        choices=[("", "Any"), ("yes", f"Not for {NOT_LOOKED_AT_DAYS} working days")],
    )

    def __init__(
        self, *args: Any, owners: Choices, schools: Choices, levels: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not levels:
            del self.fields["risk"]
        stages = [(stage.value, STAGE_TITLES[stage]) for stage in Stage]
        self._choose("stage", [("", "All open cases"), *stages, ("all", "Open and closed")])
        self._choose("owner", [("", "Anyone"), ("me", "Me"), ("nobody", "Nobody yet"), *owners])
        self._choose("reason", [("", "Any"), *((r.code, r.title) for r in CASE_REASONS.values())])
        self._choose("school", [("", "Any"), *schools])
        self._choose(
            "year", [("", "Any"), ("R", "Reception"), *((y, f"Year {y}") for y in YEARS[1:])]
        )
        self._choose("group", [("", "Any"), *((g.code, g.name) for g in RISK_GROUPS.values())])

    def _choose(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class SearchForm(Form):
    """Looking for a child on the register. Sent by POST: names never stand in an address."""

    marks_optional = False
    words = forms.CharField(
        label="Name, pupil number or reference",
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={**OFF, "class": "govuk-!-width-two-thirds"}),
        help_text="Names that sound alike are found too.",
    )
    born = GovDateField(label="Date of birth", required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse to look for nobody in particular."""
        cleaned = super().clean()
        if not self.errors and not cleaned.get("words") and not cleaned.get("born"):
            self.add_error("words", "Enter a name, a number, a reference or a date of birth")
        return cleaned


class ViewNameForm(Form):
    """Keeping a set of filters under a name."""

    name = forms.CharField(
        label="Keep these filters as",
        max_length=60,
        widget=forms.TextInput(attrs={**OFF, "class": "govuk-input--width-20"}),
        help_text="Do not write a child's name here.",
        error_messages={"required": "Enter a name for this view"},
    )


def refuse_what_is_none(form: Form, *names: str, instead: str = "") -> None:
    """Refuse words that stand where nobody knows a name or a home, and what cannot be a postcode.

    Of an address abroad the postcode is left as it is. `instead` says what to do where there is no
    home.
    """
    for name in ("address", "lines", "postcode"):
        typed = str(form.cleaned_data.get(name) or "").strip()
        is_none = is_no_postcode(typed) if name == "postcode" else is_no_home(typed)
        if typed and is_none:
            form.add_error(name, f"“{typed}” stands for no home. {instead}")
    for name in names:
        typed = str(form.cleaned_data.get(name) or "")
        if is_no_name(typed):
            form.add_error(name, f"“{typed}” is no name. Leave this empty if nobody knows the name")
    typed = str(form.cleaned_data.get("postcode") or "").strip()
    tight = "".join(typed.split())
    if (
        typed
        and not form.cleaned_data.get("country")
        and not is_postcode(f"{tight[:-3]} {tight[-3:]}")
    ):
        form.add_error("postcode", f"“{typed}” is no postcode, which is like HA1 2XY")


class OnCase(VersionForm):
    """A form that changes a case as it was when the page was opened; refused without that state."""

    no_version = NO_VERSION


class WhyForm(OnCase):
    """Saying why."""

    why = forms.CharField(
        label="Why",
        help_text=WHY,
        max_length=4000,
        widget=forms.Textarea,
        error_messages={"required": "Say why"},
    )


class DoneForm(Form):
    """Saying what was done."""

    why = forms.CharField(
        label="What was done",
        max_length=4000,
        widget=forms.Textarea,
        error_messages={"required": "Say what was done"},
    )


class MoveDayForm(WhyForm):
    """Moving the due day of a local clock."""

    field_order = ("due_on", "why")
    due_on = GovDateField(label="New due day")

    def __init__(self, *args: Any, first: date, last: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["due_on"]
        assert isinstance(field, GovDateField)
        field.not_before, field.not_after = first, last
        field.help_text = f"From {in_words(first)} to {in_words(last)}."


class NoteForm(Form):
    """Writing a note."""

    text = forms.CharField(
        label="Note",
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="A note cannot be changed later. To correct one, add another.",
        error_messages={"required": "Write the note"},
    )
    is_safeguarding = forms.BooleanField(
        label="This note is about the child's safety",
        required=False,
        help_text="Only people who work on safeguarding in this case will be able to read it.",
    )


class Colleagues(forms.ModelChoiceField):  # type: ignore[type-arg]  # no subscript at run time
    """A choice of people, each with the role they act in, since names are shared."""

    def label_from_instance(self, obj: User) -> str:
        """Return the name and the role."""
        return f"{obj.name} ({obj.role_title})" if obj.role else obj.name


class PersonForm(Form):
    """Choosing a colleague."""

    person = Colleagues(
        queryset=User.objects.none(),
        label="Colleague",
        empty_label="Choose a colleague",
        error_messages={"required": "Choose a colleague"},
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people


class Schools(forms.ModelChoiceField):  # type: ignore[type-arg]  # no subscript at run time
    """A choice of schools, each with its number, since names are shared."""

    def label_from_instance(self, obj: School) -> str:
        """Return the name and the number."""
        return f"{obj.name} ({obj.la_code}/{obj.establishment})"


class AssignForm(OnCase, PersonForm):
    """Choosing who works on the case from now on."""


class AssignSeveralForm(PersonForm):
    """Choosing who works on several cases from now on.

    `versions` has of each case the state in which the page showed it: "K7P-2QX-9HD:3 …".
    """

    versions = forms.CharField(required=False, max_length=4000, widget=forms.HiddenInput)

    def clean_versions(self) -> dict[str, int]:
        """Return the version by reference; of a case that is not said, nothing."""
        pairs = (part.partition(":") for part in self.cleaned_data["versions"].split())
        return {ref: int(version) for ref, _, version in pairs if version.isdecimal()}


class NewestAlertForm(VersionForm):
    """A button about alerts of one kind. `version` is the last of them that the page showed."""

    no_version = (
        "We cannot tell what this page showed when you opened it. Nothing was saved. Look at the "
        "case as it is now, and send this again if it still holds."
    )


class MuteForm(NewestAlertForm):
    """Until which day nobody is told of alerts of one kind, and why."""

    field_order = ("back_on", "why")
    back_on = GovDateField(label="Day on which it comes back")
    why = forms.CharField(
        label="Why nobody has to be told before then",
        help_text="Anyone who works on the case can read it.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why"},
    )

    def __init__(self, *args: Any, first: date, last: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["back_on"]
        assert isinstance(field, GovDateField)
        field.not_before, field.not_after = first, last
        field.help_text = f"From {in_words(first)} to {in_words(last)}."


class EndCoverForm(VersionForm):
    """Saying that nobody covers any more. `version` is the last word that the page showed."""

    no_version = (
        "We cannot tell what this page said of the absence when you opened it. Nothing was saved. "
        "Look at it as it is now, and send this again if it still holds."
    )


class CoverForm(EndCoverForm, PersonForm):
    """Who covers for somebody absent, and on which days."""

    field_order = ("person", "from_on", "until_on")
    from_on = GovDateField(label="First day")
    until_on = GovDateField(label="Last day")

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("from_on", "until_on"):
            field = self.fields[name]
            assert isinstance(field, GovDateField)
            field.not_before, field.not_after = on, on + LONGEST_COVER


class EventForm(Form):
    """The day from which the law counts where a case has a certain reason: asked for those only."""

    def __init__(
        self,
        *args: Any,
        on: date,
        born: date | None = None,
        since: date | None = None,
        **kwargs: Any,
    ) -> None:
        """`born` is the child's birthday where it is known exactly, `since` the case's day."""
        super().__init__(*args, **kwargs)
        self.on, self.born_on, self.since = on, born, since
        for event in EVENTS.values():
            self.fields[event.field] = GovDateField(
                label=event.title, required=False, help_text=event.hint, not_after=on
            )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """Ask for the day that belongs to the reason, and refuse it for any other."""
        cleaned = super().clean()
        reason = cleaned.get("reason")
        for code, event in EVENTS.items():
            day = cleaned.get(event.field)
            if code == reason and not day and event.field not in self.errors:
                self.add_error(event.field, f"Enter the {lower_first(event.title)}")
            elif day and reason and code != reason:
                self.add_error(event.field, "Leave this empty: it belongs to another reason")
            elif day and (sentence := self._why_not(event, day)):
                self.add_error(event.field, sentence)
        cleaned["event_on"] = cleaned.get(EVENTS[reason].field) if reason in EVENTS else None
        return cleaned

    def _why_not(self, event: Event, day: date) -> str:
        return why_not_event(event, day, born=self.born_on, since=self.since or self.on)


class ReportForm(EventForm):
    """Why a child goes on the register, and who said so."""

    field_order: Sequence[str] = ("reason", *EVENT_FIELDS, "because", "said_by")

    reason = forms.ChoiceField(
        label="Why is the child on the register?",
        choices=[("", "Choose a reason"), *((r.code, r.title) for r in CASE_REASONS.values())],
        error_messages={"required": "Select why the child is on the register"},
    )
    because = forms.CharField(
        label="What do we know?",
        help_text="What was said, by whom, and when. This stands on the case.",
        max_length=4000,
        widget=forms.Textarea,
        error_messages={"required": "Say what we know"},
    )
    said_by = forms.CharField(
        label="Who told us?",
        help_text="The person and their school, team or organisation.",
        max_length=120,
        widget=forms.TextInput(attrs=OFF),
        error_messages={"required": "Say who told us"},
    )


class MissedChangeForm(WhyForm):
    """Saying which change of school was missed, where the rule has another."""

    field_order = ("change", "why", "version")
    change = forms.ChoiceField(
        label="Which change of school was missed?",
        help_text="It is counted in the weekly report of the week in which the case was opened.",
        choices=[(change.value, title) for change, title in CHANGE_TITLES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Select which change of school was missed"},
    )


class ReasonsForm(EventForm, OnCase):
    """Withdrawing reasons of a case that were not so, and adding the one that is."""

    field_order = (
        *("withdrawn", "reason", *EVENT_FIELDS),
        *("because", "said_by", "why", "version"),
    )

    withdrawn = forms.MultipleChoiceField(
        label="Which of these is not why this case exists?",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs=SMALL),
    )
    reason = forms.ChoiceField(
        label="What is the reason instead?",
        required=False,
        choices=[("", "No other reason"), *((r.code, r.title) for r in CASE_REASONS.values())],
    )
    because = forms.CharField(
        label="What do we know of that reason?",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    said_by = forms.CharField(
        label="Who told us?",
        help_text="The person and their school, team or organisation.",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs=OFF),
    )
    why = forms.CharField(
        label="Why do you correct this?",
        help_text=WHY,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why you correct this"},
    )

    def __init__(self, *args: Any, standing: Sequence[CaseReason], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["withdrawn"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [
            (
                str(reason.pk),
                Choice(
                    CASE_REASONS[reason.code].title, f"Told by {in_sentence(str(reason.source))}."
                ),
            )
            for reason in standing
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse an answer that changes nothing, and a reason without what is known of it."""
        cleaned = super().clean()
        if not cleaned.get("withdrawn") and not cleaned.get("reason"):
            self.add_error("withdrawn", "Select a reason that is not so, or one to add")
        if cleaned.get("reason"):
            for name, sentence in (("because", "Say what we know"), ("said_by", "Say who told us")):
                if not cleaned.get(name):
                    self.add_error(name, sentence)
        return cleaned
