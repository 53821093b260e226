"""A child's record, fact by fact with its source, and the corrections made to it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from onroll.cases import words
from onroll.cases.queries.child import group_words
from onroll.children.models import (
    AddressKind,
    Basis,
    Child,
    Correction,
    Detail,
    DetailKind,
    IdentifierKind,
    NameKind,
    Part,
    SourceKind,
)
from onroll.children.queries import current_details, details_of
from onroll.formats.codes import ethnicity_words, language_words
from onroll.govuk.fields import in_words, lower_first

NOT_KNOWN = "Not known"


@dataclass(frozen=True)
class Line:
    """One fact: label, value and source; and what a later file says instead."""

    label: str
    value: str
    source: str = ""
    otherwise: str = ""


@dataclass(frozen=True)
class Section:
    """One part of the record, and its facts."""

    part: Part
    title: str
    lines: tuple[Line, ...]
    address: str = ""
    """The page that corrects it, for users who may."""

    @property
    def deed(self) -> str:
        """Return the title as it reads inside a sentence."""
        return lower_first(self.title)


@dataclass(frozen=True)
class Change:
    """One correction in words: what was changed, by whom, on whose word, and the old values."""

    title: str
    at: datetime
    by: str
    said_by: str
    basis: str
    remark: str
    lines: tuple[tuple[str, str, str], ...]
    """For each fact its label, the old value and the new one."""


def record_of(child: Child, corrections: Sequence[Correction]) -> tuple[Section, ...]:
    """Return a child's names, birth, numbers and background; three queries.

    `corrections` are those of the child, newest first.
    """
    sources = _sources(child, corrections)
    return tuple(
        Section(part, words.PARTS[part], tuple(lines))
        for part, lines in (
            (Part.NAME, _names(child, sources)),
            (Part.BIRTH, _birth(child, sources)),
            (Part.NUMBERS, _numbers(child)),
            (Part.BACKGROUND, _background(child)),
        )
    )


def _sources(child: Child, corrections: Sequence[Correction]) -> Mapping[str, str]:
    """Return the source of each fact of the record itself, by its name.

    A later file may have filled an empty fact; its source is not known, so that of the record
    stands.
    """
    begun = f"Record begun by {child.source}"
    sources = dict.fromkeys(("middle_names", "chosen_name", "born_on", "sex"), begun)
    sources |= dict.fromkeys(("forename", "surname"), str(child.source))
    for correction in reversed(corrections):
        for name in correction.now:
            sources[name] = str(correction.source)
            if name.startswith("chosen_"):
                sources["chosen_name"] = sources[name]
    return sources


def _names(child: Child, sources: Mapping[str, str]) -> Iterable[Line]:
    yield Line("Forename", child.forename or "None on record", sources["forename"])
    if child.middle_names:
        yield Line("Middle names", child.middle_names, sources["middle_names"])
    yield Line("Surname", child.surname or "None on record", sources["surname"])
    if child.chosen_name:
        yield Line("Known as", child.chosen_name, sources["chosen_name"])
    labels = {NameKind.FORMER.value: "Former name", NameKind.ALIAS.value: "Also on record as"}
    for name in child.names.select_related("source").order_by("pk"):
        if name.kind in labels:
            value = f"{name.forename} {name.surname}".strip()
            yield Line(labels[name.kind], value, str(name.source))


def _birth(child: Child, sources: Mapping[str, str]) -> Iterable[Line]:
    about = " (estimated)" if child.is_born_estimated else ""
    born = in_words(child.born_on) + about if child.born_on else NOT_KNOWN
    yield Line("Date of birth", born, sources.get("is_born_estimated", sources["born_on"]))
    yield Line("Sex", words.SEXES[child.sex], sources["sex"])


NUMBERS = {
    IdentifierKind.UPN.value: "Unique pupil number (UPN)",
    IdentifierKind.TEMPORARY_UPN.value: "Temporary UPN",
    IdentifierKind.FORMER_UPN.value: "Former UPN",
    IdentifierKind.ULN.value: "Unique learner number (ULN)",
    IdentifierKind.NHS_NUMBER.value: "NHS number",
}


def _numbers(child: Child) -> Iterable[Line]:
    identifiers = child.identifiers.select_related("source").order_by("pk")
    numbers = [number for number in identifiers if number.kind in NUMBERS]
    for kind, label in NUMBERS.items():
        for number in numbers:
            if number.kind == kind:
                yield Line(label, number.value, str(number.source))
    if not numbers:
        yield Line("Numbers", "None on record")


DETAILS = {
    DetailKind.ETHNICITY: "Ethnicity",
    DetailKind.FIRST_LANGUAGE: "First language",
    DetailKind.LETTERS_LANGUAGE: "Language for letters",
    DetailKind.INTERPRETER: "Interpreter for calls",
    DetailKind.FREE_MEALS: "Free school meals",
}


def _background(child: Child) -> Iterable[Line]:
    tellings = details_of(child)
    current = current_details(tellings)
    last = {detail.kind: detail for detail in tellings}
    for kind, label in DETAILS.items():
        if kind.value not in current:
            yield Line(label, NOT_KNOWN)
            continue
        standing, newest = current[kind.value], last[kind.value]
        value = detail_words(kind, standing.value)
        yield Line(label, value, str(standing.source), _otherwise(kind, standing, newest))


def _otherwise(kind: DetailKind, current: Detail, newest: Detail) -> str:
    """Return what a later file says against an officer's entry; empty if none does."""
    if newest.pk <= current.pk or newest.value == current.value:
        return ""
    if current.source.kind != SourceKind.OFFICER.value:
        return ""
    return f"{detail_words(kind, newest.value)}, by {newest.source}"


def detail_words(kind: DetailKind, code: str) -> str:
    """Return a detail of the background in words."""
    if not code:
        return NOT_KNOWN
    match kind:
        case DetailKind.ETHNICITY:
            return ethnicity_words(code)
        case DetailKind.FREE_MEALS:
            return "Yes" if code == "yes" else "No"
        case DetailKind.INTERPRETER if code == "no":
            return "None is needed"
        case _:
            return language_words(code)


# What was put right


def corrections_of(child: Child) -> list[Correction]:
    """Return every correction of a child's record, newest first; one query."""
    corrections = child.corrections.select_related("source", "source__recorded_by")
    return list(corrections.order_by("-pk"))


def history_of(corrections: Iterable[Correction], *, sees_home: bool) -> list[Change]:
    """Return the corrections in words, newest first; without details of homes if hidden."""
    return [_change(correction, sees_home=sees_home) for correction in corrections]


def _change(correction: Correction, *, sees_home: bool) -> Change:
    part = Part(correction.part)
    is_shown = part is not Part.HOME or sees_home
    by = correction.source.recorded_by
    return Change(
        title=words.PARTS[part],
        at=correction.source.recorded_at,
        by=by.name if by else "Onroll",
        said_by=correction.source.said_by if is_shown else "",
        basis=words.BASES[Basis(correction.basis)],
        remark=correction.remark if is_shown else "",
        lines=tuple(_lines(correction.was, correction.now)) if is_shown else (),
    )


def _lines(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterable[tuple[str, str, str]]:
    for name, (label, say) in FACTS.items():  # JSON keeps no order
        if name in was:
            yield label, say(was[name]) or NOT_KNOWN, say(now[name]) or NOT_KNOWN


def _day(text: str) -> str:
    return in_words(date.fromisoformat(text)) if text else ""


def _name(name: str) -> str:
    return name or "None"


def _pairs(pairs: Sequence[Sequence[str]]) -> str:
    return ", ".join(" ".join(filter(None, pair)) for pair in pairs) or "None"


def _joined(values: Sequence[str]) -> str:
    return ", ".join(values) or "None"


def _groups(kinds: Sequence[str]) -> str:
    return ", ".join(group_words(kind) for kind in kinds) or "None"


def _homes(homes: Sequence[Mapping[str, Any]]) -> str:
    lived_in = [home for home in homes if not home["to_on"]]
    return "; ".join(_home(home) for home in lived_in)


def _home(home: Mapping[str, Any]) -> str:
    if home["kind"] == AddressKind.NO_FIXED.value:
        return "No fixed abode"
    parts = (*home["lines"], home["town"], home["postcode"], home["country"])
    return ", ".join(filter(None, parts))


def _detail(kind: DetailKind) -> tuple[str, Callable[[Any], str]]:
    return DETAILS[kind], lambda code: detail_words(kind, code)


FACTS: dict[str, tuple[str, Callable[[Any], str]]] = {
    "forename": ("Forename", _name),
    "middle_names": ("Middle names", _name),
    "surname": ("Surname", _name),
    "chosen_forename": ("Forename the child goes by", _name),
    "chosen_surname": ("Surname the child goes by", _name),
    "former": ("Former names", _pairs),
    "alias": ("Also on record as", _pairs),
    "born_on": ("Date of birth", _day),
    "is_born_estimated": ("Estimated", lambda is_so: "Yes" if is_so else "No"),
    "sex": ("Sex", lambda sex: words.SEXES[sex]),
    **{kind: (label, _joined) for kind, label in NUMBERS.items()},
    "homes": ("Address", _homes),
    "flags": ("Risk groups and needs", _groups),
    **{kind.value: _detail(kind) for kind in DetailKind},
}
"""By name, the label of each fact of a correction, and the function that words it."""
