"""Find the known children a record may be about: blocks in the database, all facts at once."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import product
from typing import Any

from django.db import connection

from onroll.matching import Person
from onroll.matching.counted import Counted, keys_of
from onroll.matching.keys import halves, paired
from onroll.matching.seeking import sounds_sought, written_sought
from onroll.rules.identifiers import check_upn

MOST_OF_A_BLOCK = 40
"""Of more children who share both names and half a birthday, those nearest to the other half; of
more who share a name that is all that is known, those who write it so."""
MOST_HOMES = 3
ENOUGH_TO_COUNT = 2_000

_WANTED = """
wanted as (
    select * from jsonb_to_recordset(%s::jsonb) as w(
        i int, born date, numbers text[], birthdays text[], pairs text[], forename text[],
        written text[], postcodes text[])
)
"""
_FOUND = """
found as materialized (
    select w.i, c.id as child from wanted w, lateral (
        select child_id from children_identifier where value = any(w.numbers) offset 0) d, lateral (
        select coalesce(merged_into_id, id) as id from children_child
        where id = d.child_id offset 0) c
    union
    select w.i, unnest(array(
        select coalesce(c.merged_into_id, c.id) from children_child c
        where children_birthday_keys(c.born_on, c.search_keys) && w.birthdays))
    from wanted w
    union
    select w.i, unnest((array(
        select coalesce(c.merged_into_id, c.id) from children_child c
        where c.search_keys && w.pairs
        order by extract(month from c.born_on) = extract(month from w.born)
            or extract(day from c.born_on) = extract(day from w.born) or c.born_on is null desc,
            c.search_keys @> w.written desc, c.id))[1:%s])
    from wanted w where w.born is not null
    union
    select w.i, unnest((so.ids || array(
        select coalesce(c.merged_into_id, c.id) from children_child c
        where c.search_keys && w.pairs and not c.search_keys @> w.written
            and cardinality(so.ids) < %s
        limit (select %s)))[1:%s])
    from wanted w cross join lateral (select array(
        select coalesce(c.merged_into_id, c.id) from children_child c
        where c.search_keys @> w.written and w.written <> '{}' limit (select %s)) as ids) so
    where w.born is null
    union
    select w.i, c.id from wanted w, lateral (
        select child_id from children_address
        where postcode = any(w.postcodes) offset 0) a, lateral (
        select coalesce(merged_into_id, id) as id from children_child
        where id = a.child_id and (search_keys || '{}'::text[]) && w.forename offset 0) c
)
"""
"""The keys of a home are looked at one by one: there are few, where a common sound would be looked
up for all children. Each block is an array of its own, and where there is an order, cut rather than
limited: a join, or a limit that promises an early end, makes the planner read the whole table. So
does a limit the planner can read; hence the `select` in it. `offset 0` lets it not begin elsewhere
than at the index: while a long list is taken in, its statistics are of the tables as they were
before."""

_FACTS = """
select c.id, c.forename, c.middle_names, c.surname, c.chosen_forename, c.chosen_surname, c.born_on,
    c.sex, c.is_protected,
    (select jsonb_agg(jsonb_build_array(i.kind, i.value) order by i.id)
        from children_identifier i where i.child_id = c.id),
    (select jsonb_agg(jsonb_build_array(n.kind, n.forename, n.surname) order by n.id)
        from children_name n where n.child_id = c.id),
    (select jsonb_agg(jsonb_build_array(array_to_string(a.lines, ' '), a.postcode) order by a.id)
        from children_address a where a.child_id = c.id),
    (select jsonb_agg(jsonb_build_array(a.forename, a.surname, a.phones, a.email)
            order by r."order", r.id)
        from children_relationship r, lateral (
            select * from children_adult where id = r.adult_id offset 0) a
        where r.child_id = c.id)
from children_child c where c.id = any
"""
_FIND = f"""
with {_WANTED}, {_FOUND}, facts as materialized ({_FACTS} (array(select child from found)))
select f.i, facts.* from found f join facts on facts.id = f.child
"""


def find_same(records: Sequence[Person]) -> list[list[Person]]:
    """Return, for each record in order, the known children it might be.

    A child is a candidate by any number in common; by birthday and the sound of a name; by the
    sound of both names and the year or the day of birth; by postcode and the sound of the forename;
    by the names alone where the record has no birthday. What
    is found by a record that was merged into another finds that other. One query for any
    number of records.
    """
    wanted = json.dumps([_wanted(i, record) for i, record in enumerate(records)])
    most = [MOST_OF_A_BLOCK] * 5
    found: dict[int, set[int]] = defaultdict(set)
    people: dict[int, Person] = {}
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [wanted, *most])
        for i, *facts in cursor.fetchall():
            found[i].add(facts[0])
            if facts[0] not in people:
                people[facts[0]] = _person(*facts)
    return [[people[c] for c in sorted(found[i])] for i in range(len(records))]


def known_people(ids: Iterable[int]) -> dict[int, Person]:
    """Return children by number as the matcher reads them: one query."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_FACTS} (%s)", [sorted(ids)])
        return {row[0]: _person(*row) for row in cursor.fetchall()}


def _wanted(i: int, record: Person) -> dict[str, Any]:
    forename = sorted({s for name in record.forenames for s in sounds_sought(name)})
    surname = sorted({s for name in record.surnames for s in sounds_sought(name)})
    pairs = paired(forename, surname)
    if record.born:
        pairs = {f"{pair}{when}" for pair in pairs for when in (*halves(record.born), ":?")}
    return {
        "i": i,
        "born": record.born and record.born.isoformat(),
        "numbers": sorted(record.upns | record.weak_upns | record.ulns),
        "birthdays": birthday_keys({*forename, *surname}, record.born),
        "pairs": sorted(pairs),
        "forename": [f"s:{each}" for each in forename],
        "written": list(written_sought(record.forenames | record.surnames)),
        "postcodes": sorted(record.postcodes),
    }


def birthday_keys(sounds: Iterable[str], born: date | None) -> list[str]:
    """Return the keys of sounds with a birthday, as the function of that name in the database."""
    day = (born - date(2000, 1, 1)).days if born else None
    return [] if day is None else [f"{day}s:{each}" for each in sorted(sounds)]


def _person(
    key: int,
    forename: str,
    middle_names: str,
    surname: str,
    chosen_forename: str,
    chosen_surname: str,
    born: date | None,
    sex: str,
    is_protected: bool,
    *more: str | None,
) -> Person:
    numbers, names, homes, adults = (json.loads(text) if text else [] for text in more)
    upns, weak_upns = sort_upns(value for kind, value in numbers if "upn" in kind)
    ulns = frozenset(value for kind, value in numbers if kind == "uln")
    legal = {
        **_upns(numbers),
        "forename": forename,
        "middle_names": middle_names,
        "surname": surname,
        "chosen_forename": chosen_forename,
        "chosen_surname": chosen_surname,
        "former_surname": next((s for kind, _, s in names if kind == "former"), ""),
        "dob": born.isoformat() if born else "",
        "sex": sex,
        "uln": min(ulns, default=""),
        "nhs_number": next((value for kind, value in numbers if kind == "nhs_number"), ""),
    }
    others = [
        {**legal, "forename": f or forename, "surname": s or surname}
        for kind, f, s in names
        if kind != "former"
    ]
    return Person(
        key=key,
        upns=upns,
        weak_upns=weak_upns,
        ulns=ulns,
        forenames=frozenset({forename, chosen_forename, *(f for _, f, _ in names)} - {""}),
        surnames=frozenset({surname, chosen_surname, *(s for *_, s in names)} - {""}),
        born=born,
        sex=sex,
        postcodes=frozenset({postcode for _, postcode in homes} - {""}),
        is_protected=is_protected,
        described=described([legal, *others[:MOST_HOMES]], homes, adults),
    )


def described(
    names: Iterable[dict[str, str]],
    homes: Sequence[tuple[str, str]],
    adults: Sequence[tuple[str, str, Sequence[str], str]],
) -> tuple[dict[str, str], ...]:
    """Return descriptions for the scorer: each of the names with each of the homes.

    `homes` are lines and postcode; `adults` are forename, surname, telephones and e-mail.
    """
    return tuple({**name, **home} for name, home in product(names, _homes(homes, adults)))


_OF_HOME = ("address", "postcode", "phone", "email", "adult_forename", "adult_surname")


def homeless(several: Iterable[Mapping[str, str]]) -> tuple[dict[str, str], ...]:
    """Return descriptions without the home and the adults, each once."""
    found = [{k: v for k, v in one.items() if k not in _OF_HOME} for one in several]
    return tuple(one for n, one in enumerate(found) if one not in found[:n])


def _homes(
    homes: Sequence[tuple[str, str]], adults: Sequence[tuple[str, str, Sequence[str], str]]
) -> list[dict[str, str]]:
    """Return the newest homes, and the contacts with their telephones one by one."""
    newest = list(reversed(homes))[:MOST_HOMES]
    contacts = [
        (forename, surname, phone, email)
        for forename, surname, phones, email in adults
        for phone in (phones or [""])
    ][:MOST_HOMES]
    found = []
    for n in range(max(1, len(newest), len(contacts))):
        address, postcode = newest[n] if n < len(newest) else newest[0] if newest else ("", "")
        forename, surname, phone, email = contacts[n] if n < len(contacts) else ("", "", "", "")
        found.append(
            {
                "address": address,
                "postcode": postcode,
                "phone": phone,
                "email": email,
                "adult_forename": forename,
                "adult_surname": surname,
            }
        )
    return found


def _upns(numbers: Iterable[Sequence[str]]) -> dict[str, str]:
    """Return the number a child has, permanent before temporary, and another as the former one."""
    order = ("upn", "former_upn", "temporary_upn")
    held = sorted(
        ((order.index(kind), value) for kind, value in numbers if kind in order),
        key=lambda pair: pair[0],
    )
    values = list(dict.fromkeys(value for _, value in held))
    return {"upn": values[0] if values else "", "former_upn": values[1] if len(values) > 1 else ""}


_COUNTED = """
select c.kind, c.value, c.number from json_array_elements(%s::json) w
join children_commonness c on c.kind = w->>0 and c.value = w->>1
"""
_ALL = (("all", "children"), ("all", "years"))


def counted_for(people: Iterable[Person]) -> Counted | None:
    """Return how common the names of these people are: one query.

    None while too few children are on record to tell: then the plain figures of a borough hold.
    """
    wanted = {key for each in people for one in each.described for key in keys_of(one)}
    keys = sorted({*wanted, *_ALL})
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, [json.dumps(keys)])
        found = {(kind, value): number for kind, value, number in cursor.fetchall()}
    size, years = (found.pop(key, 0) for key in _ALL)
    return Counted(size, float(years), found) if size >= ENOUGH_TO_COUNT else None


def counted_size() -> int:
    """Return how many children there were when they were last counted; nought before that."""
    known = counted_for(())
    return known.size if known else 0


def sort_upns(numbers: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the permanent numbers that pass their check, and all the others."""
    checked = [(upn, check_upn(upn)) for upn in numbers if upn]
    strong = {upn for upn, check in checked if check.is_valid and check.kind == "permanent"}
    return frozenset(strong), frozenset(upn for upn, _ in checked) - strong
