"""A colleague covers for an officer who is away: their cases and news stand beside one's own."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from onroll.accounts.actions import add_person, end_cover, set_cover
from onroll.accounts.models import Cover, User
from onroll.accounts.permissions import Permission
from onroll.accounts.queries import covered_by, last_cover
from onroll.accounts.roles import Role
from onroll.casefile.features import coming, day, todos
from onroll.cases import actions, queries
from onroll.cases.models import AlertKind, Case
from onroll.enquiries.actions import EntryFacts, record_enquiry
from onroll.enquiries.models import Enquiry
from onroll.enquiries.queries import cases_to_add_to
from onroll.enquiries.queries.offers import own_enquiries
from onroll.messages.actions import tell
from onroll.messages.models import Kind, Message
from onroll.referrals.actions import accept_child
from onroll.referrals.facts import ChildWords
from onroll.referrals.queries import children_of, sees_referrer, sees_risk
from onroll.referrals.queries.referrer import sees_documents
from onroll.rules.dated import in_words
from onroll.rules.enquiry_log import Act
from onroll.rules.refusal import Changed, Refused
from onroll.rules.risk import RiskAnswer
from onroll.rules.sightings import Seen, Spot, Telling
from tests.cases.world import AT, TODAY, World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.made import hand_over, refer

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LAST = TODAY + 7 * DAY
UNSAFE = Telling(
    seen=Seen.ALONE,
    on=timezone.localdate(),
    by="Ama Boateng",
    role="social worker",
    spot=Spot.ELSEWHERE,
    place="Pinner library",
    is_safe=RiskAnswer.NO,
    safe_words="Bruises on both arms.",
    wishes="To be with her cousin.",
)


@pytest.fixture
def lena(people: People) -> User:
    return add_person(email="lena@council.test", name="Lena Lord", role=Role.LOC, by=None, at=AT)


@pytest.fixture
def case(world: World, people: People) -> Case:
    case = world.case(owner=people.olive)
    actions.raise_alert(case=case, kind=AlertKind.LEAD, at=AT)
    return case


@pytest.fixture
def cover(people: People, lena: User) -> Cover:
    return say(people.olive, lena)


def say(absent: User, colleague: User, **more) -> Cover:
    words = {"from_on": TODAY, "until_on": LAST, "by": absent, "at": AT}
    words["last"] = last_cover(absent)
    return set_cover(absent=absent, colleague=colleague, **{**words, **more})


def today_of(user: User, on=TODAY) -> list[tuple[str, str]]:
    at = AT + (on - TODAY)
    rows = list(day(user, todos(user, on=on, at=at), on=on, at=at)[:])
    return [(row.ref, row.covered_for) for row in rows if row.ref]


def diary_of(user: User, on=TODAY) -> set[tuple[str, str]]:
    return {(row.ref, row.covered_for) for row in coming(user, on=on, until=on + 60 * DAY)}


def enquiries_of(user: User, on=TODAY) -> set[tuple[str, str]]:
    rows: Any = own_enquiries(user, on=on)
    return {(ref, name or "") for ref, name in rows.values_list("case__ref", "covered_for")}


def test_today_and_diary_show_the_cases_of_who_is_away_marked_for_whom(
    case: Case, people: People, lena: User, cover: Cover
) -> None:
    assert (case.ref, "Olive Obi") in today_of(lena)
    assert (case.ref, "Olive Obi") in diary_of(lena)
    assert (case.ref, "") in today_of(people.olive)
    assert (case.ref, "") in diary_of(people.olive)


def test_it_begins_on_the_first_day_and_ends_by_itself_after_the_last(
    case: Case, people: People, lena: User
) -> None:
    say(people.olive, lena, from_on=TODAY + DAY)
    shown = {on: bool(today_of(lena, on)) for on in (TODAY, TODAY + DAY, LAST, LAST + DAY)}
    assert list(shown.values()) == [False, True, True, False]
    assert not diary_of(lena)
    assert diary_of(lena, TODAY + DAY)


def test_the_three_lists_have_one_definition_of_own_cases(
    case: Case, people: People, lena: User, cover: Cover
) -> None:
    """By owner, by team and by cover, Today, enquiries and the diary show the same case."""
    record_enquiry(
        on_cases=[case],
        step="housing",
        entries={Act.ASK: EntryFacts(on=TODAY, name="Hope Housing", method="telephone")},
        by=people.olive,
        at=AT,
    )
    actions.add_member(case=case, user=people.max, by=people.olive, at=AT)
    for user, absent in ((people.olive, ""), (people.max, ""), (lena, "Olive Obi")):
        assert set(today_of(user)) == {(case.ref, absent)}
        assert enquiries_of(user) == diary_of(user) == {(case.ref, absent)}


def test_the_colleague_works_on_the_case_on_these_days_and_on_no_other(
    case: Case, people: People, lena: User
) -> None:
    """A page and a list say the same, and what one's role never may, a cover does not give."""
    say(people.olive, lena, from_on=TODAY + DAY)
    for on, works in ((TODAY, False), (TODAY + DAY, True), (LAST, True), (LAST + DAY, False)):
        shown = queries.get_case(lena, case.ref, on=on)
        assert queries.works_on(lena, shown) is works
        assert queries.may_on(lena, Permission.ENQUIRY_ADD, shown) is works
        assert queries.may_on(lena, Permission.NOTES_VIEW, shown) is works
        assert queries.cases_worked_on(lena, on=on).exists() is works
        assert cases_to_add_to(lena, on=on).exists() is works
        assert not queries.may_on(lena, Permission.CASE_SEAL, shown)
    assert not queries.cases_worked_on(lena, on=None).exists()


def test_the_colleague_reads_of_the_referral_what_who_has_the_case_reads(
    world: World, people: People, lena: User
) -> None:
    """Rows 9 and 10: of risk as it is, and who referred once a reason is stated."""
    referral = hand_over(refer("334-567-89A"), by=people.mo)
    entry, child = referral.children.get(), world.child("Kim", "Other")
    accept_child(entry=entry, child=child, because="Gone.", by=people.olive, at=AT)
    say(people.olive, lena)
    referral.refresh_from_db()
    children = children_of(referral)
    lena.stated_reason = "To ask again"
    for user, on, sees in (
        (people.olive, TODAY, True),
        (lena, LAST, True),
        (lena, LAST + DAY, False),
    ):
        assert sees_risk(user, referral, children, on=on) is sees
        assert sees_documents(user, referral, on=on) is sees
    assert sees_referrer(lena, children, on=LAST)
    assert not sees_referrer(lena, children, on=LAST + DAY)


def test_who_covers_sees_no_sealed_case_and_only_reads_one_opened_in_an_emergency(
    case: Case, people: People, lena: User, cover: Cover
) -> None:
    actions.seal_case(case=case, why="Staff", team=[people.max], by=people.max, at=AT)
    with pytest.raises(Case.DoesNotExist):
        queries.get_case(lena, case.ref, on=TODAY)
    assert not queries.cases_worked_on(lena, on=TODAY).exists()
    lena.opened = {case.child_id: "An emergency"}
    opened = queries.get_case(lena, case.ref, on=TODAY)
    assert not queries.works_on(lena, opened)
    assert not queries.cases_worked_on(lena, on=TODAY).exists()
    assert not queries.may_on(lena, Permission.ENQUIRY_ADD, opened)
    del lena.opened
    actions.add_member(case=case, user=lena, by=people.olive, at=AT)
    assert queries.works_on(lena, queries.get_case(lena, case.ref, on=TODAY))


def test_messages_go_to_the_colleague_as_well_and_only_on_these_days(
    people: People, lena: User, cover: Cover
) -> None:
    tell(kind=Kind.REFERRAL_OF_CASE, ref="AAA-AAA-AAA", to=[people.olive, lena], at=AT)
    tell(kind=Kind.REFERRAL_OF_CASE, ref="BBB-BBB-BBB", to=[people.olive], at=AT + 9 * DAY)
    to = list(Message.objects.order_by("pk").values_list("ref", "user__name"))
    assert sorted(to) == [
        ("AAA-AAA-AAA", "Lena Lord"),
        ("AAA-AAA-AAA", "Olive Obi"),
        ("BBB-BBB-BBB", "Olive Obi"),
    ]


def test_the_last_word_counts_and_nothing_is_rubbed_out(
    people: People, lena: User, cover: Cover
) -> None:
    say(people.olive, people.max)
    assert not covered_by(lena, on=TODAY)
    assert covered_by(people.max, on=TODAY).get() == {"absent_id": people.olive.pk}
    end_cover(absent=people.olive, by=people.max, at=AT, last=last_cover(people.olive))
    assert not covered_by(people.max, on=TODAY)
    assert Cover.objects.count() == 3


def test_who_says_something_on_an_older_page_is_told(people: People, lena: User) -> None:
    say(people.olive, lena)
    with pytest.raises(Changed, match="something else about this absence"):
        say(people.olive, people.max, last=0)


def test_nobody_covers_who_is_away_and_nobody_for_themselves(people: People, lena: User) -> None:
    say(lena, people.max)
    with pytest.raises(Refused, match="Lena Lord is away"):
        say(people.olive, lena)
    with pytest.raises(Refused, match="themselves"):
        say(people.olive, people.olive)
    with pytest.raises(Refused, match="on or after the first"):
        say(people.olive, people.max, from_on=LAST, until_on=TODAY)


def test_who_is_away_is_not_proposed(people: People, lena: User, cover: Cover) -> None:
    assert queries.proposed(on=TODAY).startswith("Lena Lord has least")
    say(lena, people.max)
    assert queries.proposed(on=TODAY) == ""


def typed(first, last) -> dict[str, str]:
    days = {"from_on": first, "until_on": last}
    return {
        f"{name}_{part}": str(getattr(when, part))
        for name, when in days.items()
        for part in ("day", "month", "year")
    }


def test_an_officer_says_who_covers_and_the_case_and_the_lists_show_it(
    case: Case, people: People, lena: User
) -> None:
    on = timezone.localdate()
    olive = Visitor(people.olive).open("/cases/officers/")
    olive.follow("Say who covers for you while you are away").send("Save")
    olive.see("Choose a colleague", "Enter the first day")
    olive.send("Save", person=str(lena.pk), **typed(on, on + 7 * DAY))
    olive.see(f"Lena Lord covers for Olive Obi from {in_words(on)} until", "Olive Obi said so")
    words = f"Olive Obi, covered by Lena Lord until {in_words(on + 7 * DAY)}"
    Visitor(lena).open(f"/cases/{case.ref}/").see(words)
    Visitor(lena).open(f"/cases/{case.ref}/team/").see(words)
    Visitor(lena).open("/today/").see("Sam Example", "For Olive Obi")
    Visitor(lena).open("/diary/").see("For Olive Obi")
    record_enquiry(
        on_cases=[case],
        step="housing",
        entries={Act.ASK: EntryFacts(on=on, name="Hope Housing", method="telephone")},
        by=people.olive,
        at=timezone.localtime(),
    )
    Visitor(lena).open("/enquiries/?list=waiting").see("Sam Example", "For Olive Obi")
    Visitor(people.max).open("/cases/officers/").see("covered by Lena Lord until")
    olive.send("End this cover").see("Nobody covers for Olive Obi any more.")
    assert "covered by" not in Visitor(lena).open(f"/cases/{case.ref}/").text


def test_the_colleague_does_the_work_of_the_case_until_the_last_day(
    case: Case, people: People, lena: User
) -> None:
    """She reads the warning, chases and answers, and says what was done; the day after, nothing."""
    on, at = timezone.localdate(), timezone.localtime()
    day_ = {"on_day": str(on.day), "on_month": str(on.month), "on_year": str(on.year)}
    facts = EntryFacts(on=on, name="Hope Housing", method="telephone")
    record_enquiry(
        on_cases=[case], step="housing", entries={Act.ASK: facts}, by=people.olive, at=at
    )
    actions.add_warning(
        case=case, text="Visit in pairs.", review_on=on + 7 * DAY, by=people.olive, at=at
    )
    actions.record_sighting(case=case, telling=UNSAFE, by=people.olive, at=at)
    enquiry = f"/cases/{case.ref}/enquiries/{Enquiry.objects.get().ref}/"
    page, seen = f"/cases/{case.ref}/", f"/cases/{case.ref}/seen/{case.sightings.get().pk}/done/"

    before = Visitor(lena).open(page)
    assert "Visit in pairs." not in before.text
    before.see("Assign to me")
    say(people.olive, lena, from_on=on, until_on=on, at=at)
    during = Visitor(lena).open(page).see("Visit in pairs.", "Bruises on both arms.")
    assert "Assign to me" not in during.text
    assert "Assign to me" not in during.open(f"{page}team/").text
    during.open(enquiry).follow("Record that they were chased")
    during.send("Save", words="Left a message.", method="telephone", **day_)
    during.see("Asked again", "Left a message.").follow("Record an answer")
    answer = {"result": "nothing_known", "words": "No tenancy.", "method": "email", **day_}
    during.send("Save the answer", **answer).see("No tenancy.")
    during.open(page).follow("Say what was done")
    during.send("Save", why="The hub was told.").see("The hub was told.")
    assert Visitor(lena).open(enquiry).status == 200

    week = {"from_on": on - 7 * DAY, "until_on": on - DAY, "at": at - 7 * DAY}
    say(people.olive, lena, **week)
    after = Visitor(lena).open(page)
    assert "Visit in pairs." not in after.text
    for address in (f"{enquiry}chase/", f"{enquiry}answer/", f"{enquiry}withdraw/", seen):
        assert after.open(address).status == 403


def test_a_manager_says_it_for_an_officer_and_an_officer_not_for_another(
    people: People, lena: User
) -> None:
    on = timezone.localdate()
    max_ = Visitor(people.max).open("/cases/officers/").follow("Absence of Olive Obi")
    max_.send("Save", person=str(lena.pk), **typed(on, on)).see("Max Marsh said so")
    assert Visitor(people.olive).open(f"/cases/officers/{lena.pk}/cover/").status == 404
    assert Visitor(people.cat).open(f"/cases/officers/{people.cat.pk}/cover/").status == 403


def test_the_referrals_that_wait_for_who_is_absent_reach_the_colleague_as_well(
    case: Case, people: People, lena: User, cover: Cover
) -> None:
    """A referral of a child with an open case goes to its worker, to take it into the case."""
    sam = ChildWords(forename="Sam", surname="Example", record=case.child_id)
    referral = refer("334-567-89A", children=(sam,))
    for user, absent in ((people.olive, ""), (lena, "Olive Obi")):
        rows = day(user, todos(user, on=TODAY, at=AT), on=TODAY, at=AT).first()
        asked = [(row.words, row.covered_for) for row in rows if row.ref == referral.ref]
        assert asked == [("A referral about your open case", absent)]
    assert referral.ref not in {ref for ref, _ in today_of(lena, LAST + DAY)}
