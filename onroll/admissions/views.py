"""A family asks about places: told in a minute, seen at once by who has to act (P18)."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted
from onroll.admissions import actions, queries
from onroll.admissions.forms import FamilyForm, NoteForm
from onroll.admissions.models import HOW_TITLES, RECEIVER_TITLES, Family, How, sees_all
from onroll.govuk.parts import Table
from onroll.govuk.questions import Done, ask
from onroll.govuk.templatetags.govuk import tag, when
from onroll.rules.refusal import Refused

PER_PAGE = 25
NONE_AT_ALL = "Nobody has told us of a family yet."
NONE_OF_YOURS = "You have told us of no family yet."
NOT_YOURS = "Admissions and the lead officer take note of families. You need not do anything."


@needs(Permission.REFER)
@require_safe
def families(request: HttpRequest) -> HttpResponse:
    """List the families in sight, each with who has taken note of it."""
    page = Paginator(queries.families(me(request)), PER_PAGE).get_page(request.GET.get("page"))
    columns = ("Family", "Children", "Came", "Taken note of")
    empty = NONE_AT_ALL if sees_all(me(request)) else NONE_OF_YOURS
    rows = [_row(family) for family in page]
    table = Table("Families", columns, rows, empty, is_caption_hidden=True, is_stacked=True)
    return render(request, "admissions/families.html", {"page": page, "table": table})


def _row(family: Family) -> tuple[object, ...]:
    url = reverse("admissions:family", args=[family.ref])
    link = format_html('<a class="govuk-link" href="{}">{}</a>', url, family.adult)
    names = ", ".join(child.name for child in family.children.all())
    receipts = [receipt.title for receipt in family.receipts.all()]
    return link, names, when(family.sent_at), ", ".join(receipts) or tag("Nobody yet", "new")


@needs(Permission.REFER)
def tell(request: HttpRequest) -> HttpResponse:
    """Ask who the family is; it is on Today of Admissions and of the lead officer at once."""

    def act(form: FamilyForm) -> Done:
        family = actions.tell_of_family(
            facts=form.facts, children=form.children, by=me(request), at=timezone.localtime()
        )
        words = f"Kept as {family.ref}. Admissions and the lead officer see it now."
        return Done(reverse("admissions:family", args=[family.ref]), words)

    def show(form: FamilyForm) -> HttpResponse:
        context = {
            "title": "A family asks about places",
            "lead": "Tell us even if you think that they will apply. It takes a minute.",
            "form": form,
            "button": "Send",
            "back_url": reverse("admissions:families"),
        }
        return render(request, "govuk/question.html", context)

    return ask(request, FamilyForm(posted(request)[0], on=timezone.localdate()), act, show)


@needs(Permission.REFER)
def family(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a family and the receipts by name; take a receipt from who has to give one."""
    user = me(request)
    try:
        row = queries.get_family(user, ref)
    except queries.NoFamily:
        raise Http404 from None
    receiver = queries.receiver_of(user)

    def act(form: NoteForm) -> Done:
        if receiver is None:
            raise Refused(NOT_YOURS)
        actions.take_note(
            family=row,
            receiver=receiver,
            remark=form.cleaned_data["remark"],
            by=user,
            at=timezone.localtime(),
        )
        return Done(reverse("admissions:families"), "Your name stands as the receipt.")

    def show(form: NoteForm) -> HttpResponse:
        receipts = {receipt.receiver: receipt for receipt in row.receipts.all()}
        context = {
            "family": row,
            "how": HOW_TITLES[How(row.how)],
            "receipts": [(words, receipts.get(code)) for code, words in RECEIVER_TITLES.items()],
            "form": form,
            "may_take_note": receiver is not None and receiver.value not in receipts,
            "back_url": reverse("admissions:families"),
        }
        return render(request, "admissions/family.html", context)

    return ask(request, NoteForm(posted(request)[0]), act, show)
