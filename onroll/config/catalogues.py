"""The catalogues of translations: which strings they hold, read from templates, code and rules.

Django's `makemessages` reads no tables of rules, so `onroll docs` writes the `.po` files: what is
new stands there empty, what is not used any more goes. `onroll manage compilemessages` makes `.mo`.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation.template import templatize

from onroll.config.postgres import CHECKOUT
from onroll.govuk.languages import ENGLISH
from onroll.referrals import pathway
from onroll.rules import claims, hours

ONROLL = CHECKOUT / "onroll"
HEADER = (
    "Content-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 8bit\n"
    "Language: {code}\n"
    "X-Checked-By: nobody yet\n"
)
IN_TEMPLATES = re.compile(r"""\b(?:_|gettext)\(u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\)""")
ENTRY = re.compile(r'^msgid ((?:".*"\s)+)msgstr ((?:".*"\s?)+)', re.MULTILINE)
CALLS = {"gettext", "gettext_lazy"}
Catalogue = dict[str, str]
"""A translation for each string; empty where there is none yet."""


def strings() -> list[str]:
    """Return each string that can be read in another language, in the order of the alphabet."""
    tables = (*pathway.words(), *hours.WORDS)
    of_claims = (claim.text for page in (claims.HOME, claims.START) for claim in page.values())
    return sorted({*_of_templates(), *_of_code(), *tables, *of_claims})


def _of_templates() -> Iterator[str]:
    for path in ONROLL.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        if "i18n" in text:
            yield from map(ast.literal_eval, IN_TEMPLATES.findall(templatize(text)))


def _of_code() -> Iterator[str]:
    for path in ONROLL.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if "gettext" in text else ():
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                first = node.args[0] if node.args else None
                if node.func.id in CALLS and isinstance(first, ast.Constant):
                    yield str(first.value)


def files() -> dict[str, Path]:
    """Return the file of each language's catalogue by its code."""
    folder = ONROLL / "locale"
    codes = (code for code, _ in settings.LANGUAGES if code != ENGLISH)
    return {code: folder / code / "LC_MESSAGES" / "django.po" for code in codes}


def read(text: str) -> Catalogue:
    """Return what a `.po` file holds, without its header."""
    pairs = ((_joined(entry[1]), _joined(entry[2])) for entry in ENTRY.finditer(text))
    return {string: translation for string, translation in pairs if string}


def render(code: str, catalogue: Catalogue) -> str:
    """Return a `.po` file of all strings, with the translations that a catalogue holds."""
    entries = [_entry("", HEADER.format(code=code))]
    entries += [_entry(string, catalogue.get(string, "")) for string in strings()]
    return "\n".join(entries)


def pages() -> dict[Path, str]:
    """Return what each catalogue's file should hold now."""
    return {
        path: render(code, read(path.read_text(encoding="utf-8")) if path.exists() else {})
        for code, path in files().items()
    }


def _entry(string: str, translation: str) -> str:
    return f"msgid {_quoted(string)}\nmsgstr {_quoted(translation)}\n"


def _quoted(text: str) -> str:
    lines = text.splitlines(keepends=True) or [""]
    return "\n".join(f'"{_escaped(line)}"' for line in lines)


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _joined(quoted: str) -> str:
    return "".join(ast.literal_eval(line) for line in quoted.splitlines())
