"""References that can be read aloud (P58)."""

import re

from onroll.rules.references import ALPHABET, speakable


def test_a_reference_is_three_groups_of_letters_nobody_confuses():
    assert re.fullmatch(rf"([{ALPHABET}]{{3}}-){{2}}[{ALPHABET}]{{3}}", speakable())
    assert not set("01OILS") & set(ALPHABET)


def test_references_differ_and_can_be_longer():
    assert len({speakable() for _ in range(1000)}) == 1000
    assert len(speakable(groups=2, size=4)) == 9
