"""Letters to families: their words, and what follows from what families tell (P62)."""

from dataclasses import replace
from pathlib import Path

import pytest

from onroll.rules.enquiries import ENQUIRY_STEPS
from onroll.rules.enquiry_log import Lead
from onroll.rules.letters import (
    OURS,
    PLACEHOLDERS,
    POLICY,
    LetterError,
    LetterKind,
    Means,
    Where,
    after_return,
    lead_of,
    load,
    next_step,
    parse,
    policy_words,
    step_of,
)
from onroll.rules.policy_file import HARROW
from tests.plain import grade, too_long

TEXT = (Path(__file__).parents[2] / "onroll/rules/letters.toml").read_text("utf-8")
BLAME = ("fail", "must", "offence", "fine", "prosecut", "court", "fault", "refus", "neglect")
VALUES = dict.fromkeys(PLACEHOLDERS, "12 May") | {"child": "Ann"}


@pytest.mark.parametrize("kind", list(LetterKind))
def test_a_letter_can_be_read_and_blames_nobody(kind: LetterKind) -> None:
    """Grade 6 or below, no sentence above 20 words (casework 11)."""
    words = OURS[kind].fill(VALUES)
    texts = [words.subject, *words.paragraphs]
    assert grade(texts) <= 6.0
    assert too_long(texts) == []
    assert not [word for word in BLAME if word in " ".join(texts).lower()]
    assert "{" not in "".join(texts)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("[first]", "[first", "not TOML"),
        ("[first]", "[other]", "must have these, and no others"),
        ('subject = "We called to see you"', "subject = 3", "visit: give a subject"),
        ('subject = "We called to see you"', "", "visit: give a subject"),
        ("{child} goes to school", "{pupil} goes to school", "nothing is filled in for {pupil}"),
        ("We wrote to you on {wrote_on}", "We wrote to you on {called_on}", "“visit” alone"),
        ("quote {reference}.", "quote it.", "first: {reference} must stand in it"),
        ("You need do nothing now.", "Ring by {answer_by}.", "waits for no answer"),
        ("You need do nothing now.", f"{'You ' * 20}may.", "more than 20 words"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(old: str, new: str, says: str) -> None:
    assert old in TEXT
    with pytest.raises(LetterError, match=says.replace("{", r"\{").replace("}", r"\}")):
        parse(TEXT.replace(old, new, 1))


def test_a_council_has_its_own_file(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(TEXT.replace("We called to see you", "We knocked"), "utf-8")
    assert load(own)[LetterKind.VISIT].subject == "We knocked"
    with pytest.raises(LetterError, match="cannot be read"):
        load(tmp_path / "none.toml")


def test_a_kind_that_is_no_table_is_refused() -> None:
    tables = "\n".join(f"{kind} = 1" for kind in LetterKind)
    with pytest.raises(LetterError, match="first: give a subject"):
        parse(tables)


def test_what_a_family_tells_is_a_lead_with_its_next_step() -> None:
    """Policy p.5: new school, new address; what else they say, a person thinks about."""
    assert [lead_of(where) for where in Where] == [
        Lead.SCHOOL,
        Lead.UNSORTED,
        Lead.ADDRESS,
        Lead.UNSORTED,
        Lead.UNSORTED,
    ]
    steps = [next_step(where) for where in Where]
    assert steps == ["", "education_records", "", "abroad", ""]
    assert {step for step in steps if step} | {step_of(means) for means in Means} <= set(
        ENQUIRY_STEPS
    )


def test_a_letter_that_came_back_asks_for_the_next_way_to_the_home() -> None:
    assert after_return(()) == "home_visit"
    assert after_return({"home_visit"}) == "neighbours"
    assert after_return({"home_visit", "neighbours", "council_tax", "housing"}) == ""


def test_only_an_authority_of_this_policy_is_quoted() -> None:
    assert policy_words(HARROW) == POLICY
    assert policy_words(replace(HARROW, policy_title="Another policy")) is None
