"""The school history, and which school of it sent the file.

Source: files.md sections 5.2 and 6.3.
"""

from datetime import date

from lxml import etree

from onroll.formats.codes import HISTORIC_LEAVING_REASONS, LEAVING_REASONS
from onroll.formats.grounds import ground_readings, is_ground
from onroll.formats.kinds import FileKind
from onroll.formats.layout import SPELL, element, limits
from onroll.formats.records import Header, SchoolSpell, quick
from onroll.formats.walk import Notes, Texts, day_at, leaves_of, rows_of, too_long

_SPELL = frozenset(SPELL)
_made = quick(SchoolSpell)
_LIMITS = limits(SPELL)
_LA, _ESTAB, _URN, _NAME = (element(SPELL, field) for field in ("la", "estab", "urn", "name"))
_ENTRY, _LEAVING = element(SPELL, "entry_on"), element(SPELL, "leaving_on")
_REASON, _GROUND = element(SPELL, "leaving_reason"), element(SPELL, "removal_grounds")

Facts = tuple[str, str, str, str, date | None, date | None, str, str]


def read_spells(
    group: etree._Element, header: Header, notes: Notes
) -> tuple[tuple[SchoolSpell, ...], etree._Element | None]:
    """Every school in a `SchoolHistory`, the sender's marked, and the element of the sender's."""
    inner = rows_of(group, "School", notes)
    pairs = [_facts(node, header, notes) for node in inner]
    facts = [fact for fact, _ in pairs]
    if not facts:
        return (), None
    at = _sender(facts, header)
    if at is None:
        at = _latest(facts, range(len(facts)))
        if header.source.la and not header.source.is_unknown and header.kind != FileKind.ATF:
            latest = facts[at][0] + facts[at][1]
            notes.add("sender-guessed", inner[at], sender=header.source.number, school=latest)
        elif header.kind == FileKind.ATF:
            return tuple(_made(*fact, False, *texts) for fact, texts in pairs), None
    spells = tuple(_made(*fact, place == at, *texts) for place, (fact, texts) in enumerate(pairs))
    return spells, inner[at]


def _facts(node: etree._Element, header: Header, notes: Notes) -> tuple[Facts, tuple[str, str]]:
    """What is said of a school, and what stands where a day should when it is no day."""
    texts = leaves_of(node, _SPELL, notes)
    too_long(texts, _LIMITS, node, notes)
    get = texts.get
    facts = (
        get(_LA, "").strip().upper(),
        get(_ESTAB, "").strip().upper(),
        get(_URN, "").strip(),
        get(_NAME, "").strip(),
        day_at(texts, _ENTRY, node, notes),
        day_at(texts, _LEAVING, node, notes),
        get(_REASON, "").strip().upper(),
        get(_GROUND, "").strip().upper(),
    )
    _check(facts, texts, node, header, notes)
    return facts, (
        "" if facts[4] else get(_ENTRY, "").strip(),
        "" if facts[5] else get(_LEAVING, "").strip(),
    )


def _check(facts: Facts, texts: Texts, node: etree._Element, header: Header, notes: Notes) -> None:
    la, estab, _, name, entry_on, leaving_on, reason, ground = facts
    if estab == "XXXX" and not name:
        notes.add("school-unnamed", node)
    if entry_on and leaving_on and leaving_on < entry_on:
        dates = {"left": leaving_on.isoformat(), "entered": entry_on.isoformat()}
        notes.add("leaving-before-entry", node, _LEAVING, school=name or la + estab, **dates)
    if reason and reason not in LEAVING_REASONS:
        meaning = HISTORIC_LEAVING_REASONS.get(reason)
        rule = "leaving-reason-historic" if meaning else "code-unknown"
        notes.add(rule, node, _REASON, element=_REASON, value=reason, meaning=meaning or "")
    if ground:
        _check_ground(ground, leaving_on, node, header, notes)
    elif _GROUND in texts:
        notes.add("element-empty", node, _GROUND, element=_GROUND)


def _check_ground(
    ground: str, leaving_on: date | None, node: etree._Element, header: Header, notes: Notes
) -> None:
    if not is_ground(ground):
        notes.add("ground-unknown", node, _GROUND, value=ground)
        return
    readings = ground_readings(ground, header.version, leaving_on)
    if len(readings) == 2:
        new, old = (reading.label for reading in readings)
        notes.add("ground-two-readings", node, _GROUND, value=ground, new=new, old=old)


def _sender(facts: list[Facts], header: Header) -> int | None:
    """The latest time at the school of the header: by number, else by URN."""
    source = header.source
    if source.la and not source.is_unknown:
        same = [
            at for at, fact in enumerate(facts) if fact[0] == source.la and fact[1] == source.estab
        ]
        if not same and source.urn.isdigit():
            same = [at for at, fact in enumerate(facts) if fact[2] == source.urn]
        if same:
            return same[0] if len(same) == 1 else _latest(facts, same)
    return None


def _latest(facts: list[Facts], among: "list[int] | range") -> int:
    return max(among, key=lambda at: (facts[at][4] or date.min, -at))
