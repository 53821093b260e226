"""What people typed, put beside sentences of ours."""

import pytest

from onroll.rules.sentences import as_sentence


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", ""),
        ("  ", ""),
        ("She moved", "She moved."),
        (" She moved.\n", "She moved."),
        ("Where to?", "Where to?"),
        ("To Leeds,", "To Leeds."),
        ("(see the letter.)", "(see the letter.)"),
        ("“Gone.”", "“Gone.”"),
    ],
)
def test_what_was_typed_ends_as_a_sentence(typed: str, sentence: str):
    assert as_sentence(typed) == sentence
