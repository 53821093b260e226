"""A pupil on record whom a school refers: found among its own, shown, and each look kept."""

from collections.abc import Callable

from django.http import Http404, HttpRequest
from django.utils import timezone

from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.request import saw
from onroll.drafts.wizard import Inputs
from onroll.govuk.forms import Form
from onroll.referrals.models import Referral
from onroll.referrals.queries import pupils
from onroll.referrals.questions.pupil_form import PupilForm

FIELDS = ("name", "date of birth", "school", "address", "contacts")


def pupil_page(inputs: Inputs) -> Form:
    chosen = find_pupil(inputs.request, inputs.about)
    form = PupilForm(inputs.data, pupil=chosen)
    form.referred = referred_already(inputs.request, chosen)
    return form


def referred_already(request: HttpRequest, chosen: pupils.Pupil) -> Callable[[], list[Referral]]:
    """Return what finds the open referrals that the school has made of a pupil.

    Only the page that shows them asks: the form is made for each page of the whole.
    """
    user = request.user
    return lambda: pupils.open_referrals_of(user, chosen) if isinstance(user, User) else []


def find_pupil(request: HttpRequest, ref: str) -> pupils.Pupil:
    """Return a pupil of the person's school; 404 for any other."""
    if not isinstance(request.user, User):
        raise Http404
    cached: dict[str, pupils.Pupil] = getattr(request, "pupils", {})
    if ref not in cached:
        try:
            cached[ref] = pupils.pupil(request.user, ref, on=timezone.localdate())
        except pupils.NoPupil:
            raise Http404 from None
        request.pupils = cached  # type: ignore[attr-defined]  # each page asks for it several times
    return cached[ref]


def pupil_of(inputs: Inputs) -> pupils.Pupil | None:
    return find_pupil(inputs.request, inputs.about) if inputs.about else None


def name_pupil(request: HttpRequest, form: Form) -> None:
    """Write down whose record the page shows: of a pupil whom the school chose."""
    if chosen := getattr(form, "chosen", None):
        saw(request, [chosen.child_id], "refer a pupil", Permission.CASE_VIEW, FIELDS)


def name_siblings(request: HttpRequest, form: Form) -> None:
    """Write down which other pupils the page offers as brothers and sisters."""
    if offered := getattr(form, "offered", ()):
        saw(request, offered, "refer a pupil", Permission.CASE_VIEW, ("name", "date of birth"))
