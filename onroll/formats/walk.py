"""Walking an element once: known texts into a dict, known groups into a list, everything else kept.

This is the loop every pupil passes through, so it asks the least of each element. What it does not
know goes to `Notes`, which keeps it word for word and says where it stood.
"""

import re
from collections.abc import Container
from datetime import date

from lxml import etree

from onroll.formats.layout import PASSED_NAMES, SUPPLIERS_OWN, canonical, local_name
from onroll.formats.problems import Problem, found

Texts = dict[str, str | None]
Groups = list[tuple[str, etree._Element]]

_TAG_IN_TEXT = re.compile(r"""\w+\s*=\s*["'][^"']*["']|</?[A-Za-z]\w*>""")


class Notes:
    """What is noticed on the way through one element: problems, and what has no place."""

    __slots__ = ("base", "problems", "pupil", "said", "top", "unmapped")

    def __init__(self, top: etree._Element, base: str, pupil: int | None = None) -> None:
        self.top = top
        self.base = base
        self.pupil = pupil
        self.problems: list[Problem] = []
        self.unmapped: list[tuple[str, str]] = []
        self.said: set[str] = set()

    def add(self, rule: str, element: etree._Element, name: str = "", /, **gaps: object) -> None:
        """Note that a rule is broken at `name` in `element`."""
        path = self.path(element)
        self.problems.append(found(rule, f"{path}/{name}" if name else path, self.pupil, **gaps))

    def once(self, rule: str, element: etree._Element, name: str = "", /, **gaps: object) -> None:
        """Note a rule the first time only: a small thing said forty times hides the large one."""
        if rule not in self.said:
            self.said.add(rule)
            self.add(rule, element, name, **gaps)

    def path(self, element: etree._Element) -> str:
        """Where an element stands: `/CTfile/CTFpupilData/Pupil[3]/Contacts/Contact[2]`."""
        parts: list[str] = []
        at: etree._Element | None = element
        while at is not None and at is not self.top:
            parts.append(_step(at))
            at = at.getparent()
        return "/".join([self.base, *reversed(parts)])

    def keep(self, element: etree._Element) -> None:
        """Keep an element we have no place for: every text in it, and every attribute."""
        empty = True
        for inner in element.iter():
            for text in (inner.text, inner.tail if inner is not element else None):
                if text and text.strip():
                    self._keep_text(inner, text.strip())
                    empty = False
            for name, value in inner.attrib.items():
                self.unmapped.append((f"{self.path(inner)}/@{local_name(str(name))}", str(value)))
                empty = False
        if empty:
            self.unmapped.append((self.path(element), ""))

    def _keep_text(self, element: etree._Element, text: str) -> None:
        if local_name(str(element.tag)) == "SuppID":
            return
        self.unmapped.append((self.path(element), text))
        if _TAG_IN_TEXT.search(text):
            self.add("markup-in-text", element, value=text[:60])


def _step(element: etree._Element) -> str:
    name = local_name(str(element.tag))
    before = sum(1 for _ in element.itersiblings(element.tag, preceding=True))
    after = next(element.itersiblings(element.tag), None)
    return f"{name}[{before + 1}]" if before or after is not None else name


def split(
    element: etree._Element, leaves: Container[str], groups: Container[str], notes: Notes
) -> tuple[Texts, Groups]:
    """Take an element apart: the text of its known leaves, and its known groups in order."""
    texts: Texts = {}
    inner: Groups = []
    for child in element:
        tag = child.tag
        if tag in leaves and tag not in texts and not len(child):
            texts[tag] = child.text
        elif tag in groups:
            inner.append((tag, child))
        else:
            _odd(child, texts, inner, leaves, groups, notes)
        if child.tail is not None:
            _stray(child.tail, element, notes)
    if element.text is not None:
        _stray(element.text, element, notes)
    return texts, inner


def _odd(
    child: etree._Element,
    texts: Texts,
    inner: Groups,
    leaves: Container[str],
    groups: Container[str],
    notes: Notes,
) -> None:
    """Place a child the quick way did not.

    Passed over, a namespace, odd capitals, a repeat, or unknown.
    """
    name = canonical(child.tag)
    if name in groups:
        inner.append((name, child))
    elif name in leaves and not len(child) and name not in texts:
        texts[name] = child.text
    elif name in leaves and not len(child):
        notes.add("element-again", child, element=name)
        notes.keep(child)
    elif name == SUPPLIERS_OWN:
        if len(child) != 1 or local_name(child[0].tag) != "SuppID":
            notes.keep(child)
    elif name in PASSED_NAMES:
        _pass_over(child, notes)
    else:
        notes.add("element-unknown", child, element=name)
        notes.keep(child)


def _pass_over(group: etree._Element, notes: Notes) -> None:
    """Read past a group of no use here, but keep what in it nobody knows."""
    if {inner.tag for inner in group.iter()} <= PASSED_NAMES:
        return
    for inner in group:
        name = canonical(inner.tag)
        if name in PASSED_NAMES:
            _pass_over(inner, notes)
        elif name != SUPPLIERS_OWN or len(inner) != 1:
            if name != SUPPLIERS_OWN:
                notes.add("element-unknown", inner, element=name)
            notes.keep(inner)


def _stray(text: str, element: etree._Element, notes: Notes) -> None:
    """Keep text that stands between elements. Blank text is only how the file is laid out."""
    words = text.strip()
    if words:
        notes.add("text-stray", element, value=words[:60])
        notes.unmapped.append((notes.path(element), words))


def tidy(text: str | None) -> str:
    """Text without spaces at its ends."""
    return text.strip() if text else ""


def day(text: str | None) -> date | None:
    """A date written CCYY-MM-DD, with or without a time after it.

    None when it is not a real one.
    """
    if not text:
        return None
    text = text.strip()
    if len(text) > 10 and text[10] == "T":
        text = text[:10]
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def truth(text: str | None) -> bool | None:
    """True or False for `true`, `1`, `false`, `0`; None for anything else."""
    return {"true": True, "1": True, "false": False, "0": False}.get(tidy(text).lower())


def day_at(texts: Texts, name: str, element: etree._Element, notes: Notes) -> date | None:
    """The date in a leaf of `element`; one that is not real is noted, an empty one too."""
    if name not in texts:
        return None
    value = day(texts[name])
    if value is None:
        said = tidy(texts[name])
        rule = "date-impossible" if said else "element-empty"
        notes.add(rule, element, name, element=name, value=said)
    return value


def too_long(texts: Texts, limits: dict[str, int], element: etree._Element, notes: Notes) -> None:
    """Note every text longer than DfE allows."""
    for name, text in texts.items():
        if text and len(text) > 30 and name in limits and len(text.strip()) > limits[name]:
            length = len(text.strip())
            notes.add("too-long", element, name, element=name, length=length, limit=limits[name])
