"""A form of several pages: one question page at a time, then check your answers, then send.

Every page saves what was typed, right or wrong. A wizard stands at two addresses of the feature
that has it: one starts it (`start`), the other has the draft's reference and a page (`go_on`).
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from onroll.accounts.models import User
from onroll.addresses import page_address
from onroll.drafts import actions, queries
from onroll.drafts.answers import rows
from onroll.drafts.authors import Author, author_of, remember
from onroll.drafts.models import Draft
from onroll.drafts.wizard import CHECK, DELETE, TASKS, Filled, Inputs, Page, Wizard, fill
from onroll.govuk.forms import Form
from onroll.govuk.questions import Done, ask
from onroll.receipts.pages import fields as sent_fields
from onroll.rules.refusal import Refused
from onroll.senders.sender import sender_of

LATER = "later"
"""The button that saves a page as it is."""
GONE = "This form was sent or deleted meanwhile. Nothing was done twice."
MATCHES = "matching_records"
"""The hidden question of check-your-answers: which matches were shown.

Its name is none of what a form has by itself: in a browser it would hide that."""
LOOK_FIRST = (
    "Somebody like this was put on record after you began. Look there first. If it is somebody "
    "else, send this form again."
)
TOO_MANY = (
    "Very many forms were begun from your connection, so this one is not saved. Ring us now, or "
    "press Continue again in some minutes."
)
NOT_RIGHT = "Something in this form is not right any more. Go back and look at it again."


def _typed(request: HttpRequest, form: Form) -> dict[str, list[str]]:
    """Return what was typed into the questions of a page, and nothing else that was sent."""
    typed: dict[str, list[str]] = {}
    for name, value in sent_fields(request):
        if any(name == field or name.startswith(f"{field}_") for field in form.fields):
            typed.setdefault(name, []).append(value)
    return typed


def start(
    request: HttpRequest, wizard: Wizard, *, initial: Mapping[str, Any], back_url: str
) -> HttpResponse:
    """Ask the first page of a new form; what is sent starts its draft."""
    page = wizard.pages[0]
    form = page.form(Inputs(request, None, initial, {}, ""))
    author = author_of(request)
    if request.method != "POST":
        return remember(_question(request, wizard, page, form, back_url=back_url), author)
    at = timezone.localtime()
    if author.user is None and not actions.count_start(sender=sender_of(request), at=at):
        form = page.form(Inputs(request, request.POST, initial, {}, ""))
        form.full_clean()
        form.add_error(None, TOO_MANY)
        answer = _question(request, wizard, page, form, back_url=back_url)
        answer.status_code = HTTPStatus.TOO_MANY_REQUESTS
        return remember(answer, author)
    typed = _typed(request, form)
    draft = actions.start_draft(
        kind=wizard.route,
        title=_title(wizard, typed),
        page=page.slug,
        typed=typed,
        author=author,
        at=at,
    )
    return remember(_after(request, wizard, page, fill(request, wizard, draft)), author)


def _title(wizard: Wizard, typed: Mapping[str, list[str]]) -> str:
    return ": ".join(filter(None, (wizard.title, wizard.label(typed))))


def go_on(request: HttpRequest, wizard: Wizard, ref: str, slug: str) -> HttpResponse:
    """Show or take one page of a draft; one that is not the author's is gone, as is one sent."""
    author = author_of(request)
    draft = queries.find_draft(author, ref, kind=wizard.route, at=timezone.localtime())
    if draft is None:
        return render(request, "drafts/gone.html", status=HTTPStatus.NOT_FOUND)
    return remember(_page(request, wizard, draft, slug, author), author)


def _page(
    request: HttpRequest, wizard: Wizard, draft: Draft, slug: str, author: Author
) -> HttpResponse:
    if slug == DELETE:
        return _delete(request, wizard, draft)
    filled = fill(request, wizard, draft)
    if slug == TASKS:
        return _tasks(request, wizard, filled)
    if slug == CHECK:
        return _check(request, wizard, filled, author)
    page = next((page for page in wizard.pages if page.slug == slug), None)
    if page is None:
        raise Http404
    if request.method == "POST":
        typed = _typed(request, filled.forms[slug])
        titled = typed if page is wizard.pages[0] else draft.answers[wizard.pages[0].slug]
        draft = actions.save_page(
            draft=draft,
            title=_title(wizard, titled),
            page=slug,
            typed=typed,
            at=timezone.localtime(),
        )
        filled = fill(request, wizard, draft)
        if filled.forms[slug].is_valid() or LATER in request.POST:
            return _after(request, wizard, page, filled)
    back_url = _before(wizard, page, filled)
    return _question(request, wizard, page, filled.forms[slug], back_url=back_url)


def _after(request: HttpRequest, wizard: Wizard, page: Page, filled: Filled) -> HttpResponse:
    """Go on from a saved page: to what is wrong with it, or to the next, or to check all."""
    ref = filled.draft.ref
    if LATER in request.POST:
        messages.success(request, "Saved. You can finish this form later.")
        return redirect(wizard.url(ref, TASKS))
    slugs = [step.slug for step in wizard.pages]
    is_first_time = any(slug not in filled.draft.answers for slug in slugs)
    if not is_first_time or page.slug in (filled.next, slugs[-1]):
        return redirect(wizard.url(ref, filled.next))
    return redirect(wizard.url(ref, slugs[slugs.index(page.slug) + 1]))


def _before(wizard: Wizard, page: Page, filled: Filled) -> str:
    """Return where *back* leads: to all answers once there are all, else one page back."""
    slugs = [TASKS, *(step.slug for step in wizard.pages)]
    page_before = slugs[slugs.index(page.slug) - 1]
    return wizard.url(filled.draft.ref, CHECK if filled.next == CHECK else page_before)


def _question(
    request: HttpRequest, wizard: Wizard, page: Page, form: Form, *, back_url: str
) -> HttpResponse:
    """Show a page of questions, once the audit trail names the children whom it shows."""
    page.name_seen(request, form)
    context = {
        "title": page.title,
        "lead": page.lead,
        "form": form,
        "caption": wizard.title,
        "first": wizard.first,
        "back_url": back_url,
        "later": LATER,
    }
    return render(request, "drafts/page.html", context)


def _tasks(request: HttpRequest, wizard: Wizard, filled: Filled) -> HttpResponse:
    """Show which pages are answered."""
    ref = filled.draft.ref
    tasks = [
        (page.title, wizard.url(ref, page.slug), *_status(filled.forms[page.slug]))
        for page in wizard.pages
    ]
    context = {
        "title": wizard.title,
        "first": wizard.first,
        "draft": filled.draft,
        "tasks": tasks,
        "next_url": wizard.url(ref, filled.next),
        "is_complete": filled.next == CHECK,
        "delete_url": wizard.url(ref, DELETE),
    }
    return render(request, "drafts/tasks.html", context)


def _status(form: Form) -> tuple[str, str]:
    if form.is_valid():
        return "Completed", ""
    return ("There is a problem", "problem") if form.is_bound else ("Not yet started", "new")


def _check(request: HttpRequest, wizard: Wizard, filled: Filled, author: Author) -> HttpResponse:
    """Show all answers, each with a way to change it; send them."""
    ref = filled.draft.ref
    if filled.next != CHECK:
        return redirect(wizard.url(ref, filled.next))

    matches = wizard.look_again(request, filled.draft, filled.answers)
    mark = ",".join(sorted(match.ref for match in matches))

    def act(_form: Form) -> Done:
        if request.POST.get(MATCHES, "") != mark:
            raise Refused(LOOK_FIRST)
        draft = actions.lock_draft(
            ref=ref, kind=wizard.route, author=author, at=timezone.localtime()
        )
        if draft is None:
            raise Refused(GONE)
        current = fill(request, wizard, draft)
        if current.next != CHECK:
            raise Refused(NOT_RIGHT)
        done = wizard.send(request, ref, current.answers)
        actions.delete_draft(draft=draft)
        return done

    def show_answers(form: Form) -> HttpResponse:
        cards = [
            (page.title, rows(page, filled.forms[page.slug], url=wizard.url(ref, page.slug)))
            for page in wizard.pages
        ]
        context = {
            "title": "Check your answers",
            "first": wizard.first,
            "caption": wizard.title,
            "form": form,
            "cards": cards,
            "button": wizard.button,
            "matches": matches,
            "mark": mark,
            "back_url": wizard.url(ref, wizard.pages[-1].slug),
            "tasks_url": wizard.url(ref, TASKS),
            "delete_url": wizard.url(ref, DELETE),
        }
        return render(request, "drafts/check.html", context)

    return ask(request, Form(request.POST if request.method == "POST" else None), act, show_answers)


def _delete(request: HttpRequest, wizard: Wizard, draft: Draft) -> HttpResponse:
    """Ask whether a draft is to be deleted, and delete it."""
    home = page_address("drafts:unfinished") if isinstance(request.user, User) else "/"

    def act(_form: Form) -> Done:
        actions.delete_draft(draft=draft)
        return Done(home, "The form is deleted. Nothing was sent.")

    def show_warning(form: Form) -> HttpResponse:
        tasks_url = wizard.url(draft.ref, TASKS)
        context = {
            "form": form,
            "draft": draft,
            "first": wizard.first,
            "back_url": tasks_url,
            "cancel_url": tasks_url,
        }
        return render(request, "drafts/delete.html", context)

    return ask(request, Form(request.POST if request.method == "POST" else None), act, show_warning)
