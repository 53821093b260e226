"""The pages of one case, read only: the case itself, and who works on it."""

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from onroll.accounts import access, sentences
from onroll.accounts.decorators import needs
from onroll.accounts.matrix import Scope
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me
from onroll.audit.queries import Viewing, who_saw
from onroll.casefile import features
from onroll.cases import queries
from onroll.cases.frame import find_case, show, sub_pages, today, trail
from onroll.cases.queries.register import STAGE_MEANINGS
from onroll.govuk.parts import Column, Table
from onroll.govuk.templatetags.govuk import when
from onroll.rules import pathway
from onroll.rules.pathway import Stage

PER_PAGE = 15


@needs(Permission.CASE_VIEW)
@require_safe
def case(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what features offer of a case: why it exists, what is due, what needs a look."""
    case, user = find_case(request, ref), me(request)
    panels = features.case_panels(case, user, on=today())
    context = {
        "links": trail(case),
        "sub_links": sub_pages(case, "case"),
        "stage": pathway.STAGE_TITLES[Stage(case.stage)],
        "stage_meaning": STAGE_MEANINGS[case.stage],
        "panels": [panel for panel in panels if not panel.part.is_beside],
        "beside": [panel for panel in panels if panel.part.is_beside],
        "may_note": queries.may_on(user, Permission.NOTE_ADD, case),
        "may_warn": case.is_open
        and queries.may_on(user, Permission.CASE_WORK, case)
        and queries.may_read_warnings(user, case),
        "may_send": case.is_open and access.may(user, Permission.CASE_TRIAGE),
    }
    fields = [field for panel in panels for field in panel.fields]
    return show(request, case, "casefile/case.html", page="case", context=context, fields=fields)


@needs(Permission.CASE_VIEW)
@require_safe
def team(request: HttpRequest, ref: str) -> HttpResponse:
    """Show who works on the case, and who has opened its pages."""
    case, user = find_case(request, ref), me(request)
    reach = access.scope(user, Permission.CASE_ACCESS_SEEN)
    context = {
        "links": trail(case),
        "sub_links": sub_pages(case, "team"),
        "team": queries.team_of(case),
        "may_assign": case.is_open and queries.may_on(user, Permission.CASE_ASSIGN, case),
        "owner": queries.owner_of(case),
        "stays": case.owner_id == user.pk or queries.is_covered(case),
        "seal": queries.seal_of(case) if case.child.is_sealed else None,
        "proposal": queries.proposal_of(case),
        "may_seal": queries.may_on(user, Permission.CASE_SEAL, case),
        "may_propose": access.may(user, Permission.SEAL_PROPOSE)
        and queries.may_on(user, Permission.CASE_WORK, case),
    }
    if reach is not Scope.NONE:
        only = None if reach is Scope.ALL else user.pk
        viewings = who_saw([case.child_id], only_actor=only)
        page = Paginator(viewings, PER_PAGE).get_page(request.GET.get("page"))
        is_own = reach is Scope.OWN_THINGS
        context |= {"page": page, "seen_by": _seen_by(page, is_own=is_own)}
    return show(request, case, "casefile/team.html", page="case: team", context=context)


def _seen_by(viewings: Iterable[Viewing], *, is_own: bool) -> Table:
    """Draw who has seen a record, or when its reader did: whose visits, of which page, and why."""
    rows = [
        (
            each.actor,
            capfirst(sentences.page(each.page)),
            f"{ground}: {each.reason}" if each.reason else ground,
            each.times,
            when(each.last_at),
        )
        for each in viewings
        for ground in [sentences.ground(each.ground)]
    ]
    columns = ("Who", "Page", "On what ground", Column("Times", is_numeric=True), "Last")
    title = "When you opened this child’s record" if is_own else "Who has seen this child’s record"
    empty = f"{'You have not' if is_own else 'Nobody has'} opened it before now."
    return Table(title, columns, rows, empty, is_stacked=True)
