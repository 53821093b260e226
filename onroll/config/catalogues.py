"""The catalogues of translations: which strings they hold, read from templates, code and rules.

Django's `makemessages` reads no tables of rules, so `onroll docs` writes the `.po` files: what is
new stands there empty, what is not used any more goes. `onroll manage compilemessages` makes `.mo`.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.utils.translation.template import templatize

from onroll.config.postgres import CHECKOUT
from onroll.govuk.fields import DAYS
from onroll.govuk.languages import ENGLISH
from onroll.referrals import pathway, status
from onroll.referrals.definition import words_for
from onroll.referrals.definition.kinds import Depth
from onroll.rules import claims, hours, readiness, roll_question

ONROLL = CHECKOUT / "onroll"
HEADER = (
    "Content-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 8bit\n"
    "Language: {code}\n"
    "Plural-Forms: nplurals={number}; plural={rule};\n"
    "X-Checked-By: nobody yet\n"
)
PLURALS = {
    "ar": (
        6,
        "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5",
    ),
    "gu": (2, "n>1"),
    "pl": (3, "n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2"),
    "ro": (3, "n==1 ? 0 : n==0 || (n%100>0 && n%100<20) ? 1 : 2"),
    "ta": (2, "n!=1"),
}
"""How many plural forms a language has, and which is for `n` (those of Unicode's CLDR)."""
QUOTED = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
IN_TEMPLATES = re.compile(rf"\b(?:_|gettext)\({QUOTED}\)")
COUNTED_IN_TEMPLATES = re.compile(rf"\bngettext\({QUOTED}, {QUOTED},")
PART = re.compile(r'^(msg\w+)(?:\[\d\])? ((?:".*"\s?)+)', re.MULTILINE)
CALLS = {"gettext": 1, "gettext_lazy": 1, "gettext_noop": 1, "ngettext": 2, "ngettext_lazy": 2}
"""The functions whose first arguments are translated, with how many of these there are."""
FORMS = "\0"
"""Stands between the forms of a string for one and for many, and between its plural forms."""
Catalogue = dict[str, str]
"""A translation for each string, in its plural forms if it has some; empty where there is none."""


@cache
def strings() -> tuple[str, ...]:
    """Return each string that can be read in another language, in the order of the alphabet."""
    tables = (*pathway.words(), *hours.WORDS, *DAYS, *readiness.words())
    of_forms = chain.from_iterable(map(words_for, (Depth.ANYONE, Depth.PROFESSIONAL)))
    of_claims = (claim.text for page in (claims.HOME, claims.START) for claim in page.values())
    of_roll = roll_question.words()
    found = {*_of_templates(), *_of_code(), *tables, *of_forms, *status.words(), *of_claims}
    return tuple(sorted({*found, *of_roll}))


def _of_templates() -> Iterator[str]:
    for path in (*ONROLL.rglob("*.html"), *ONROLL.rglob("*.txt")):
        text = path.read_text(encoding="utf-8")
        if "i18n" in text:
            code = templatize(text)
            yield from map(ast.literal_eval, IN_TEMPLATES.findall(code))
            for counted in COUNTED_IN_TEMPLATES.findall(code):
                yield FORMS.join(map(ast.literal_eval, counted))


def _of_code() -> Iterator[str]:
    for path in ONROLL.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if "gettext" in text else ():
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                words = node.args[: CALLS.get(node.func.id, 0)]
                if words and all(isinstance(each, ast.Constant) for each in words):
                    yield FORMS.join(ast.literal_eval(each) for each in words)


def files() -> dict[str, Path]:
    """Return the file of each language's catalogue by its code."""
    folder = ONROLL / "locale"
    codes = (code for code, _ in settings.LANGUAGES if code != ENGLISH)
    return {code: folder / code / "LC_MESSAGES" / "django.po" for code in codes}


def read(text: str) -> Catalogue:
    """Return what a `.po` file holds, without its header."""
    catalogue = {}
    for entry in text.split("\n\n"):
        parts = [(part[1], _joined(part[2])) for part in PART.finditer(entry)]
        string = FORMS.join(words for name, words in parts if name != "msgstr")
        catalogue[string] = FORMS.join(words for name, words in parts if name == "msgstr")
    return {string: translation for string, translation in catalogue.items() if string}


def render(code: str, catalogue: Catalogue) -> str:
    """Return a `.po` file of all strings, with the translations that a catalogue holds."""
    number, rule = PLURALS[code]
    entries = [_entry("", HEADER.format(code=code, number=number, rule=rule))]
    entries += [_entry(string, catalogue.get(string, ""), number) for string in strings()]
    return "\n".join(entries)


def pages() -> dict[Path, str]:
    """Return what each catalogue's file should hold now."""
    return {
        path: render(code, read(path.read_text(encoding="utf-8")) if path.exists() else {})
        for code, path in files().items()
    }


def _entry(string: str, translation: str, number: int = 1) -> str:
    if FORMS not in string:
        return f"msgid {_quoted(string)}\nmsgstr {_quoted(translation)}\n"
    one, many = string.split(FORMS)
    forms = translation.split(FORMS) if translation else [""] * number
    lines = [f"msgid {_quoted(one)}", f"msgid_plural {_quoted(many)}"]
    lines += [f"msgstr[{n}] {_quoted(form)}" for n, form in enumerate(forms)]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    lines = text.splitlines(keepends=True) or [""]
    return "\n".join(f'"{_escaped(line)}"' for line in lines)


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _joined(quoted: str) -> str:
    return "".join(ast.literal_eval(line) for line in quoted.splitlines())
