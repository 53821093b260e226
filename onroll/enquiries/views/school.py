"""Enquiries under /school/: a school tells what it tried, and answers what it is asked (P12)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted, saw
from onroll.cases import words
from onroll.cases.frame import today
from onroll.cases.models import Case
from onroll.documents.queries import Look
from onroll.enquiries import actions, queries
from onroll.enquiries.forms import EnquiryForm, SchoolAnswerForm
from onroll.enquiries.models import Enquiry, EnquiryEntry
from onroll.enquiries.views.frame import also_by_entry, goes_also, on_cases, with_last_entry
from onroll.enquiries.views.record import first_entries
from onroll.govuk.parts import Table
from onroll.govuk.questions import Done, ask
from onroll.govuk.templatetags.govuk import tag, when
from onroll.rules.enquiry_log import Act
from onroll.schools.models import School
from onroll.schools.queries import school_choice

PER_PAGE = 25
FIELDS = ("initials", "enquiries")
COLUMNS = ("Enquiry", "Pupil", "Who", "What came of it")


@needs(Permission.ENQUIRY_LOG_VIEW)
@require_safe
def enquiries(request: HttpRequest) -> HttpResponse:
    """List what the council asks of this school, and what the school has tried."""
    rows: Any = queries.enquiries_of_school(me(request), on=today())
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    _saw(request, [row.case for row in page], "school: enquiries")
    pupils = queries.cases_of_school(me(request), on=today())
    has_several = school_choice(me(request), "").has_several
    context = {
        "page": page,
        "table": Table(
            "Enquiries about your pupils",
            (*COLUMNS, *(("School",) if has_several else ())),
            [(*_cells(row), *((row.at_school,) if has_several else ())) for row in page],
            "The council has asked you nothing, and you have told it of no enquiry.",
            is_caption_hidden=True,
            is_stacked=True,
        ),
        "pupils": [
            (f"{_name(case)}, {case.at_school}" if has_several else _name(case), case)
            for case in pupils
        ],
    }
    return render(request, "enquiries/school_enquiries.html", context)


def _name(case: Case) -> str:
    """Return a pupil as a school's lists name them: initials, and the year group."""
    return f"{words.initials(case.child)} {words.year_of(case.child, on=today())}"


def _cells(enquiry: Enquiry) -> tuple[object, ...]:
    url = reverse("school_enquiries:enquiry", args=[enquiry.ref])
    link = format_html('<a class="govuk-link" href="{}">{}</a>', url, enquiry.title)
    entries = list(enquiry.entries.all())
    asker = "You" if enquiry.by_school_id else "The council asks you"
    mark = tag("Waits for you", "soon") if _is_to_answer(enquiry) else _standing(enquiry)
    last = when(entries[-1].done_on) if entries else ""
    return link, _name(enquiry.case), asker, format_html("{} {}", mark, last)


def _standing(enquiry: Enquiry) -> str:
    """Return how far an enquiry is, as the school may know it."""
    if not enquiry.by_school_id and not any(entry.is_news for entry in enquiry.entries.all()):
        return "Not asked any more"
    return enquiry.stage_title


def _is_to_answer(enquiry: Enquiry) -> bool:
    return enquiry.is_waiting and not enquiry.by_school_id and enquiry.case.is_open


@needs(Permission.ENQUIRY_LOG_VIEW)
@require_safe
def enquiry(request: HttpRequest, enquiry: str) -> HttpResponse:
    """Show an enquiry that the school made or is asked, and what the school itself said."""
    row = _find(request, enquiry)
    siblings = queries.siblings_in_sight(row, me(request), on=today())
    _saw(request, [row.case, *(sibling.case for sibling in siblings)], "school: enquiry")
    context = {
        "enquiry": row,
        "initials": words.initials(row.case.child),
        "entries": _entries_for_school(row, also_by_entry(request, row, siblings)),
        "may_answer": _is_to_answer(row),
    }
    return render(request, "enquiries/school_enquiry.html", context)


def _entries_for_school(
    enquiry: Enquiry, also: Mapping[int, list[str]]
) -> list[tuple[EnquiryEntry, Look | None, list[str], str]]:
    """Return what the school is asked, and what it said itself, each with its file; no address."""
    looks = queries.looks(enquiry)
    own = enquiry.by_school_id
    return [
        (entry, looks.get(entry.pk), also[entry.pk], "")
        for entry in enquiry.entries.all()
        if own or entry.is_news or entry.act in (Act.ASK, Act.CHASE)
    ]


@needs(Permission.ENQUIRY_ADD)
def add(request: HttpRequest, ref: str) -> HttpResponse:
    """Tell the council what the school has tried to find a pupil who is on the register."""
    case = _find_case(request, ref)
    form = EnquiryForm(*posted(request), on=today(), is_of_school=True)

    def act(form: EnquiryForm) -> Done:
        answers = form.cleaned_data
        (made,) = actions.record_enquiry(
            on_cases=[case],
            step=answers["step"],
            step_words=answers["step_words"],
            by_school=_school(request, case),
            entries=first_entries(form),
            by=me(request),
            at=timezone.localtime(),
        )
        url = reverse("school_enquiries:enquiry", args=[made.ref])
        return Done(url, f"Kept as {made.ref}. The council sees it now.")

    def page(form: EnquiryForm) -> HttpResponse:
        _saw(request, [case], "school: tell of an enquiry")
        context = {
            "title": f"What did you try to find {words.initials(case.child)}?",
            "lead": f"It goes on the list of case {case.ref}, where the council sees it at once.",
            "form": form,
            "button": "Send",
            "back_url": reverse("school_enquiries:enquiries"),
        }
        return render(request, "govuk/question.html", context)

    return ask(request, form, act, page)


@needs(Permission.ENQUIRY_ADD)
def answer(request: HttpRequest, enquiry: str) -> HttpResponse:
    """Answer what the council asks of the school; a further answer is kept beside the first."""
    row = _find(request, enquiry)
    if row.by_school_id:
        raise Http404
    siblings = queries.siblings_at_its_stage(row, me(request), on=today())
    form = with_last_entry(SchoolAnswerForm(*posted(request), on=today()), row, me(request))
    url = reverse("school_enquiries:enquiry", args=[row.ref])

    def act(form: SchoolAnswerForm) -> Done:
        changed = actions.add_entry(
            enquiry=row,
            act=Act.ANSWER,
            facts=form.facts,
            by=me(request),
            at=timezone.localtime(),
            latest=form.cleaned_data["version"] or 0,
        )
        kept = f"Your answer to {row.ref} is kept. The council sees it now."
        return Done(url, f"{kept}{on_cases(changed)}")

    def page(form: SchoolAnswerForm) -> HttpResponse:
        _saw(
            request,
            [row.case, *(sibling.case for sibling in siblings)],
            "school: answer an enquiry",
        )
        context = {
            "title": f"Answer the council: {row.title}",
            "lead": goes_also(request, siblings),
            "form": form,
            "button": "Send the answer",
            "back_url": url,
        }
        return render(request, "govuk/question.html", context)

    return ask(request, form, act, page)


def _find(request: HttpRequest, ref: str) -> Enquiry:
    try:
        return queries.enquiries_of_school(me(request), on=today()).get(ref=ref)
    except queries.NoEnquiry:
        raise Http404 from None


def _find_case(request: HttpRequest, ref: str) -> Case:
    try:
        case: Case = queries.cases_of_school(me(request), on=today()).get(ref=ref)
    except Case.DoesNotExist:
        raise Http404 from None
    return case


def _school(request: HttpRequest, case: Case) -> School:
    try:
        return queries.school_of(me(request), case, on=today())
    except queries.NoSchool:
        raise PermissionDenied from None


def _saw(request: HttpRequest, cases: Iterable[Case], page: str) -> None:
    """Write down that school staff are about to see something of these children."""
    children = [case.child_id for case in cases]
    saw(request, children, page, Permission.ENQUIRY_LOG_VIEW, FIELDS)
