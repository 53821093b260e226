"""What the service says of itself, with the names that are left open filled in."""

from onroll.rules import claims


def test_the_claims_of_a_page_are_sentences_with_no_name_left_open():
    words = claims.sentences(claims.HOME, authority_name="Harrow")
    assert words.keys() == claims.HOME.keys()
    assert words["finds"].startswith("Onroll helps Harrow find children")
    assert not any("{" in sentence for sentence in words.values())
