"""The one table of what a referral asks: nothing of councils’ forms is forgotten or asked twice."""

from collections import Counter

import pytest
from django.core.exceptions import ValidationError

from onroll.drafts.wizard import Wizard
from onroll.referrals.codes import Relation
from onroll.referrals.definition import (
    IF_KNOWN,
    IF_OPTIONAL,
    PAGES,
    QUESTIONS,
    pages_at,
    questions_on,
    title_at,
)
from onroll.referrals.definition.kinds import Depth
from onroll.referrals.definition.practice import FIELDS, SECTIONS, Field
from onroll.referrals.questions.ages import number_in
from onroll.referrals.questions.forms import AgeField, form_of
from onroll.referrals.views.anyone import OF_PROFESSIONAL, REFERRAL
from onroll.referrals.views.signed_in import OF_OFFICER, OF_PUPIL, OF_SCHOOL
from onroll.rules.risk import RISK_QUESTIONS
from tests.cases.world import AT
from tests.plain import grade, sentences, words

MUST_STAND = {
    "A": "Urgent|May stay anonymous|Manager or head|List of documents|Job title and team",
    "B": "Surname|UPN|NHS number|Ethnicity|Agency’s own reference|Photo|Language, interpreter",
    "C": "New or forwarding address|Address is confidential|Emergency contacts|Postcode",
    "D": "Parental responsibility|Private fostering|Who holds the child abroad|Names",
    "E": "Sibling’s school asked|Attends now|Others in the household|Relatives’ schools",
    "F": "Last day attended|Last seen, by whom|CTF sent|Offer not taken up|Exclusions",
    "G": "Looked after|Young carer|School attendance order in force|Youth justice",
    "H": "Criterion|In words",
    "I": "The 21 questions|Police told, reference|Consent|Threshold tier",
    "J": "Day and time|Who did it|Method|Outcome|Evidence|Person asked, and team",
    "K": "Proof of travel|Day of return|Letters 1, 1a, 2|Contact schedule",
    "L": "Not traced|Closure approved by|Referrer and school told|On roll: school, first day",
}
FEWEST = {"A": 13, "B": 19, "C": 10, "D": 8, "E": 9, "F": 16, "G": 16, "H": 3, "I": 10, "J": 8}
"""How many fields a section of practice 4.2 has at least, read and counted by hand."""


def test_no_field_of_any_councils_form_is_forgotten() -> None:
    """P10: practice 4.2, A to L."""
    assert "".join(SECTIONS) == "ABCDEFGHIJKL"
    count = Counter(field.section for field in FIELDS)
    fewest = FEWEST | {"K": 9, "L": 11}
    assert {section: n for section, n in count.items() if n < fewest[section]} == {}
    for section, names in MUST_STAND.items():
        stands = {field.words for field in FIELDS if field.section == section}
        assert set(names.split("|")) - stands == set(), section


@pytest.mark.parametrize("field", FIELDS, ids=[f"{f.section} {f.words}" for f in FIELDS])
def test_each_field_is_asked_or_says_why_no_form_asks_it(field: Field) -> None:
    assert bool(field.codes) is not bool(field.why_not)
    assert set(field.codes) <= QUESTIONS.keys()


def test_each_question_answers_a_field_and_says_why_it_is_not_asked_where_it_is_not() -> None:
    cited = {code for field in FIELDS for code in field.codes}
    under = {q.code for q in QUESTIONS.values() if q.under[0].startswith(("groups_", "risk_"))}
    assert QUESTIONS.keys() - cited == under
    silent = [
        (question.code, depth.value)
        for question in QUESTIONS.values()
        for depth in Depth
        if depth not in question.depths and not question.reason_at(depth)
    ]
    assert silent == []


@pytest.mark.parametrize("depth", Depth)
def test_every_question_stands_on_one_page_under_an_answer_that_is_there(depth: Depth) -> None:
    questions = [q for q in QUESTIONS.values() if depth in q.depths]
    for question in questions:
        assert question.page_at(depth) in PAGES
        asker, answer = question.under
        if asker and depth in QUESTIONS[asker].depths:
            assert QUESTIONS[asker].page_at(depth) == question.page_at(depth)
            assert answer in dict(QUESTIONS[asker].choices_at(depth))
    times = Counter((q.page_at(depth), q.words_at(depth)) for q in questions if not q.under[0])
    assert max(times.values()) == 1


@pytest.mark.parametrize("depth", Depth)
def test_every_page_of_a_depth_is_a_form_with_its_questions(depth: Depth) -> None:
    for page in pages_at(depth):
        form = form_of(page.slug, depth)(None, at=AT)
        assert list(form.fields) == [q.code for q in questions_on(page.slug, depth)]
        for code, field in form.fields.items():
            is_needed = field.required or code in form.needed_when_shown
            assert is_needed == (depth in QUESTIONS[code].needed)


def test_anyone_is_asked_little_and_nothing_of_schools() -> None:
    """P10: never what a neighbour cannot know."""
    codes = {code for code, question in QUESTIONS.items() if Depth.ANYONE in question.depths}
    assert len(pages_at(Depth.ANYONE)) == 3
    assert not codes & {"upn", "reason", "enquiry_step", "attended_on", "talk_lead"}
    assert not any(code.startswith(("risk_", "group")) for code in codes)


def test_all_21_questions_are_asked_of_a_school_and_a_professional_with_room_for_words() -> None:
    """P13."""
    for depth in (Depth.SCHOOL, Depth.PROFESSIONAL):
        for risk in RISK_QUESTIONS:
            question = QUESTIONS[f"risk_{risk.code}"]
            assert depth in question.needed
            for answer, _ in question.choices:
                assert depth in QUESTIONS[f"risk_{risk.code}_{answer}"].depths


def test_the_policys_words_open_beside_a_question_with_their_page() -> None:
    shown = str(form_of("enquiries", Depth.SCHOOL)(None, at=AT))
    assert "What the policy says" in shown
    assert "name/team, contact email/telephone number" in shown
    assert "Children Missing Education (CME) 2025, page 9" in shown


@pytest.mark.parametrize("depth", Depth)
def test_what_is_asked_is_short_and_plain(depth: Depth) -> None:
    """Casework 11: grade 6 at the most on each page, and no sentence above 20 words."""
    for page in pages_at(depth):
        questions = questions_on(page.slug, depth)
        texts = [page.title, page.lead]
        for question in questions:
            texts += [question.words_at(depth), question.hint_at(depth), question.needs_at(depth)]
            texts += [answer for _, answer in question.choices_at(depth)]
        said = [text for text in texts if text]
        assert [s for s in sentences(said) if len(words(s)) > 20] == [], page.slug
        assert grade([t for q in questions for t in (q.words_at(depth), q.hint_at(depth))]) <= 6


@pytest.mark.parametrize("typed", ["8", " 8 ", "about 8", "About 8 years old", "8 yrs", "ca. 8"])
def test_an_age_is_read_as_people_write_it(typed: str) -> None:
    assert number_in(AgeField().clean(typed)) == 8


@pytest.mark.parametrize("typed", ["Year 5", "18 months", "7 or 8", "about 7-8", "eight"])
def test_what_is_not_one_age_is_kept_as_it_is_written(typed: str) -> None:
    assert AgeField().clean(typed) == typed
    assert number_in(typed) is None


@pytest.mark.parametrize("typed", ["91", "about 20"])
def test_an_age_that_no_child_has_is_asked_again(typed: str) -> None:
    with pytest.raises(ValidationError, match="19 or less"):
        AgeField().clean(typed)


@pytest.mark.parametrize("depth", Depth)
def test_no_page_is_headed_by_the_words_of_one_of_its_questions(depth: Depth) -> None:
    for page in pages_at(depth):
        asked = {question.words_at(depth) for question in questions_on(page.slug, depth)}
        assert title_at(page.slug, depth) not in asked


@pytest.mark.parametrize(
    ("wizard", "depth"),
    [
        (REFERRAL, Depth.ANYONE),
        (OF_PROFESSIONAL, Depth.PROFESSIONAL),
        (OF_SCHOOL, Depth.SCHOOL),
        (OF_PUPIL, Depth.SCHOOL),
        (OF_OFFICER, Depth.OFFICER),
    ],
)
def test_no_lead_says_to_leave_out_what_is_needed(wizard: Wizard, depth: Depth) -> None:
    """Above an answer that is needed the lead says which may be left out."""
    for page in wizard.pages:
        needed = [q.code for q in questions_on(page.slug, depth) if depth in q.needed]
        leads = (str(page.lead), page.own_lead)
        assert not needed or not any(lead.startswith(IF_KNOWN) for lead in leads), page.slug
    school = next(page for page in wizard.pages if page.slug in ("school", "child"))
    assert str(school.lead).startswith(IF_KNOWN if depth is Depth.ANYONE else IF_OPTIONAL)


def test_what_may_follow_something_urgent_is_needed_otherwise() -> None:
    """Policy p.16: nothing urgent waits for it; of what nobody needs there is nothing to say."""
    follow = [question for question in QUESTIONS.values() if question.may_follow]
    assert follow
    assert all(question.needed for question in follow)


def test_who_works_on_an_open_case_is_no_answer_to_who_refers() -> None:
    """They send the case to the hub from its page."""
    assert Relation.CASE_WORKER.value not in dict(QUESTIONS["relation"].choices)
