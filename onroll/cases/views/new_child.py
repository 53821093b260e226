"""Adding a child nobody has on file, page by page, and opening the case (P10)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, saw
from onroll.addresses import page_address
from onroll.cases import queries
from onroll.cases.entries import TO_ADD, find_entry
from onroll.cases.forms import EVENT_FIELDS, ReportForm
from onroll.cases.frame import today
from onroll.cases.new_child_forms import CarerForm, ChildForm, LastHomeForm, LastSchoolForm
from onroll.cases.queries import Typed
from onroll.cases.views.entry import report
from onroll.children.actions import AddressFacts, AdultFacts, ChildFacts
from onroll.children.models import IdentifierKind
from onroll.drafts import question_pages
from onroll.drafts.models import Draft
from onroll.drafts.wizard import Inputs, Match, Page, Wizard
from onroll.govuk.forms import Form
from onroll.govuk.questions import Done
from onroll.rules.identifiers import check_upn
from onroll.schools.queries import reporting_schools

YES_OR_NO = {"yes": True, "no": False}


@needs(*TO_ADD)
def add(request: HttpRequest, handle: str) -> HttpResponse:
    """Ask who the child is whom a search has not found; the answer starts the draft."""
    typed = find_entry(request, handle)
    initial = {"forename": typed.forename, "surname": typed.surname, "born": typed.born}
    if check_upn(typed.number).is_valid:
        initial["upn"] = typed.number
    back_url = reverse("casefile:found", args=[handle])
    return question_pages.start(request, NEW_CHILD, initial=initial, back_url=back_url)


@needs(*TO_ADD)
def go_on(request: HttpRequest, ref: str, page: str) -> HttpResponse:
    """Ask another page of it, or all again before it is sent."""
    return question_pages.go_on(request, NEW_CHILD, ref, page)


def _who(inputs: Inputs) -> Form:
    return ChildForm(inputs.data, initial=inputs.initial, on=today(), user=me(inputs.request))


def _name_holders(request: HttpRequest, form: Form) -> None:
    """Write down who is shown to have the number that was typed."""
    if holders := getattr(form, "holders", ()):
        children = [child.pk for child in holders]
        saw(request, children, "add a child", Permission.CHILD_FIND, ("name", "numbers"))


def _home(inputs: Inputs) -> Form:
    return LastHomeForm(inputs.data)


def _carer(inputs: Inputs) -> Form:
    return CarerForm(inputs.data)


def _school(inputs: Inputs) -> Form:
    born = inputs.answers.get("born")
    return LastSchoolForm(inputs.data, on=today(), born=born, schools=reporting_schools())


def _why(inputs: Inputs) -> Form:
    answers = inputs.answers
    born = None if answers.get("is_born_estimated") else answers.get("born")
    return ReportForm(inputs.data, on=today(), born=born, since=answers.get("left_on"))


def _send(request: HttpRequest, ref: str, answers: Mapping[str, Any]) -> Done:
    return report(
        request,
        answers,
        key=f"entry {ref}",
        child=_facts(answers),
        school=answers["school"],
        left_on=answers["left_on"],
    )


def _look_again(request: HttpRequest, draft: Draft, answers: Mapping[str, Any]) -> list[Match]:
    """Return the children like this one who came on record while it was typed."""
    typed = Typed(answers["forename"], answers["surname"], answers["born"], answers["upn"])
    on = today()
    newcomers = [
        match
        for match in queries.look_up(me(request), typed, on=on).matches
        if match.child.source.recorded_at >= draft.started_at
    ]
    if newcomers:
        children = [match.child.pk for match in newcomers]
        saw(request, children, "add a child", Permission.CHILD_FIND, ("name", "date of birth"))
    return [
        Match(
            match.child.ref,
            f"{match.name}, {match.age}",
            page_address("casefile:child", match.child.ref),
        )
        for match in newcomers
    ]


def _name(typed: Mapping[str, list[str]]) -> str:
    return " ".join(" ".join(typed.get(name, [])) for name in ("forename", "surname")).strip()


def _facts(answers: Mapping[str, Any]) -> ChildFacts:
    is_permanent = check_upn(answers["upn"]).kind == "permanent"
    kind = IdentifierKind.UPN if is_permanent else IdentifierKind.TEMPORARY_UPN
    return ChildFacts(
        forename=answers["forename"],
        middle_names=answers["middle_names"],
        surname=answers["surname"],
        born_on=answers["born"],
        is_born_estimated=bool(answers["born"]) and answers["is_born_estimated"],
        sex=answers["sex"],
        identifiers=((kind.value, answers["upn"]),) if answers["upn"] else (),
        addresses=tuple(_homes(answers)),
        adults=tuple(_carers(answers)),
    )


def _homes(answers: Mapping[str, Any]) -> Iterable[AddressFacts]:
    """Yield the last known address, and that there is no fixed abode: both may be so."""
    lines = tuple(line.strip() for line in answers["address"].splitlines() if line.strip())
    if lines or answers["postcode"]:
        yield AddressFacts(lines=lines, postcode=answers["postcode"].upper())
    if answers["has_no_home"]:
        yield AddressFacts(has_none=True)


def _carers(answers: Mapping[str, Any]) -> Iterable[AdultFacts]:
    if answers["carer_forename"] or answers["carer_surname"] or answers["carer_phone"]:
        yield AdultFacts(
            forename=answers["carer_forename"],
            surname=answers["carer_surname"],
            kind=answers["carer_kind"],
            has_responsibility=YES_OR_NO.get(answers["carer_is_responsible"]),
            phones=(answers["carer_phone"],) if answers["carer_phone"] else (),
        )


IF_KNOWN = "Leave empty what nobody knows."
NEW_CHILD = Wizard(
    title="Add a new child",
    route="cases:new_child",
    pages=(
        Page("who", "Who is the child?", _who, name_seen=_name_holders),
        Page("home", "Where did the child last live?", _home, IF_KNOWN),
        Page("carer", "Who is the child’s parent or carer?", _carer, IF_KNOWN),
        Page("school", "Which school was the child last at?", _school, IF_KNOWN),
        Page(
            "why",
            "Why does the child go on the register?",
            _why,
            hides_empty=EVENT_FIELDS,
        ),
    ),
    send=_send,
    button="Add the child and open the case",
    label=_name,
    look_again=_look_again,
)
