"""Find the known children a record may be about: blocks in the database, all facts at once."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import product
from typing import Any

import psycopg
from django.db import connection

from onroll.matching import (
    Person,
    RegisterFrequencies,
    birthday_halves,
    frequency_keys,
    pairs_of_sounds,
    sorted_written_keys,
    sounds_of_spellings,
    written_keys,
)
from onroll.placeholders import is_no_number, is_no_postcode
from onroll.rules.identifiers import check_upn

MOST_OF_A_BLOCK = 40
"""Of more children who share both names and half a birthday, those nearest to the other half; of
more who share a name that is all that is known, those who write it so."""
ENOUGH = 16
"""So many children at most are weighed for a record: those who share most with it. More are found
only where names are common, and those left out share little: a birthday and one name, or names."""
FEW = 2 * ENOUGH
"""The database keeps the plan of a query about no more children than this."""
MOST_HOMES = 3
ENOUGH_TO_COUNT = 2_000

_WANTED = """
wanted as (
    select * from jsonb_to_recordset(%s::jsonb) as w(
        i int, born date, sex text, starts text[], numbers text[], birthdays text[], pairs text[],
        forename text[], surname text[], written text[], postcodes text[])
)
"""
_FOUND = """
at_home as materialized (
    select distinct w.i, a.child_id as child from wanted w, lateral (
        select child_id from children_address
        where postcode = any(w.postcodes) and kind <> 'wrong' offset 0) a
), found as materialized (
    select w.i, d.child_id as child, true as is_numbered from wanted w, lateral (
        select child_id from children_identifier
        where value = any(w.numbers) and kind <> 'wrong' offset 0) d
    union
    select w.i, unnest(array(
        select c.id from children_child c
        where children_birthday_keys(c.born_on, c.search_keys) && w.birthdays)), false
    from wanted w
    union
    select w.i, unnest((array(
        select c.id from children_child c
        where c.search_keys && w.pairs
        order by extract(month from c.born_on) = extract(month from w.born)
            or extract(day from c.born_on) = extract(day from w.born) or c.born_on is null desc,
            c.search_keys @> w.written desc, c.id))[1:%s]), false
    from wanted w where w.born is not null
    union
    select w.i, unnest((so.ids || array(
        select c.id from children_child c
        where c.search_keys && w.pairs and not c.search_keys @> w.written
            and cardinality(so.ids) < %s
        limit (select %s)))[1:%s]), false
    from wanted w cross join lateral (select array(
        select c.id from children_child c
        where c.search_keys @> w.written and w.written <> '{}' limit (select %s)) as ids) so
    where w.born is null
    union
    select h.i, h.child, false from at_home h join wanted w using (i), lateral (
        select search_keys from children_child where id = h.child offset 0) c
    where c.search_keys && w.forename
)
"""
"""The keys of a home are looked at one by one: there are few, where a common sound would be looked
up for all children. Each block is an array of its own, and where there is an order, cut rather than
limited: a join, or a limit that promises an early end, makes the planner read the whole table. So
does a limit the planner can read; hence the `select` in it. `offset 0` lets it not begin elsewhere
than at the index: while a long list is taken in, its statistics are of the tables as they were
before."""
_NEAR = """
near as materialized (
    select i, child, place from (
        select f.i, coalesce(c.merged_into_id, c.id) as child, row_number() over (
            partition by f.i order by max(
                case when f.is_numbered then 30 else 0 end
                + case when h.child is null then 0 else 10 end
                + case (extract(year from c.born_on) = extract(year from w.born))::int
                    + (extract(month from c.born_on) = extract(month from w.born))::int
                    + (extract(day from c.born_on) = extract(day from w.born))::int
                    when 3 then 12 when 2 then 6 else 0 end
                + case when c.search_keys && w.forename then 6 else 0 end
                + case when c.search_keys && w.surname then 6 else 0 end
                + case when c.search_keys @> w.written then 4
                    when c.search_keys && w.written then 2 else 0 end
                + (select least(6, 3 * count(*) filter (where left(key, 5) = any(w.starts))
                        + count(*) filter (where left(key, 3) = any(w.starts)))
                    from unnest(c.search_keys) key where starts_with(key, 'n:'))
                + case when c.sex = w.sex then 1 else 0 end
            ) desc, coalesce(c.merged_into_id, c.id)) as place
        from found f join wanted w using (i) cross join lateral (
            select * from children_child where id = f.child offset 0) c
        left join at_home h on h.i = f.i and h.child = f.child
        group by f.i, coalesce(c.merged_into_id, c.id)
    ) ordered where place <= %s
)
"""
"""What is shared with a record, in rough powers of two, decides who is weighed at all."""

_FACTS = """
select c.id, c.forename, c.middle_names, c.surname, c.chosen_forename, c.chosen_surname, c.born_on,
    c.sex, c.is_protected,
    (select jsonb_agg(jsonb_build_array(i.kind, i.value) order by i.id)
        from children_identifier i where i.child_id = c.id and i.kind <> 'wrong'),
    (select jsonb_agg(jsonb_build_array(n.kind, n.forename, n.surname) order by n.id)
        from children_name n where n.child_id = c.id and n.kind <> 'wrong'),
    (select jsonb_agg(jsonb_build_array(array_to_string(a.lines, ' '), a.postcode) order by a.id)
        from children_address a
        where a.child_id = c.id and a.kind not in ('wrong', 'no_fixed')),
    (select jsonb_agg(jsonb_build_array(a.forename, a.surname, a.phones, a.email)
            order by r."order", r.id)
        from children_relationship r, lateral (
            select * from children_adult where id = r.adult_id offset 0) a
        where r.child_id = c.id)
from children_child c where c.id = any
"""
_FIND = f"""
with {_WANTED}, {_FOUND}, {_NEAR}, facts as materialized ({_FACTS} (array(select child from near)))
select n.i, n.place, facts.* from near n join facts on facts.id = n.child order by n.i, n.place
"""
_FIND_KEYS = f"with {_WANTED}, {_FOUND}, {_NEAR} select child from near order by place"


def find_same(records: Sequence[Person]) -> list[list[Person]]:
    """Return, for each record in order, the known children it might be, `ENOUGH` at most.

    A child is a candidate by any number in common; by birthday and the sound of a name; by the
    sound of both names and the year or the day of birth; by postcode and the sound of the forename;
    by the names alone where the record has no birthday. Those who share most come first. What
    is found by a record that was merged into another finds that other. One query for any
    number of records.
    """
    found: list[list[Person]] = [[] for _ in records]
    people: dict[int, Person] = {}
    for i, _, *facts in _fetch(_FIND, _asked(records, ENOUGH), of=len(records) * ENOUGH):
        if facts[0] not in people:
            people[facts[0]] = _person(*facts)
        found[i].append(people[facts[0]])
    return found


def find_keys(record: Person, *, most: int) -> list[int]:
    """Return the numbers of the known children a record might be, those who share most first."""
    return [key for (key,) in _fetch(_FIND_KEYS, _asked([record], most), of=1)]


def _fetch(query: str, values: Sequence[object], *, of: int) -> list[tuple[Any, ...]]:
    """Run a query about so many children.

    About few the database keeps its plan, since to plan takes as long as to run. About many it
    plans anew: a kept plan may be from before a long list was taken in. Django's own cursors keep
    none, so this is psycopg's, in the same transaction.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        return cursor.execute(query, values, prepare=of <= FEW).fetchall()


def _asked(records: Sequence[Person], most: int) -> list[object]:
    wanted = json.dumps([_wanted(i, record) for i, record in enumerate(records)])
    return [wanted, *[MOST_OF_A_BLOCK] * 5, most]


def known_people(ids: Iterable[int]) -> dict[int, Person]:
    """Return children by number as the matcher reads them: one query."""
    wanted = sorted(ids)
    rows = _fetch(f"{_FACTS} (%s)", [wanted], of=len(wanted))
    return {row[0]: _person(*row) for row in rows}


def _wanted(i: int, record: Person) -> dict[str, Any]:
    forename = sorted({s for name in record.forenames for s in sounds_of_spellings(name)})
    surname = sorted({s for name in record.surnames for s in sounds_of_spellings(name)})
    pairs = pairs_of_sounds(forename, surname)
    if record.born:
        pairs = {
            f"{pair}{when}" for pair in pairs for when in (*birthday_halves(record.born), ":?")
        }
    return {
        "i": i,
        "born": record.born and record.born.isoformat(),
        "numbers": sorted(record.upns | record.weak_upns | record.ulns),
        "birthdays": birthday_keys({*forename, *surname}, record.born),
        "pairs": sorted(pairs),
        "sex": record.sex,
        "starts": sorted(
            {key[:n] for key in written_keys(record.forenames | record.surnames) for n in (3, 5)}
        ),
        "forename": [f"s:{each}" for each in forename],
        "surname": [f"s:{each}" for each in surname],
        "written": list(sorted_written_keys(record.forenames | record.surnames)),
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
        postcodes=frozenset(
            postcode for _, postcode in homes if postcode and not is_no_postcode(postcode)
        ),
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


def without_addresses(several: Iterable[Mapping[str, str]]) -> tuple[dict[str, str], ...]:
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


def counted_for(people: Iterable[Person]) -> RegisterFrequencies | None:
    """Return how common the names of these people are: one query.

    None while too few children are on record to tell: then the plain figures of a borough hold.
    """
    people = list(people)
    wanted = {key for each in people for one in each.described for key in frequency_keys(one)}
    keys = json.dumps(sorted({*wanted, *_ALL}))
    rows = _fetch(_COUNTED, [keys], of=len(people))
    found = {(kind, value): number for kind, value, number in rows}
    size, years = (found.pop(key, 0) for key in _ALL)
    return RegisterFrequencies(size, float(years), found) if size >= ENOUGH_TO_COUNT else None


def counted_size() -> int:
    """Return how many children there were when they were last counted; nought before that."""
    known = counted_for(())
    return known.size if known else 0


def sort_upns(numbers: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the permanent numbers that pass their check, and all the others that are any."""
    checked = [(upn, check_upn(upn)) for upn in numbers if upn and not is_no_number(upn)]
    strong = {upn for upn, check in checked if check.is_valid and check.kind == "permanent"}
    return frozenset(strong), frozenset(upn for upn, _ in checked) - strong
