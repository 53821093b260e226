"""Any colour an authority chooses ends up readable (WCAG 2.2, criterion 1.4.3)."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.govuk import theme

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_contrast_is_measured_as_wcag_measures_it():
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert theme.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert theme.contrast("#1d70b8", "#1d70b8") == pytest.approx(1)


@given(COLOURS)
def test_words_on_any_colour_can_be_read(colour):
    assert theme.contrast(theme.text_on(colour), colour) >= 4.5


@given(COLOURS)
def test_any_colour_can_be_read_on_white_once_darkened(colour):
    assert theme.contrast(theme.darkened(colour), theme.WHITE) >= 4.5


def test_a_colour_that_reads_well_is_left_as_it_is():
    assert theme.darkened("#00573f") == "#00573f"


@given(COLOURS)
def test_the_style_sheet_holds_only_colours(colour):
    declarations = theme.stylesheet(colour).splitlines()[1:-1]
    assert all(re.fullmatch(r"  --[a-z-]+: #[0-9a-f]{6};", line) for line in declarations)


@pytest.mark.parametrize("colour", ["green", "#fff", "#0f4c5c}body{", "", "#0f4c5c\n"])
def test_anything_but_a_colour_is_refused_in_a_sentence(colour):
    with pytest.raises(ValueError, match=r"must be written like #0f4c5c"):
        theme.stylesheet(colour)
