"""References that can be read aloud (P58)."""

import re

from onroll.rules.references import ALPHABET, as_stored, grouped, is_speakable, speakable


def test_a_reference_is_three_groups_of_letters_nobody_confuses():
    assert re.fullmatch(rf"([{ALPHABET}]{{3}}-){{2}}[{ALPHABET}]{{3}}", speakable())
    assert not set("01OILS") & set(ALPHABET)


def test_references_differ_and_can_be_longer():
    assert len({speakable() for _ in range(1000)}) == 1000
    assert len(speakable(groups=2, size=4)) == 9


def test_a_reference_that_somebody_typed_is_read_as_it_is_stored():
    """S stands in none, and is heard for 5; of 0 and O, 1, I and L nothing tells what was meant."""
    assert as_stored(" k7p-2qx-shd ") == "K7P-2QX-5HD"
    for _ in range(200):
        ref = speakable()
        assert as_stored(ref) == as_stored(ref.lower()) == ref


def test_what_has_the_form_of_a_reference_is_told_from_what_has_not():
    assert is_speakable(speakable())
    assert is_speakable(speakable(groups=2, size=4), groups=2, size=4)
    for text in ("", "K7P-2QX", "K7P-2QX-9HS", "k7p-2qx-9hd", " K7P-2QX-9HD"):
        assert not is_speakable(text)


def test_hyphens_may_be_typed_anywhere_or_nowhere():
    for text in ("K7P-2QX-9HD", "k7p2qx9hd", " k7p 2qx 9hd", "K7P2-QX-9HD"):
        assert grouped(text) == "K7P-2QX-9HD"
