"""Walking an element once: known texts into a dict, known groups into a list, all else kept.

Every pupil passes here twice at most. The quick way asks the least of each element and only counts
what it has seen; where the count disagrees with libxml2's, or a name is strange, the pupil is read
again the careful way, which keeps whatever has no place and says where it stood.
"""

import re
from collections import Counter
from collections.abc import Set
from datetime import date
from typing import cast

from lxml import etree

from onroll.formats.layout import PASSED_NAMES, SUPPLIERS_OWN, canonical, local_name
from onroll.formats.problems import Problem, new_problem
from onroll.tables import day_of

Texts = dict[str, str]
Groups = list[tuple[str, etree._Element]]

_SHORT_YEAR = re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2}")
_TAG_IN_TEXT = re.compile(r"""\w+\s*=\s*["'][^"']*["']|</?[A-Za-z]\w*>""")
_count_nodes = etree.XPath("count(descendant::node())", smart_strings=False)


MOST_NODES = 50_000
"""Elements and texts of one record; those of a real pupil are some hundreds."""


def nodes_in(element: etree._Element) -> int:
    """How many elements and texts stand in an element, at any depth, as libxml2 counts them."""
    return int(cast("float", _count_nodes(element)))


class Notes:
    """What is noticed on the way through one element: problems, and what has no place."""

    __slots__ = (
        "base", "careful", "is_odd", "problems", "pupil", "said", "seen", "steps", "top", "unmapped"
    )  # fmt: skip

    def __init__(
        self,
        top: etree._Element | None,
        base: str,
        pupil: int | None = None,
        *,
        careful: bool = True,
    ) -> None:
        self.top = top
        self.base = base
        self.pupil = pupil
        self.careful = careful
        self.is_odd = False
        self.seen = 0
        self.problems: list[Problem] = []
        self.unmapped: list[tuple[str, str]] = []
        self.said: set[str] = set()
        self.steps: dict[etree._Element, str] = {}

    def add(
        self, rule: str, element: etree._Element | None, name: str = "", /, **gaps: str | int
    ) -> None:
        """Note that a rule is broken at `name` in `element`."""
        path = self.path(element)
        self.problems.append(
            new_problem(rule, f"{path}/{name}" if name else path, self.pupil, **gaps)
        )

    def add_once(
        self, rule: str, element: etree._Element | None, name: str = "", /, **gaps: str | int
    ) -> None:
        """Note a rule the first time only: a small thing said forty times hides the large one."""
        if rule not in self.said:
            self.said.add(rule)
            self.add(rule, element, name, **gaps)

    def path(self, element: etree._Element | None) -> str:
        """Where an element stands: `/CTfile/CTFpupilData/Pupil[3]/Contacts/Contact[2]`."""
        parts: list[str] = []
        at = element
        while at is not None and at is not self.top:
            parts.append(self._step(at))
            at = at.getparent()
        return "/".join([self.base, *reversed(parts)])

    def _step(self, element: etree._Element) -> str:
        """The name of an element, with its place where its parent has several of that name.

        All children of a parent are numbered at once: one by one, thousands would take minutes.
        """
        if element not in self.steps:
            parent = element.getparent()
            self.steps.update(_numbered([element] if parent is None else list(parent)))
        return self.steps[element]

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
            self.add("markup-in-text", element, value=text)


def _numbered(children: list[etree._Element]) -> dict[etree._Element, str]:
    names = {child: local_name(child.tag) for child in children}
    several = {name for name, times in Counter(names.values()).items() if times > 1}
    counts: Counter[str] = Counter()
    for child, name in names.items():
        counts[name] += 1
        names[child] = f"{name}[{counts[name]}]" if name in several else name
    return names


def split(
    element: etree._Element, leaves: Set[str], groups: Set[str], notes: Notes
) -> tuple[Texts, Groups]:
    """Take an element apart: the text of its known leaves, and its known groups in order."""
    if notes.careful:
        return _carefully(element, leaves, groups, notes)
    texts: Texts = {}
    inner: Groups = []
    for child in element:
        tag = child.tag
        if tag in leaves:
            texts[tag] = child.text or ""
        elif tag in groups:
            inner.append((tag, child))
        else:
            _aside(tag, child, notes)
    notes.seen += len(inner) + 2 * len(texts) - (list(texts.values()).count("") if texts else 0)
    return texts, inner


def leaves_of(element: etree._Element, leaves: Set[str], notes: Notes) -> Texts:
    """The texts of an element that holds leaves only."""
    if notes.careful:
        return _carefully(element, leaves, frozenset(), notes)[0]
    texts = {child.tag: child.text or "" for child in element}
    if not texts.keys() <= leaves:
        return split(element, leaves, frozenset(), notes)[0]
    notes.seen += 2 * len(texts) - list(texts.values()).count("")
    return texts


def rows_of(group: etree._Element, name: str, notes: Notes) -> list[etree._Element]:
    """The rows of a group that holds only rows, all of one name: phones, contacts, schools."""
    rows = list(group)
    if notes.careful or any(row.tag != name for row in rows):
        return [row for _, row in split(group, frozenset(), {name}, notes)[1]]
    notes.seen += len(rows)
    return rows


def _aside(tag: str, child: etree._Element, notes: Notes) -> None:
    """What the quick way can pass over; anything else makes the pupil odd."""
    if tag == SUPPLIERS_OWN:
        _keep_suppliers(child, notes)
    elif tag not in PASSED_NAMES:
        notes.is_odd = True
    elif not len(child):
        notes.seen += 1 + (child.text is not None)
        return
    elif not {inner.tag for inner in child.iter()} <= PASSED_NAMES:
        notes.is_odd = True
    notes.seen += 1 + nodes_in(child)


def _keep_suppliers(group: etree._Element, notes: Notes) -> None:
    """Keep what a supplier adds, unless that is no more than its name."""
    if len(group) != 1 or local_name(group[0].tag) != "SuppID":
        notes.keep(group)


def _carefully(
    element: etree._Element, leaves: Set[str], groups: Set[str], notes: Notes
) -> tuple[Texts, Groups]:
    texts: Texts = {}
    inner: Groups = []
    for child in element:
        tag = child.tag
        if tag in leaves and tag not in texts and not len(child):
            texts[tag] = child.text or ""
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
    leaves: Set[str],
    groups: Set[str],
    notes: Notes,
) -> None:
    """Place a child the quick way did not.

    Passed over, a namespace, odd capitals, a repeat, or unknown.
    """
    name = canonical(child.tag)
    if name in groups:
        inner.append((name, child))
    elif name in leaves and not len(child) and name not in texts:
        texts[name] = child.text or ""
    elif name in leaves and not len(child):
        notes.add("element-again", child, element=name)
        notes.keep(child)
    elif name == SUPPLIERS_OWN:
        _keep_suppliers(child, notes)
    elif name in PASSED_NAMES:
        _pass_over(child, notes)
    else:
        notes.add("element-unknown", child, name=name)
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
                notes.add("element-unknown", inner, name=name)
            notes.keep(inner)


def _stray(text: str, element: etree._Element, notes: Notes) -> None:
    """Keep text that stands between elements. Blank text is only how the file is laid out."""
    words = text.strip()
    if words:
        notes.add("text-stray", element, value=words)
        notes.unmapped.append((notes.path(element), words))


def tidy(text: str) -> str:
    """Text with one space wherever there were several, and none at its ends."""
    return text.strip() if text.isprintable() and "  " not in text else " ".join(text.split())


def day(text: str) -> date | None:
    """A date written CCYY-MM-DD, perhaps with a time after it; None when it is not a real one.

    One with a time zone is the day it then was in England.
    """
    if len(text) != 10:
        text = text.strip()
        if text[10:11] in ("T", "Z", "+", "-"):
            return day_of(text) if text[4:5] == text[7:8] == "-" else None
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def whole(text: str) -> int | None:
    """The number that up to nine plain digits make; None for anything else."""
    return int(text) if len(text) < 10 and text.isascii() and text.isdigit() else None


_TRUTHS = {"true": True, "1": True, "false": False, "0": False}


def truth(text: str) -> bool | None:
    """True or False for `true`, `1`, `false`, `0`; None for anything else."""
    return _TRUTHS.get(text.strip().lower())


def day_at(texts: Texts, name: str, element: etree._Element, notes: Notes) -> date | None:
    """The date in a leaf of `element`; one that is not real is noted, an empty one too."""
    text = texts.get(name)
    if text is None:
        return None
    value = day(text)
    if value is None and text.strip():
        wrong_day("date", text.strip(), element, name, notes)
    elif value is None:
        notes.add("element-empty", element, name, element=name)
    return value


def wrong_day(
    kind: str, text: str, element: etree._Element | None, name: str, notes: Notes
) -> None:
    """Note a date that cannot be used: short of a year, written in another way, or not real.

    `kind` is `dob` or `date`, how the rules begin.
    """
    meant = day_of(text)
    gaps = {"value": text} if kind == "dob" else {"value": text, "element": name}
    if _SHORT_YEAR.fullmatch(text):
        notes.add(f"{kind}-short-year", element, name, **gaps)
    elif meant is None:
        notes.add(f"{kind}-impossible", element, name, **gaps)
    else:
        notes.add(f"{kind}-form", element, name, **gaps, expected=meant.isoformat())


def too_long(
    texts: Texts, limits: dict[str, int], element: etree._Element | None, notes: Notes
) -> None:
    """Note every text longer than DfE allows; none of its limits asked here is under 30."""
    if not texts or max(map(len, texts.values())) <= 30:
        return
    for name, text in texts.items():
        length = len(text.strip())
        if name in limits and length > limits[name]:
            notes.add("too-long", element, name, element=name, length=length, limit=limits[name])
