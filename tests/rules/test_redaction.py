"""A copy that names no third party: too much is left out rather than too little."""

import pytest

from onroll.rules.redaction import _MARKS, LEFT_OUT, names_in, redact


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("She lives with Grace Carer now.", f"She lives with {LEFT_OUT} now."),
        ("Rang 020 7946 0999 and +44 7700 900123.", f"Rang {LEFT_OUT} and {LEFT_OUT}."),
        ("Wrote to g.carer@post.example today", f"Wrote to {LEFT_OUT} today"),
        ("At 12 Owlbarn Row, HA1 1AA.", f"At {LEFT_OUT}."),
        ("No answer on Monday 9 November", "No answer on Monday 9 November"),
        ("Amina’s school rang.", "Amina’s school rang."),
        ("Nothing to tell.", "Nothing to tell."),
        ("Zeynep-Ann O’Hara said so", f"{LEFT_OUT} said so"),
        ("", ""),
    ],
)
def test_names_numbers_and_addresses_are_left_out(said: str, left: str) -> None:
    assert redact(said, keep=["Amina Okonkwo"]) == left


def test_a_known_name_is_left_out_however_it_is_written() -> None:
    names = ["Grace Carer", "May Fields"]
    assert redact("grace’s sister and CARER", names=names) == f"{LEFT_OUT} sister and {LEFT_OUT}"
    assert redact("she saw mr fields in May", names=names) == f"she saw mr {LEFT_OUT} in {LEFT_OUT}"


def test_the_childs_own_name_stays_although_somebody_else_has_it() -> None:
    left = redact("Amina Okonkwo and Ada Okonkwo", names=["Ada Okonkwo"], keep=["Amina Okonkwo"])
    assert left == f"Amina Okonkwo and {LEFT_OUT} Okonkwo"


def test_a_reference_and_a_phrase_stand_whole_and_lend_no_word_to_a_name() -> None:
    phrases = ["Level set: medium risk", "Grace Road School", "KQX-ABC-DEF"]

    def left(words: str) -> str:
        return redact(words, names=["Grace Carer", "Mark Level"], phrases=phrases)

    assert left("Request 79Z-48A-XRP, KQX-ABC-DEF") == "Request 79Z-48A-XRP, KQX-ABC-DEF"
    assert left("Level set: medium risk") == "Level set: medium risk"
    assert left("Grace Road School says Grace") == f"Grace Road School says {LEFT_OUT}"
    assert left("Grace Road rang, Mark Level too") == f"{LEFT_OUT} rang, {LEFT_OUT} too"
    assert left("ANN-LEE-KAY rang") == f"{LEFT_OUT} rang"
    assert left("Grace Road Schooler") == LEFT_OUT
    assert left("\ue000Grace\ue001") == LEFT_OUT


def test_titles_of_rules_stay_and_a_team_is_nobodys_name() -> None:
    left = redact("Four weeks, says Ada", terms=["Four calendar weeks since the report"])
    assert left == f"Four weeks, says {LEFT_OUT}"
    assert names_in("Grace Quillfeather, Housing desk") == ["Grace", "Quillfeather"]


def test_more_references_than_there_are_marks_for_are_left_out_and_lose_nothing_else() -> None:
    number = len(_MARKS) + 1
    left = redact(" and ".join(["79Z-48A-XRP"] * number))
    assert left.count("79Z-48A-XRP") == number - 1
    assert LEFT_OUT in left[-20:]
