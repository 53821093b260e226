"""docs/formats.md is written from the code; this fails when the two drift."""

import re
from pathlib import Path
from string import Formatter

from onroll.formats import RULES
from onroll.formats.page import page

ROOT = Path(__file__).parents[2]


def test_the_page_says_what_the_code_does():
    """To write it anew: `onroll docs`."""
    assert (ROOT / "docs" / "formats.md").read_text("utf-8") == page()


def test_every_rule_is_used_and_every_rule_used_is_known():
    code = "".join(path.read_text("utf-8") for path in (ROOT / "onroll" / "formats").glob("*.py"))
    named = set(re.findall(r'"([a-z]+(?:-[a-z]+)+)"', code)) & set(RULES)
    assert set(RULES) - named == set()
    used = set(re.findall(r'(?:found|add|once|Unreadable)\(\s*"([a-z-]+)"', code))
    assert used <= set(RULES)


def test_every_sentence_ends_and_is_plain():
    for rule in RULES.values():
        assert rule.severity in {"error", "warning", "info"}
        assert rule.sentence.endswith((".", "?"))
        assert all(
            name is None or name.isidentifier()
            for _, name, _, _ in Formatter().parse(rule.sentence)
        )
