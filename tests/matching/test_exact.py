"""The exact tier: same, new or unsure (matching.md 6; practice.md 8). All children are made up."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.matching import Kind, Person, Verdict, decide_exactly
from onroll.matching.adjudication.exact import compare_fields
from onroll.matching.blocking.search_keys import search_keys
from onroll.matching.names.folding import fold, sound

BORN = date(2015, 3, 4)
UPN, OTHER_UPN = "J310200025001", "V310400025001"
SAM = Person(
    key=1,
    upns=frozenset({UPN}),
    forenames=frozenset({"Sam"}),
    surnames=frozenset({"Example"}),
    born=BORN,
    sex="M",
    postcodes=frozenset({"HA1 2AB"}),
)
ROW = replace(SAM, key=0)


def names(*some: str) -> frozenset[str]:
    return frozenset(some)


def without_upn(person: Person) -> Person:
    return replace(person, upns=frozenset())


def test_one_upn_with_names_and_birthday_is_the_same_child() -> None:
    answer = decide_exactly(ROW, [SAM])
    assert (answer.kind, answer.candidates[0].key) == (Kind.SAME, 1)
    assert "pupil number" in answer.because


def test_nobody_alike_is_a_new_child() -> None:
    stranger = replace(
        SAM, upns=frozenset({OTHER_UPN}), forenames=names("Ada"), born=date(2012, 1, 9)
    )
    assert decide_exactly(ROW, [stranger]).kind is Kind.NEW


def test_no_candidates_is_a_new_child() -> None:
    assert decide_exactly(ROW, []).kind is Kind.NEW


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({"born": date(2011, 7, 30)}, id="another birthday"),
        pytest.param({"forenames": names("Ada"), "surnames": names("Other")}, id="other names"),
        pytest.param({"sex": "F"}, id="another sex"),
        pytest.param({"born": None}, id="no birthday in the record"),
        pytest.param({"forenames": names("Zoe")}, id="another forename"),
        pytest.param({"born": date(2015, 4, 3)}, id="day and month swapped"),
    ],
)
def test_one_upn_with_a_contradiction_is_for_a_person(said: dict[str, object]) -> None:
    assert decide_exactly(replace(ROW, **said), [SAM]).kind is Kind.UNSURE


def test_a_changed_surname_under_one_upn_is_the_same_child() -> None:
    assert decide_exactly(replace(ROW, surnames=names("Married")), [SAM]).kind is Kind.SAME


def test_all_demographics_without_a_number_are_the_same_child() -> None:
    assert decide_exactly(without_upn(ROW), [SAM]).kind is Kind.SAME


def test_all_demographics_but_the_home_are_for_a_person() -> None:
    moved = replace(without_upn(ROW), postcodes=frozenset({"HA9 9ZZ"}))
    assert decide_exactly(moved, [SAM]).kind is Kind.UNSURE


def test_two_different_valid_upns_forbid_the_same_child() -> None:
    """A number can be issued twice, so it is not fatal; but no machine joins the two."""
    answer = decide_exactly(replace(ROW, upns=frozenset({OTHER_UPN})), [SAM])
    assert answer.kind is Kind.UNSURE
    assert Verdict.FORBIDS in {reason.verdict for reason in answer.candidates[0].reasons}


def test_a_former_upn_is_a_upn() -> None:
    known = replace(SAM, upns=frozenset({UPN, OTHER_UPN}))
    assert decide_exactly(replace(ROW, upns=frozenset({OTHER_UPN})), [known]).kind is Kind.SAME


def test_a_temporary_upn_needs_all_the_demographics() -> None:
    temporary = frozenset({"H31020002501A"})
    known = replace(without_upn(SAM), weak_upns=temporary)
    row = replace(without_upn(ROW), weak_upns=temporary, postcodes=frozenset())
    assert decide_exactly(row, [known]).kind is Kind.SAME
    assert decide_exactly(replace(row, forenames=names("Samuel")), [known]).kind is Kind.UNSURE


def test_a_twin_with_another_forename_is_another_child() -> None:
    twin = replace(SAM, upns=frozenset({OTHER_UPN}), forenames=names("Zoe"), sex="F")
    assert decide_exactly(ROW, [twin]).kind is Kind.NEW
    assert decide_exactly(without_upn(ROW), [without_upn(twin)]).kind is Kind.NEW


def test_a_twin_beside_the_child_does_not_confuse_a_upn() -> None:
    twin = replace(SAM, key=2, upns=frozenset({OTHER_UPN}), forenames=names("Max"))
    answer = decide_exactly(ROW, [twin, SAM])
    assert (answer.kind, answer.candidates[0].key) == (Kind.SAME, 1)


def test_twins_with_forenames_that_sound_alike_are_for_a_person_without_numbers() -> None:
    twin = replace(without_upn(SAM), forenames=names("Hasan"))
    row = replace(without_upn(ROW), forenames=names("Hassan"))
    assert decide_exactly(row, [twin]).kind is Kind.UNSURE


def test_a_brother_with_another_birthday_is_another_child() -> None:
    brother = replace(
        SAM, upns=frozenset({OTHER_UPN}), forenames=names("Max"), born=date(2012, 9, 1)
    )
    assert decide_exactly(ROW, [brother]).kind is Kind.NEW


def test_two_children_who_both_fit_are_for_a_person() -> None:
    copy = replace(SAM, key=2)
    answer = decide_exactly(ROW, [SAM, copy])
    assert answer.kind is Kind.UNSURE
    assert {candidate.key for candidate in answer.candidates} == {1, 2}


def test_a_protected_child_is_never_joined_by_machine() -> None:
    assert decide_exactly(ROW, [replace(SAM, is_protected=True)]).kind is Kind.UNSURE


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("Mohammed", "Muhammad"), ("Md", "Mohamed"), ("Chowdhury", "Choudhury"), ("Aisha", "Ayesha")],
)
def test_spellings_of_one_name_are_for_a_person(ours: str, theirs: str) -> None:
    row = replace(without_upn(ROW), forenames=names(ours))
    assert (
        decide_exactly(row, [replace(without_upn(SAM), forenames=names(theirs))]).kind
        is Kind.UNSURE
    )


def test_capitals_accents_and_hyphens_do_not_matter() -> None:
    row = replace(ROW, forenames=names("ANNE MARIE"), surnames=names("O'Néill"))
    known = replace(SAM, forenames=names("Anne-Marie"), surnames=names("ONeill"))
    assert decide_exactly(row, [known]).kind is Kind.SAME
    assert fold("O’Néill  ") == "o neill"


def test_search_keys_hold_written_and_sounded_names() -> None:
    assert set(search_keys(["Anne-Marie", "Khan"])) >= {"n:anne", "n:annemarie", "n:khan"}
    assert sound("muhammad") == sound("mohamed")
    assert search_keys([]) == ()


people = st.builds(
    Person,
    key=st.integers(1, 9),
    upns=st.frozensets(st.sampled_from([UPN, OTHER_UPN]), max_size=1),
    forenames=st.frozensets(st.sampled_from(["Sam", "Samuel", "Zoe"]), max_size=1),
    surnames=st.frozensets(st.sampled_from(["Example", "Other"]), max_size=1),
    born=st.sampled_from([BORN, date(2015, 4, 3), date(2012, 1, 1), None]),
    sex=st.sampled_from(["M", "F", "U"]),
    postcodes=st.frozensets(st.sampled_from(["HA1 2AB", "HA2 3CD"]), max_size=1),
    is_protected=st.booleans(),
)


@given(people, st.lists(people, max_size=5, unique_by=lambda person: person.key))
def test_same_is_never_said_against_a_contradiction(row: Person, known: list[Person]) -> None:
    answer = decide_exactly(row, known)
    assert bool(answer.candidates) == (answer.kind is not Kind.NEW)
    if answer.kind is Kind.SAME:
        (only,) = answer.candidates
        chosen = next(person for person in known if person.key == only.key)
        said = {reason.field: reason.verdict for reason in compare_fields(row, chosen)}
        assert Verdict.FORBIDS not in said.values()
        assert said["born"] is Verdict.AGREES
        assert said["sex"] is not Verdict.DIFFERS
        assert not chosen.is_protected


@given(people, st.lists(people, max_size=5, unique_by=lambda person: person.key), st.randoms())
def test_the_order_of_candidates_does_not_matter(row: Person, known: list[Person], random) -> None:
    shuffled = list(known)
    random.shuffle(shuffled)
    assert decide_exactly(row, known) == decide_exactly(row, shuffled)
