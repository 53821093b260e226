"""The pages about the whole of a form: how far it is, check your answers and send, delete it."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from onroll.accounts.models import User
from onroll.addresses import page_address
from onroll.drafts import actions
from onroll.drafts.answers import Row, rows, words_of
from onroll.drafts.authors import Author
from onroll.drafts.files import FilesForm
from onroll.drafts.models import Draft
from onroll.drafts.sent_cookie import remember_sent
from onroll.drafts.wizard import (
    CHECK,
    DELETE,
    LINK,
    TASKS,
    Filled,
    Inputs,
    Match,
    Page,
    Wizard,
    as_sent,
    fill,
    is_untouched,
)
from onroll.govuk.forms import Form
from onroll.govuk.questions import Done, ask
from onroll.rules.refusal import Refused

ANSWERS = "answers_version"
"""The hidden question of check-your-answers: which answers were shown."""
CHANGED = gettext_noop(
    "Your answers have changed since this page was shown. Look at them again, then send them."
)
GONE = gettext_noop("This form was sent or deleted meanwhile. Nothing was done twice.")
MATCHES = "matching_records"
"""The hidden question of check-your-answers: which matches were shown.

Its name is none of what a form has by itself: in a browser it would hide that."""
LOOK_FIRST = (
    "Somebody like this was put on record after you began. Look there first. If it is somebody "
    "else, send this form again."
)
NOT_RIGHT = gettext_noop(
    "Something in this form is not right any more. Go back and look at it again."
)
DELETED = gettext_noop("The form is deleted. Nothing was sent.")


def show_tasks(request: HttpRequest, wizard: Wizard, filled: Filled) -> HttpResponse:
    """Show which pages are answered."""
    ref = filled.draft.ref
    context = {
        "title": gettext(wizard.title),
        "name": gettext(filled.draft.title),
        "first": wizard.first,
        "warns": wizard.warns(filled.said),
        "gaps": wizard.gaps,
        "form": wizard.last(_at_the_end(request, filled, None)),
        "draft": filled.draft,
        "tasks": _steps(wizard, filled),
        "next_url": wizard.url(ref, filled.next),
        "is_complete": filled.next == CHECK,
        "is_short": filled.is_urgent and bool(filled.empty),
        "is_partly_shut": bool(filled.empty),
        "needed": _needed(filled),
        "open_url": wizard.url(ref, filled.first_open),
        "empty_url": wizard.url(ref, next(iter(filled.empty), CHECK)),
        "delete_url": wizard.url(ref, DELETE),
        "link_url": "" if filled.draft.author_id else wizard.url(ref, LINK),
    }
    return render(request, "drafts/tasks.html", context)


def _needed(filled: Filled) -> list[str]:
    """Return the titles of the pages that hold it up; unless it is urgent, those that are wrong."""
    wrong = [page for page in filled.pages if filled.is_wrong(page.slug)]
    is_short = filled.is_urgent and bool(filled.empty)
    answered = filled.draft.answers
    return [gettext(page.title) for page in wrong if is_short or page.slug in answered]


def make_link(request: HttpRequest, wizard: Wizard, draft: Draft) -> HttpResponse:
    """Make a link by which its author, without an account, goes on at another computer."""
    if request.method != "POST" or draft.author_id:
        return redirect(wizard.url(draft.ref, TASKS))
    return redirect(page_address("drafts:link", actions.make_link(draft=draft)))


def list_steps(wizard: Wizard, filled: Filled) -> dict[str, Any]:
    """Return what the list beside a page of questions shows."""
    return {"steps": _steps(wizard, filled), "tasks_url": wizard.url(filled.draft.ref, TASKS)}


def _steps(wizard: Wizard, filled: Filled) -> list[tuple[str, str, str, str]]:
    """Return the title of each page, its address, and how far it is: in words, and as a code."""
    ref = filled.draft.ref
    return [
        (gettext(page.title), wizard.url(ref, page.slug), *_status(filled, page.slug))
        for page in filled.pages
    ]


def _status(filled: Filled, slug: str) -> tuple[str, str]:
    form, typed = filled.forms[slug], filled.draft.answers.get(slug, {})
    if form.owes():
        return gettext("Not finished"), "waiting"
    if form.is_valid():
        return (
            (gettext("Nothing written"), "quiet") if _is_empty(form) else (gettext("Completed"), "")
        )
    if form.is_bound and not is_untouched(form, typed):
        return gettext("There is a problem"), "problem"
    return gettext("Not yet started"), "new"


def _is_empty(form: Form) -> bool:
    """Say whether a page asks something and holds no answer: it was passed, which is allowed."""
    if isinstance(form, FilesForm):
        return not form.kept
    if hasattr(form, "lines"):
        return not form.lines()
    questions = form.visible_fields()
    return bool(questions) and not any(
        words_of(question, form.cleaned_data.get(question.name)) for question in questions
    )


def check(request: HttpRequest, wizard: Wizard, filled: Filled, author: Author) -> HttpResponse:
    """Show all answers, each with a way to change it; send them."""
    draft = filled.draft
    if filled.next != CHECK:
        return redirect(wizard.url(draft.ref, filled.next))
    matches = wizard.look_again(request, draft, filled.answers)
    if request.method != "POST":
        typed = draft.answers.get(CHECK)
        form = wizard.last(_at_the_end(request, filled, None if typed is None else as_sent(typed)))
        return _show_answers(request, wizard, filled, form, matches)
    form = wizard.last(_at_the_end(request, filled, request.POST))

    def act(form: Form) -> Done:
        locked = _lock_draft(request, wizard, filled, author, matches)
        return _send(request, wizard, locked, form)

    def come_back(form: Form) -> HttpResponse:
        return _come_back(request, wizard, draft, form)

    answer = ask(request, form, act, come_back)
    if getattr(request, "is_form_sent", False):
        now = timezone.localtime()
        remember_sent(request, answer, ref=draft.ref, at=now, now=now)
    return answer


def _come_back(request: HttpRequest, wizard: Wizard, draft: Draft, form: Form) -> HttpResponse:
    """Lead back to the answers of a form that was not sent, with what was typed beside them.

    The page itself says what is wrong, so that a browser can come back to it; why it was refused
    is said once.
    """
    typed = {name: request.POST.getlist(name) for name in form.fields}
    actions.keep_last(draft=draft, typed=typed)
    for sentence in form.non_field_errors():
        messages.error(request, str(sentence))
    return redirect(wizard.url(draft.ref, CHECK))


def _lock_draft(
    request: HttpRequest, wizard: Wizard, filled: Filled, author: Author, matches: list[Match]
) -> Draft:
    """Lock and return the draft; refuse what its author has not seen as it now is."""
    if request.POST.get(MATCHES, "") != _mark(matches):
        raise Refused(LOOK_FIRST)
    draft = actions.lock_draft(
        ref=filled.draft.ref, kind=wizard.route, author=author, at=timezone.localtime()
    )
    if draft is None:
        raise Refused(gettext(GONE))
    if request.POST.get(ANSWERS, draft.whole_version) != draft.whole_version:
        raise Refused(gettext(CHANGED))
    return draft


def _send(request: HttpRequest, wizard: Wizard, draft: Draft, form: Form) -> Done:
    """Send the answers of a draft that is locked, and delete it."""
    current = fill(request, wizard, draft)
    if current.next != CHECK:
        raise Refused(gettext(NOT_RIGHT))
    done = wizard.send(request, draft.ref, current.answers | form.cleaned_data)
    actions.delete_draft(draft=draft)
    request.is_form_sent = True  # type: ignore[attr-defined]  # for `check`
    return done


def _show_answers(
    request: HttpRequest, wizard: Wizard, filled: Filled, form: Form, matches: list[Match]
) -> HttpResponse:
    _name_seen(request, filled)
    ref = filled.draft.ref
    context = {
        "title": gettext("Check your answers"),
        "first": wizard.first,
        "warns": wizard.warns(filled.said),
        "gaps": wizard.gaps,
        "caption": gettext(wizard.title),
        "form": form,
        "cards": list(_cards(wizard, filled)),
        "button": gettext(wizard.button),
        "matches": matches,
        "mark": _mark(matches),
        "answers_version": filled.draft.whole_version,
        "says_copy": not filled.draft.author_id,
        "back_url": wizard.url(ref, filled.pages[-1].slug),
        "tasks_url": wizard.url(ref, TASKS),
        "delete_url": wizard.url(ref, DELETE),
    }
    return render(request, "drafts/check.html", context)


def _name_seen(request: HttpRequest, filled: Filled) -> None:
    """Write down whom of those on record the answers show."""
    for page in filled.pages:
        form = filled.forms[page.slug]
        if hasattr(form, "lines"):
            page.name_seen(request, form)


def _mark(matches: list[Match]) -> str:
    """Return what tells whether these matches were shown."""
    return ",".join(sorted(match.ref for match in matches))


def _at_the_end(request: HttpRequest, filled: Filled, data: QueryDict | None) -> Inputs:
    """Return what the form about all the answers is made from."""
    draft = filled.draft
    return Inputs(request, data, {}, filled.said, draft.ref, draft.about, filled.is_urgent)


def _cards(wizard: Wizard, filled: Filled) -> Iterator[tuple[str, list[Row], str]]:
    """Yield the title of each page, its answers, and its address."""
    for page in filled.pages:
        url = wizard.url(filled.draft.ref, page.slug)
        yield gettext(page.title), _shown(filled, page, url=url), url


def _shown(filled: Filled, page: Page, *, url: str) -> list[Row]:
    """Return the answers of a page; none of one that nobody opened, with which nothing is sent."""
    return [] if page.slug in filled.empty else rows(page, filled.forms[page.slug], url=url)


def delete(request: HttpRequest, wizard: Wizard, draft: Draft) -> HttpResponse:
    """Ask whether a draft is to be deleted, and delete it."""
    home = page_address("drafts:unfinished") if isinstance(request.user, User) else "/"

    def act(_form: Form) -> Done:
        actions.delete_draft(draft=draft)
        return Done(home, DELETED)

    def show_warning(form: Form) -> HttpResponse:
        tasks_url = wizard.url(draft.ref, TASKS)
        context = {
            "form": form,
            "name": gettext(draft.title),
            "first": wizard.first,
            "back_url": tasks_url,
            "cancel_url": tasks_url,
        }
        return render(request, "drafts/delete.html", context)

    return ask(request, Form(request.POST if request.method == "POST" else None), act, show_warning)
