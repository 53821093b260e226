"""docs/formats.md is written from the code; this fails when the two drift."""

import re
from pathlib import Path
from string import Formatter

import pytest

from onroll.formats import RULES, layout
from onroll.formats.page import page
from onroll.formats.problems import FORMER, Rule
from onroll.formats.words import ELEMENTS

ROOT = Path(__file__).parents[2]


def test_the_page_says_what_the_code_does():
    """To write it anew: `onroll docs`."""
    assert (ROOT / "docs" / "formats.md").read_text("utf-8") == page()


def test_every_rule_is_used_and_every_rule_used_is_known():
    rooms = ("formats", "tables", "intake", "lists")
    places = [path for room in rooms for path in (ROOT / "onroll" / room).rglob("*.py")]
    code = "".join(path.read_text("utf-8") for path in places)
    named = set(re.findall(r'"([a-z]+(?:-[a-z]+)+)"', code)) & set(RULES)
    built = {
        f"{kind}-{what}"
        for kind in ("dob", "date")
        for what in ("form", "impossible", "short-year")
    }
    built |= {"surname-missing", "forename-missing"}
    assert set(RULES) - named - FORMER == built - named
    used = set(re.findall(r'(?:found|add|once|Unreadable|NoTable|Remark)\(\s*"([a-z-]+)"', code))
    assert used <= set(RULES)


def sentences(rule: Rule) -> tuple[str, str, str]:
    return rule.wrong, rule.school, rule.council


@pytest.mark.parametrize("name", RULES)
def test_every_rule_has_words_for_both_who_read_it(name):
    rule = RULES[name]
    assert rule.severity in {"error", "warning", "info"}
    for sentence in sentences(rule):
        assert sentence.endswith(".")
        assert sentence[0].isupper() or sentence[0] == "{"
        names = {gap for _, gap, _, _ in Formatter().parse(sentence) if gap is not None}
        assert all(gap.isidentifier() for gap in names)
    assert {gap for _, gap, _, _ in Formatter().parse(rule.wrong + rule.school)} & {
        "whom", "Whom"
    } == set()  # fmt: skip


@pytest.mark.parametrize("name", RULES)
def test_nobody_is_given_advice_meant_for_somebody_else(name):
    rule = RULES[name]
    for words in ("sk the school", "the school's system", "their system", "{sender} to send"):
        assert words not in rule.school
    assert not re.search(r"\b[Yy]our?\b", rule.council)
    assert not re.search(r"\b[Yy]our?\b|sk the school", rule.wrong.replace("You send files", ""))


CODE = re.compile(r"\b[A-Z][a-z]+[A-Z]\w*|[<>_]|\b(element|entit|attribute|encoding|tag|XML)s?\b")
"""Names of elements, and words of who writes programs."""


@pytest.mark.parametrize("name", RULES)
def test_no_sentence_speaks_of_elements(name):
    rule = RULES[name]
    for sentence in (*sentences(rule), rule.about):
        plain = re.sub(r"\{\w+\}|\w+_\w+\.xml|DfE", "", sentence)
        assert CODE.findall(plain.replace("XXXXXXX", "").replace("(XXXX)", "")) == []


def test_every_element_that_is_read_has_a_name_in_words():
    names = {name for table in layout._TABLES for name in table}
    assert names - set(ELEMENTS) == set()
    assert [words for words in ELEMENTS.values() if CODE.search(words)] == []
