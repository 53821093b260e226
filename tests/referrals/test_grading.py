"""A grade that is too low for what is known needs a reason, which is kept and shown (P15)."""

import pytest

from onroll.referrals import actions
from onroll.referrals.facts import RiskWords
from onroll.referrals.models import HubDecision, Referral
from onroll.rules.grades import Grade
from onroll.rules.refusal import Refused
from tests.cases.world import AT, World
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.made import CHECKED, GRADED, decide, refer

pytestmark = pytest.mark.django_db
WHY = "The school rang: he was not hit."


def test_an_urgent_referral_is_not_green_without_a_reason(people: People) -> None:
    referral = refer(urgent_why="He was hit.")
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/grade/")
    mo.send("Save", grade="green", why="").see(
        "Say why it is green all the same: the referral is urgent"
    )
    assert Referral.objects.get().grade == ""
    mo.send("Save", grade="green", why=WHY).see("The grade is kept.", "Graded green", WHY)


def test_who_grades_looks_at_it(people: People) -> None:
    """As who decides does; of what somebody looks at already that stays."""
    referral = refer()
    page = f"/referrals/{referral.ref}/"
    mo = Visitor(people.mo).open(page).see("New", "Looked at by: nobody yet")
    mo.follow("Grade it").send("Save", grade="red", urgent="no").see("Looked at by: Mo Malik")
    assert Referral.objects.get().stage == "screening"
    max_ = Visitor(people.max).open(f"{page}grade/")
    max_.send("Save", grade="amber", urgent="no", why=WHY).see("Looked at by: Mo Malik")


def test_a_case_that_was_sent_to_the_hub_is_not_accepted_by_its_grade(
    world: World, people: People
) -> None:
    """That is done by name, with a button of its own."""
    case = world.case(owner=people.olive)
    actions.send_to_hub(
        case=case, ref="222-333-444", worry="x", urgent_why="", by=people.olive, at=AT
    )
    mo = Visitor(people.mo).open("/referrals/222-333-444/grade/")
    mo.send("Save", grade="red", urgent="no").see("Accepted by: nobody yet", "Accept it for the")


def test_one_that_is_marked_as_urgent_with_its_grade_is_not_green_either(people: People) -> None:
    referral = refer()
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/grade/")
    mo.send("Save", grade="green", urgent="yes", urgent_why="He was hit.", why="")
    mo.see("Say why it is green all the same", "He was hit.")
    assert not Referral.objects.get().is_urgent


def test_a_grade_becomes_lower_for_a_reason_alone(people: People) -> None:
    referral = refer()
    page = f"/referrals/{referral.ref}/grade/"
    mo = Visitor(people.mo).open(page)
    mo.send("Save", grade="red", urgent="no").see("The grade is kept.")
    mo.open(page).send("Save", grade="amber", urgent="no", why="")
    mo.see("Say why it is amber now: it was red before")
    assert Referral.objects.get().grade == "red"
    mo.send("Save", why=WHY).see("The grade is kept.", "Graded amber", WHY)
    mo.open(page).send("Save", grade="red", urgent="no", why="").see("The grade is kept.")


# Graded with the decision


def test_a_referral_that_nobody_graded_is_graded_with_the_decision(people: People) -> None:
    """One press does both, so that an urgent one waits for nothing."""
    referral = refer(urgent_why="Being trafficked.")
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/decide/")
    way = {"decision": "social_care", "passed_how": "The duty team.", "why": "He is in danger."}
    mo.send("Save the decision", **GRADED | {"risk": "not_sure"}, **way).see(
        "Select how grave it looks"
    )
    assert not HubDecision.objects.exists()
    mo.send("Save the decision", grade="red", contradicts_why="The duty team has him.")
    mo.see("Decided.", "Graded red", "He is in danger.")
    assert (Referral.objects.get().grade, HubDecision.objects.count()) == ("red", 1)


def test_the_grade_of_the_decision_counts_for_what_it_contradicts(people: People) -> None:
    mo = Visitor(people.mo).open(f"/referrals/{refer().ref}/decide/")
    answers = {**CHECKED, "grade": "amber", "decision": "advice", "why": "Rang."}
    mo.send("Save the decision", **answers).see("but the grade is amber: say why that is right")
    assert Referral.objects.get().grade == ""
    mo.send("Save the decision", contradicts_why="The school has him.").see("Graded amber")


def test_what_is_graded_already_is_not_asked_again(people: People) -> None:
    referral = refer()
    grade = Grade.AMBER
    actions.grade(referral=referral, grade=grade, why="", urgent_why="", by=people.mo, at=AT)
    mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/decide/")
    assert "How grave does it look?" not in mo.text
    mo.send("Save the decision", **GRADED, decision="lead_officer", why="Gone.").see("Decided.")
    assert Referral.objects.get().grade == "amber"


def test_no_decision_is_kept_without_a_grade(people: People) -> None:
    with pytest.raises(Refused, match="Select how grave it looks"):
        decide(refer(), by=people.mo, grade=None)


def test_who_grades_and_who_decides_are_asked_the_same_question(people: People) -> None:
    referral = refer()
    asked = []
    for page in ("grade", "decide"):
        mo = Visitor(people.mo).open(f"/referrals/{referral.ref}/{page}/")
        legend = "//fieldset[.//input[@name='grade']]//legend"
        choices = "//input[@name='grade']/following-sibling::label"
        asked.append([each.text_content().strip() for each in mo.page.xpath(f"{legend}|{choices}")])
    assert asked[0] == asked[1]
    assert asked[0][0] == "How grave does it look?"


def test_exploitation_is_marked_in_the_queue_before_anybody_has_graded_it(people: People) -> None:
    """Policy p.4, 15: that risk has an assessment of its own."""
    said = {"222-222-222": "yes", "333-333-333": "not_sure", "444-444-444": "no"}
    for ref, answer in said.items():
        risk = RiskWords(answers={"sexual_exploitation": (answer, "")})
        refer(ref, depth="professional", risk=risk)
    mo = Visitor(people.mo).open("/referrals/")
    marks = {
        ref: "".join(mo.page.xpath(f"string(//tr[contains(., '{ref}')])").split("Not graded")[1:])
        for ref in said
    }
    assert "Sexual exploitation" in marks["222-222-222"]
    assert "not sure" not in marks["222-222-222"]
    assert "Sexual exploitation: not sure" in marks["333-333-333"]
    assert "exploitation" not in marks["444-444-444"]
