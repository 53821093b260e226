"""The form of a professional, and what follows it, in other languages (decision 28; P10, P13)."""

from typing import Any

import pytest
from django.db import transaction

from onroll.config import catalogues
from onroll.referrals.models import Referral
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.test_form_in_other_languages import faults
from tests.referrals.walk import reader
from tests.referrals.walk_at_work import pages_at_work, send_at_work

pytestmark = pytest.mark.django_db
SERVICES = (
    "Get Information About Pupils",
    "UK Visas and Immigration, Border Force",
    "Virtual school",
)
"""Names of services of the state, which have no other; what they are is said beside them."""
OF_CHILD = ("forename", "surname", "born_on")


@pytest.fixture(autouse=True)
def many_forms(settings: Any) -> None:
    settings.SENDER_FORMS = settings.NETWORK_FORMS = settings.SENDER_DRAFTS = 1000


@pytest.mark.parametrize("code", catalogues.files())
def test_each_page_is_in_the_language_and_in_no_other(code: str) -> None:
    shown = list(pages_at_work(code))
    assert [name for name, _, status in shown if status != 200] == []
    wrong = [(name, fault) for name, page, _ in shown for fault in faults(code, name, page)]
    assert [(name, fault) for name, fault in wrong if fault not in SERVICES] == []


def test_what_is_kept_depends_on_no_language_but_in_saying_which_it_was(people: People) -> None:
    kept = []
    for code in ("ar", "en-gb"):
        with transaction.atomic():
            send_at_work(reader(code))
            referral = Referral.objects.get()
            assert referral.language == code
            children = list(referral.children.order_by("number").values(*OF_CHILD))
            enquiries = list(referral.enquiries.values("step", "outcome"))
            kept.append((referral.answers, referral.missing, children, enquiries))
            page = Visitor(people.mo).open(f"/referrals/{referral.ref}/").content.decode()
            transaction.set_rollback(True)
        assert ("Written in Arabic" in page) is (code == "ar")
        assert "Council tax" in page
    assert kept[0] == kept[1]
