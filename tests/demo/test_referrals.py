"""The made-up referrals: who tells the council, what is done about it, and the count of them."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import product
from random import Random
from typing import Any

import pytest
from django.db import transaction
from django.http import QueryDict
from pytest_django import DjangoDbBlocker

from onroll.demo import Truth, Year, tell
from onroll.demo.answers import DEPTHS, answers_to, with_post
from onroll.demo.checks import ENOUGH, ReferralFigures, check_referrals
from onroll.demo.council import Council
from onroll.demo.directory import write_directory
from onroll.demo.hub import Hub
from onroll.demo.people import add_people
from onroll.demo.referrals import draw_reports
from onroll.demo.referrers import NEIGHBOURS, OF_RELATION, PROFESSIONALS
from onroll.demo.script import REFERRALS
from onroll.demo.worries import IS_LOST, JOBS, OF_PARENT, Door, Situation, dangers_of
from onroll.formats.onspd import read_names, read_postcodes
from onroll.referrals import queries
from onroll.referrals.codes import Decision, Relation
from onroll.referrals.definition import QUESTIONS, pages_at
from onroll.referrals.definition.kinds import Depth
from onroll.referrals.models import HubDecision, Quarantine, Referral, ReferredChild
from onroll.referrals.queries import sent_to
from onroll.referrals.questions.forms import form_of
from onroll.rules.hours import ENGLAND
from onroll.schools.actions import load_authorities

OPENS_ON = date(2026, 11, 9)
NOW = datetime(2026, 11, 27, 18, 30, tzinfo=ENGLAND)
NOTHING = Truth(files=(), rows=(), leavers=(), joiners=(), children=())


@pytest.fixture(scope="module")
def year() -> Year:
    return tell(pupils=400, opens_on=OPENS_ON, weeks=3)


@pytest.fixture(scope="module")
def council(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, year: Year
) -> Iterator[Council]:
    """The council after three weeks of which no file tells: every child is on no record."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_authorities()
        people = add_people(at=datetime(2026, 11, 9, 8, tzinfo=ENGLAND))
        council = Council(people, year, NOW)
        for n in range((NOW.date() - OPENS_ON).days + 1):
            council.live(OPENS_ON + timedelta(days=n))
        yield council
        transaction.set_rollback(True)


def test_the_same_story_has_the_same_referrals_and_some_today(year):
    reports = draw_reports(year, now=NOW)
    assert reports == draw_reports(year, now=NOW)
    assert len(reports) == REFERRALS >= ENOUGH
    assert [r.at for r in reports] == sorted(r.at for r in reports)
    assert reports[-1].is_urgent
    assert NOW - reports[-1].at == timedelta(minutes=12)
    assert {r.door for r in reports} == set(Door)
    assert {r.situation for r in reports} == set(Situation)
    assert any(len(r.children) > 1 for r in reports)


def test_no_child_is_referred_twice_by_chance(year):
    keys = Counter(c.child.key for r in draw_reports(year, now=NOW) for c in r.children)
    assert max(keys.values()) == 1


def test_a_story_of_one_day_has_as_many(year):
    now = datetime(2026, 11, 9, 18, tzinfo=ENGLAND)
    assert {r.at.date() for r in draw_reports(year, now=now)} <= {now.date()}


def test_every_referral_made_is_accepted_turned_back_or_waits(db, council):
    figures = check_referrals(council.reception, NOTHING)
    assert figures.is_right
    refused = Quarantine.objects.filter(answer="refused").count()
    assert figures.made == Referral.objects.count() - refused
    entries = Referral.objects.filter(stage="accepted").values_list("children__decisions__decision")
    assert ("lead_officer",) in entries


def test_a_referral_that_is_not_there_is_counted_as_lost(db, council):
    council.reception.sent.append("222-222-222")
    figures = check_referrals(council.reception, NOTHING)
    council.reception.sent.pop()
    assert figures.lost == 1
    assert not figures.is_right


def test_a_child_who_gets_a_second_record_is_found_out(db, council):
    entry = ReferredChild.objects.filter(case__isnull=False).select_related("referral").first()
    reported = council.reception.meant(entry)
    again = next(
        place
        for place, other in council.reception.children.items()
        if other.child.key != reported.child.key and _has_case(*place)
    )
    kept = council.reception.children[again]
    council.reception.children[again] = reported
    figures = check_referrals(council.reception, NOTHING)
    council.reception.children[again] = kept
    assert figures.doubled == (reported.child.key,)
    assert not figures.is_right


def _has_case(ref: str, number: int) -> bool:
    entries = ReferredChild.objects.filter(referral__ref=ref, number=number)
    return entries.filter(case__isnull=False).exists()


def test_the_lists_of_the_hub_show_something_each(db, council):
    """Something waits at the hub, to be accepted, sent on, in quarantine; some were turned back."""
    mo = council.people["mo"]
    assert queries.hub_queue(mo, at=NOW)
    assert queries.hand_overs(mo)
    assert queries.on_its_way(mo)
    assert Quarantine.objects.waiting()
    assert Quarantine.objects.filter(answer="released")
    assert HubDecision.objects.filter(turned_back_at__isnull=False)
    for name in ("mia", "lena", "max"):
        assert queries.passed_on(council.people[name], at=NOW), name


def test_every_decision_and_every_way_of_coming_happens(db, council):
    decisions = set(HubDecision.objects.values_list("decision", flat=True))
    assert decisions == {decision.value for decision in Decision}
    assert set(Referral.objects.values_list("depth", flat=True)) == {d.value for d in Depth}
    channels = set(Referral.objects.values_list("channel", flat=True))
    assert channels >= {"telephone", "letter", "email"}
    takers = HubDecision.objects.values_list("accepted_by__name", flat=True)
    assert set(takers) >= {"Olive Obi", "Lena Lord", "Max Marsh"}


@pytest.mark.parametrize("door", DEPTHS)
def test_a_form_takes_each_answer_that_the_story_gives(db, year, door):
    """The answers go past the form, so they have to be such as it takes."""
    depth, chance = DEPTHS[door], Random(3)
    for report in draw_reports(year, now=NOW):
        if report.door is not door or not report.children:
            continue
        answers = answers_to(report, PROFESSIONALS[0], chance)
        if door is Door.TYPED:
            answers = with_post(answers, "letter", "Mo Malik", report.at)
        for page in pages_at(depth):
            if page.noun:
                assert all(set(row) <= set(QUESTIONS) for row in answers[page.slug])
                continue
            if page.slug in ("talk", "exploitation") and not answers[f"{page.slug}_on"]:
                continue  # they are asked only of a yes or a not sure
            form = form_of(page.slug, depth)(typed(answers), at=report.at, before=answers)
            assert form.is_valid(), (page.slug, form.errors)


@pytest.mark.parametrize("door", [Door.PROFESSIONAL, Door.TYPED])
def test_who_tells_of_a_child_agrees_with_what_is_told(year, door):
    """A housing officer writes for no school, and is reached by email or not as was drawn."""
    chance, jobs = Random(3), {"school": "School secretary", "relative": ""}
    reports = [report for report in draw_reports(year, now=NOW) if report.door is door]
    for report, who in product(reports, PROFESSIONALS):
        answers = answers_to(report, who, chance)
        job = answers["referrer_job"]
        assert ("@" in answers["referrer_contact"]) == ("@" in who.contact)
        assert job == JOBS.get(answers["worry"], jobs.get(answers["relation"], who.job))


@pytest.mark.parametrize("door", DEPTHS)
def test_what_is_answered_agrees_with_what_is_told_in_words(year, door):
    """Nobody is seen of whom nobody knows where they are, and only siblings' schools are asked."""
    for seed, report in product(range(20), draw_reports(year, now=NOW)):
        if report.door is not door or not report.children:
            continue
        is_lost = report.situation in IS_LOST
        answers = answers_to(report, PROFESSIONALS[0], Random(seed))
        assert answers.get("whereabouts", "") in ("", "no" if is_lost else "yes")
        assert answers["danger_why"] in ("", *dangers_of(report.situation))
        if "family_told" in answers:
            assert answers["family_told"] == ("no" if is_lost else "yes")
            assert bool(answers["enquiries"]) is is_lost
        steps = {row["enquiry_step"] for row in answers.get("enquiries", ())}
        assert "sibling_schools" not in steps or answers["siblings"]


def test_the_hub_finds_no_child_whom_who_referred_does_not_know_to_be_anywhere(db, council):
    for decision in HubDecision.objects.select_related("entry__referral"):
        referral = decision.entry.referral
        if decision.entry.is_first and decision.by_id:
            is_known = referral.answers.get("whereabouts") == "yes"
            assert is_known or not decision.is_whereabouts_known or not referral.answers


def test_no_risk_stands_beside_no_red_grade_and_no_urgent_referral(db, council):
    rows = HubDecision.objects.filter(risk="no")
    assert not rows.filter(entry__referral__grade="red").exists()
    assert not rows.filter(entry__referral__is_urgent=True).exists()


def test_whom_to_ring_is_listed_of_every_child_who_was_sent_on(db, council):
    """Fictional numbers (Ofcom, 020 7946 0000 to 0999)."""
    referrals = {row.entry.referral for row in queries.on_its_way(council.people["mo"])}
    children = [child for referral in referrals for child in queries.children_of(referral)]
    queries.add_receivers(children, on=NOW.date())
    waiting = [row for child in children if (row := child.decision) and row.is_to_receive]
    assert waiting
    for row in waiting:
        assert row.receiver.agencies, row.receiver.name
        assert all(a.phone.startswith("020 7946 0") for a in row.receiver.agencies)


def test_who_fills_in_the_public_form_is_such_a_person(year):
    """A parent has the child’s name and tells of their own child; nobody is what they are not."""
    reports = [report for report in draw_reports(year, now=NOW) if report.door is Door.PUBLIC]
    seen = set()
    for seed, report in product(range(60), reports):
        who = NEIGHBOURS[seed % len(NEIGHBOURS)]
        answers = answers_to(report, who, Random(seed))
        assert answers == answers_to(report, who, Random(seed))
        relation = Relation(answers["relation"])
        seen.add(relation)
        names = {person.name for person in OF_RELATION.get(relation, ())}
        if relation is Relation.PARENT:
            assert answers["worry"] == OF_PARENT[report.situation]
            names = {f"{name} {report.children[0].child.surname}" for name in names}
        assert answers["referrer_name"] in (names or {""})
    assert seen >= {*OF_RELATION, Relation.NOT_SAID}


def typed(answers: dict[str, Any]) -> QueryDict:
    """Return answers as a browser sends them."""
    data = QueryDict(mutable=True)
    for code, answer in answers.items():
        if isinstance(answer, date):
            for part in ("day", "month", "year"):
                data[f"{code}_{part}"] = str(getattr(answer, part))
        elif isinstance(answer, list):
            data.setlist(code, [str(one) for one in answer])
        elif answer is not None:
            data[code] = str(answer)
    return data


@pytest.mark.parametrize(
    "figures",
    [
        ReferralFigures(made=59, accepted=40, turned_back=10, waiting=9, lost=0),
        ReferralFigures(made=60, accepted=60, turned_back=0, waiting=0, lost=0),
        ReferralFigures(made=60, accepted=40, turned_back=10, waiting=9, lost=0),
        ReferralFigures(made=60, accepted=40, turned_back=10, waiting=9, lost=1),
        ReferralFigures(made=60, accepted=40, turned_back=11, waiting=9, lost=0, doubled=("C1",)),
    ],
)
def test_too_few_none_of_a_kind_a_doubled_child_and_a_wrong_sum_are_wrong(figures):
    assert not figures.is_right


def test_each_postcode_of_the_borough_lies_somewhere(year, tmp_path):
    directory, names = write_directory(year, tmp_path)
    rows = {row.postcode: row for row in read_postcodes(directory)}
    homes = [family.address for family in year.families.values()]
    assert {home.postcode for home in homes if home.la == "310"} <= rows.keys()
    assert {rows[home.postcode].authority for home in homes if home.la == "310"} == {"E09000015"}
    assert {row.ward for row in rows.values()} <= dict(read_names(names)).keys()


def test_something_waits_for_who_is_sent_children_by_the_hub(council):
    """Home education and attendance have each something to take when they sign in."""
    for name in ("hal", "cat"):
        user = council.people[name]
        assert sent_to.listed(user, sent_to.TO_TAKE, on=NOW.date()).exists(), name


class Certainty(Random):
    """A chance in which whatever may happen does."""

    def random(self) -> float:
        """Return the number below all others."""
        return 0.0


def test_the_newest_that_was_sent_on_waits_also_where_it_is_urgent(db, council):
    rows = sorted(queries.on_its_way(council.people["mo"]), key=lambda row: (row.at, row.pk))
    waiting = [row for row in rows if row.is_to_receive]
    [(kind, number), *_] = Counter(row.decision for row in waiting).most_common()
    assert number > 1
    newest = [row for row in waiting if row.decision == kind][-1]
    urgent = Referral.objects.filter(pk=newest.entry.referral_id)
    urgent.update(is_urgent=True, urgent_why="x")
    Hub(council.people, Certainty(), council.reception).hear_of_all(at=NOW + timedelta(days=3))
    left = [row for row in queries.on_its_way(council.people["mo"]) if row.is_to_receive]
    assert [row for row in left if row.decision == kind] == [newest]
