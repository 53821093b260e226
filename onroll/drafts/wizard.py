"""What a form of several pages is: its pages, what was typed into them, and what sending does."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.functional import Promise

from onroll.accounts.models import User
from onroll.drafts.models import AT_THE_END, Draft
from onroll.govuk.forms import Form
from onroll.govuk.questions import Done

TASKS, CHECK, DELETE, LINK = "form", AT_THE_END, "delete", "link"
"""The pages that every wizard has beside its own."""
MOST_WITHOUT_LIST = 5
"""Pages of a form that is gone through without a look at the list of them."""


@dataclass(frozen=True)
class Inputs:
    """What the form of a page is made from."""

    request: HttpRequest
    data: QueryDict | None
    initial: Mapping[str, Any]
    answers: Mapping[str, Any]
    """Of the pages before, as far as they are right."""
    ref: str
    """Of the draft; empty on the first page of a new one."""
    about: str = ""
    """The reference of the record it is about, where it was begun from one."""
    is_urgent: bool = False
    """Whether anything in the whole form, on whatever page, makes it urgent."""


@dataclass(frozen=True)
class Page:
    """A question page; `name_seen` writes down whom it is about to show of those on record.

    Titles are English: a page shows them in its reader's language, and a draft keeps its own.
    """

    slug: str
    title: str
    form: Callable[[Inputs], Form]
    lead: str | Promise = ""
    own_lead: str = ""
    """The lead for who is signed in; empty where it is the same."""
    hides_empty: Collection[str] = ()
    """Questions that stand on check-your-answers only with an answer."""
    name_seen: Callable[[HttpRequest, Form], None] = lambda _request, _form: None
    is_asked: Callable[[Inputs], bool] = lambda _inputs: True
    """Whether the answers before make it a question; the first page always is one."""
    file_type: Callable[[bytes], str] = lambda _content: ""
    """On a page that takes files: gives a file's type; raises `Refused` for one not taken."""
    shows: str = ""
    """A template that stands above the questions."""
    is_always_seen: bool = False
    """Whether nobody sends the whole before they opened it, urgent or not."""
    says_urgent: bool = False
    """Whether it asks what makes the whole urgent: the short way stands on it from the start."""


@dataclass(frozen=True)
class Match:
    """Something put on record since a draft was begun, which may be what the draft is about."""

    ref: str
    words: str
    url: str


@dataclass(frozen=True)
class Wizard:
    """The pages, and what sending does. `route` takes a draft's reference and a page."""

    title: str
    route: str
    pages: tuple[Page, ...]
    send: Callable[[HttpRequest, str, Mapping[str, Any]], Done]
    """Is given the draft's reference and all the answers."""
    button: str
    label: Callable[[Mapping[str, list[str]]], str] = lambda _typed: ""
    """What tells one draft from another, from what was typed into the first page."""
    look_again: Callable[[HttpRequest, Draft, Mapping[str, Any]], list[Match]] = (
        lambda _request, _draft, _answers: []
    )
    """Is given all the answers before they are sent. Whoever sends them has seen each match."""
    first: str = ""
    """A template that stands before everything else on every page, such as whom to ring first."""
    warns: Callable[[Mapping[str, Any]], str] = lambda _answers: ""
    """A template that stands after `first` once the answers ask for it; "" for none."""
    last: Callable[[Inputs], Form] = lambda inputs: Form(inputs.data)
    """The form on check-your-answers: empty, or what is asked about all the answers."""
    gaps: str = ""
    """A template that shows what the form `last` finds missing, beside the answers."""
    is_urgent: Callable[[Mapping[str, Any]], bool] = lambda _answers: False
    """Whether, by any answer in it, it can be sent without a look at pages that may be empty."""

    begin: str = ""
    """The name of the route on which a new one is begun; "" for one that is begun from a record."""
    lost: str = ""
    """The name of the route on which who has no account gets a lost link again; "" for none."""
    receipt: Callable[[User, str], str] = lambda _user, _ref: ""
    """Where a person with an account sees what they sent, by the draft's reference; "" for none."""

    @property
    def is_long(self) -> bool:
        """Return whether each page leads to the list of all, so that nobody is lost in it."""
        return len(self.pages) > MOST_WITHOUT_LIST

    def name(self, typed: Mapping[str, list[str]]) -> str:
        """Return what a draft is called, from what was typed into its first page."""
        return ": ".join(filter(None, (self.title, self.label(typed))))

    def url(self, ref: str, page: str) -> str:
        """Return the address of a page of a draft."""
        return reverse(self.route, args=[ref, page])


@dataclass
class Filled:
    """A draft with the form of each page; `answers` are those of all pages that are right."""

    draft: Draft
    pages: list[Page] = field(default_factory=list)
    """Those that are asked, in their order."""
    forms: dict[str, Form] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    is_urgent: bool = False
    half: dict[str, Any] = field(default_factory=dict)
    """The answers that are right on pages that are not."""
    empty: dict[str, Form] = field(default_factory=dict)
    """The pages that nobody opened and that may be empty: they hold nothing back."""

    @property
    def said(self) -> dict[str, Any]:
        """Return every answer that is right, on whatever page."""
        return self.answers | self.half

    @property
    def next(self) -> str:
        """Return the first page that is needed or not right; check-your-answers for none."""
        return next(filter(self.is_wrong, self.forms), CHECK)

    @property
    def first_open(self) -> str:
        """Return the first page that is needed, not right or not opened, else as `next`."""
        return next(
            (slug for slug in self.forms if slug in self.empty or self.is_wrong(slug)), CHECK
        )

    def is_wrong(self, slug: str) -> bool:
        """Return whether a page stands between the form and its end."""
        return slug not in self.empty and not self.forms[slug].is_valid()


def fill(request: HttpRequest, wizard: Wizard, draft: Draft) -> Filled:
    """Make the form of each page from what was typed.

    What is urgent by one page is so on those before it: then they are made once more.
    """
    filled = _fill(request, wizard, draft, is_urgent=False)
    if wizard.is_urgent(filled.said):
        return _fill(request, wizard, draft, is_urgent=True)
    return filled


def _fill(request: HttpRequest, wizard: Wizard, draft: Draft, *, is_urgent: bool) -> Filled:
    filled = Filled(draft, is_urgent=is_urgent)
    for page in wizard.pages:
        typed = draft.answers.get(page.slug)
        data = None if typed is None else as_sent(typed)
        offered = draft.offered.get(page.slug, {})
        before = dict(filled.answers)
        inputs = Inputs(request, data, offered, before, draft.ref, draft.about, is_urgent)
        if not page.is_asked(inputs):
            continue
        form = page.form(inputs)
        filled.pages.append(page)
        filled.forms[page.slug] = form
        if form.is_valid():
            filled.answers |= form.cleaned_data
        elif data is not None:
            filled.half |= form.cleaned_data
        elif _may_stay_shut(wizard, page, is_urgent=is_urgent, is_offered=bool(offered)):
            empty = page.form(replace(inputs, data=QueryDict()))
            if empty.is_valid():
                filled.empty[page.slug] = empty
                filled.answers |= empty.cleaned_data
    return filled


def _may_stay_shut(wizard: Wizard, page: Page, *, is_urgent: bool, is_offered: bool) -> bool:
    """Say whether a page that needs nothing may stay unopened.

    Of what is not urgent, a page with words from elsewhere is opened first, so that none is lost.
    """
    return not page.is_always_seen and (is_urgent or (wizard.is_long and not is_offered))


def is_untouched(form: Form, typed: Mapping[str, list[str]]) -> bool:
    """Say whether nothing was typed into a page but what it opened with."""
    return all(
        value.strip() in ("", str(form.initial.get(name) or ""))
        for name, values in typed.items()
        for value in values
    )


def as_sent(typed: Mapping[str, list[str]]) -> QueryDict:
    """Return what was typed into a page as the form that sent it."""
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, values)
    return data
