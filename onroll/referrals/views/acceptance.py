"""Who takes on a child whom the hub handed over, or turns the child back (P15)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted
from onroll.cases.models import Case
from onroll.cases.queries import Match, Typed
from onroll.children.actions import AddressFacts, ChildFacts
from onroll.children.models import Child
from onroll.govuk.fields import Choice
from onroll.govuk.questions import Done, press
from onroll.referrals import actions, queries
from onroll.referrals.forms import hub as forms
from onroll.referrals.models import Referral, ReferredChild
from onroll.referrals.views import conflict
from onroll.referrals.views.frame import (
    About,
    address,
    ask,
    children_with_matches,
    find_in_part,
)


@needs(Permission.CASE_TRIAGE, Permission.REFERRAL_ACCEPT)
def accept(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """Accept one child of a referral: a child on record or a new one gets a case."""
    referral = find_in_part(request, ref)
    named = _named(request)
    about = children_with_matches(request, referral)
    meant = _meant(request, *_child_of(about, number))
    about = _and_named(request, about, number, (*meant, *named))
    entry, several = _child_of(about, number)
    if not _waits(entry):
        return _does_not_wait(request, referral, entry)
    if (case := _sent_case(referral, entry)) is not None:
        return _accept_case(request, referral, about, entry, case)
    matches = {match.child.ref: match for match in several}
    form = _accept_form(request, referral, entry, matches, is_named=bool(named))
    alike = _alike(request, entry, form)
    if alike:
        about = _and_named(request, about, number, alike)
        matches = {match.child.ref: match for match in _child_of(about, number)[1]}
        form.offer_children(_listed(matches))

    def act(form: forms.AcceptForm) -> Done:
        answers = form.cleaned_data
        case = actions.accept_child(
            entry=entry,
            child=_chosen(answers, matches, entry),
            because=answers["because"],
            by=me(request),
            at=timezone.localtime(),
            version=answers["version"],
            alike=[match.child for match in alike],
            not_same_why=answers["not_same_why"],
        )
        return Done(reverse("casefile:case", args=[case.ref]), f"Accepted as case {case.ref}.")

    title = "Do you accept this child?"
    return ask(request, form, act, referral, about, title=title, button="Accept", entry=entry)


def _sent_case(referral: Referral, entry: ReferredChild) -> Case | None:
    """Return the open case that was sent to the hub and comes back: it says who, and why."""
    case = entry.known_case
    is_sent = case is not None and case.pk == referral.from_case_id and case.is_open
    return case if is_sent else None


def _accept_case(
    request: HttpRequest, referral: Referral, about: About, entry: ReferredChild, case: Case
) -> HttpResponse:
    """Accept a child whose open case went to the hub, and ask nothing that the case holds."""
    form = forms.OnReferral(posted(request)[0], initial={"version": referral.version})

    def act(form: forms.OnReferral) -> Done:
        version, at = form.cleaned_data["version"], timezone.localtime()
        actions.accept_case(entry=entry, case=case, by=me(request), at=at, version=version)
        return Done(reverse("casefile:case", args=[case.ref]), f"Accepted as case {case.ref}.")

    says = f"Case {case.ref} says already who the child is, and why they are on the register."
    title = "Do you accept this child?"
    words = {"title": title, "button": "Accept", "says": says}
    return ask(request, form, act, referral, about, entry=entry, **words)


def _meant(
    request: HttpRequest, entry: ReferredChild, several: Sequence[Match]
) -> tuple[Match, ...]:
    """Return the child whom the hub means, where the search does not find them any more."""
    child = entry.decision.meant_now if entry.decision else None
    if child is None or child.pk in {match.child.pk for match in several}:
        return ()
    return queries.with_reference(me(request), child.ref, on=timezone.localdate())


def _named(request: HttpRequest) -> tuple[Match, ...]:
    """Return whomever the reference names that was typed of another child on record."""
    typed = request.POST.get("reference", "").strip()
    if not typed:
        return ()
    return queries.with_reference(me(request), typed, on=timezone.localdate())


def _alike(request: HttpRequest, entry: ReferredChild, form: forms.AcceptForm) -> tuple[Match, ...]:
    """Return who on record certainly is the child who is said to be new; nobody for another."""
    if not form.is_valid() or form.cleaned_data["child"] != forms.NEW:
        return ()
    answers = form.cleaned_data
    corrected = Typed(answers["forename"], answers["surname"], answers["born"])
    return queries.certain_matches(me(request), entry, corrected, on=timezone.localdate())


def _and_named(request: HttpRequest, about: About, number: int, named: Sequence[Match]) -> About:
    """Return the children of a referral, those on record who are named among whom one may be."""
    if not named:
        return about
    entry, several = _child_of(about, number)
    pairs = [(entry, tuple(named))]
    [(_, compared)] = queries.compare_each(me(request), pairs, on=timezone.localdate())
    both = _each_once((*several, *compared))
    return [(row, both if row.number == number else some) for row, some in about]


def _each_once(matches: Sequence[Match]) -> tuple[Match, ...]:
    return tuple({match.child.pk: match for match in matches}.values())


def _waits(entry: ReferredChild) -> bool:
    return entry.decision is not None and entry.decision.is_to_accept


def _does_not_wait(request: HttpRequest, referral: Referral, entry: ReferredChild) -> HttpResponse:
    """Say who answered about a child meanwhile to who answers now; others read the referral."""
    if request.method != "POST":
        return redirect(address(referral))
    return conflict.answered(request, referral, entry)


def _child_of(about: About, number: int) -> tuple[ReferredChild, tuple[Match, ...]]:
    for child, matches in about:
        if child.number == number:
            return child, matches
    raise Http404


def _accept_form(
    request: HttpRequest,
    referral: Referral,
    entry: ReferredChild,
    matches: Mapping[str, Match],
    *,
    is_named: bool,
) -> forms.AcceptForm:
    initial = {
        "version": referral.version,
        "forename": entry.forename,
        "surname": entry.surname,
        "born": entry.born_on,
    }
    form = forms.AcceptForm(
        posted(request)[0],
        initial=initial,
        children=_listed(matches),
        is_named=is_named,
        on=timezone.localdate(),
    )
    form.offer("sex", _sex_of(referral, entry))
    form.begin_with(entry.decision, matches)
    if entry.is_first:
        form.initial["middle_names"] = referral.answers.get("middle_names", "")
    return form


def _listed(matches: Mapping[str, Match]) -> list[tuple[str, str]]:
    """Return each child on record as a choice, with what tells them from another beside it."""
    return [
        (ref, Choice(f"{match.name}, {match.age}", _beside(match)))
        for ref, match in matches.items()
    ]


def _beside(match: Match) -> str:
    return render_to_string("referrals/parts/candidate.html", {"each": match})


def _sex_of(referral: Referral, entry: ReferredChild) -> object:
    """Return the sex that was told: by the form of its first child, else as the record has it."""
    sex = referral.answers.get("sex") if entry.is_first else None
    case = entry.known_case
    record = case.child if case else entry.record
    return sex or (record.sex if record else None)


def _chosen(
    answers: Mapping[str, Any], matches: Mapping[str, Match], entry: ReferredChild
) -> Child | ChildFacts:
    """Return the child on record that was chosen, or what is known of a new one."""
    if answers["child"] != forms.NEW:
        return matches[answers["child"]].child
    home = tuple(line.strip() for line in entry.home.splitlines() if line.strip())
    return ChildFacts(
        forename=answers["forename"],
        middle_names=answers["middle_names"],
        surname=answers["surname"],
        born_on=answers["born"],
        sex=answers["sex"],
        addresses=(AddressFacts(home, postcode=entry.postcode),) if entry.home_words else (),
    )


@needs(Permission.CASE_TRIAGE, Permission.REFERRAL_ACCEPT)
def turn_back(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """Give a child that was handed over back to the hub, with the reason."""
    referral = find_in_part(request, ref)
    about = children_with_matches(request, referral)
    entry, _ = _child_of(about, number)
    if not _waits(entry):
        return _does_not_wait(request, referral, entry)
    form = forms.ReasonForm(
        posted(request)[0],
        initial={"version": referral.version},
        label="Why does it go back to the hub?",
        hint="The hub reads this and decides again.",
        needs="Say why it goes back",
    )

    def act(form: forms.ReasonForm) -> Done:
        why, version = form.cleaned_data["why"], form.cleaned_data["version"]
        at = timezone.localtime()
        actions.turn_back(entry=entry, why=why, by=me(request), at=at, version=version)
        return Done(address(referral), "It is back with the hub, with your reason.")

    title = "Turn this referral back"
    return ask(request, form, act, referral, about, title=title, button="Turn it back", entry=entry)


@needs(Permission.CASE_TRIAGE, Permission.REFERRAL_ACCEPT)
@require_POST
def join(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """Let what came join the child's open case, in the name of who works on it."""
    referral = find_in_part(request, ref)
    entry, _ = _child_of(children_with_matches(request, referral), number)

    def act(form: forms.OnReferral) -> Done:
        version, at = form.cleaned_data["version"], timezone.localtime()
        actions.read_by_worker(entry=entry, by=me(request), at=at, version=version)
        return Done(address(referral), "It has joined the case.")

    return press(request, forms.OnReferral(request.POST), act, back_url=address(referral))
