"""The made-up officers ask agencies in packs, and write down what comes back."""

from datetime import timedelta
from random import Random

import pytest

from onroll.demo.sharing import Sharer
from onroll.sharing.models import Disclosure, Pack
from tests.cases.world import AT, World
from tests.people import People
from tests.sharing.conftest import case_of

pytestmark = pytest.mark.django_db


def test_made_up_officers_make_packs_and_answer_some(world: World, people: People) -> None:
    for number in range(4):
        case_of(world, people, f"Rowan{number}", "Merlinton", planned=["hmrc", "police"])
    sharer = Sharer(Random(3))
    for day in range(60):
        sharer.work(at=AT + timedelta(days=day))
    steps = set(Pack.objects.values_list("step", flat=True))
    assert steps == {"hmrc", "police"}
    assert Disclosure.objects.filter(pack__step="hmrc").count() == 4
    assert Disclosure.objects.filter(pack__isnull=True).exists()
    assert Disclosure.objects.filter(enquiry__stage="answered").exists()
