"""Lists of any size, written as Parquet, with children of one home, for times and memory only."""

from pathlib import Path
from random import Random

import pyarrow as pa

from bench.linking.database import connect
from bench.linking.sets import english_names

STAY = 0.8
"""How many of the old roll are on the new one."""
_PEOPLE = """
create macro chance(n, k) as (hash(n, k, {seed}) % 1000003) / 1000003;
create macro without_letter(name, place) as substr(name, 1, place) || substr(name, place + 2);
create macro slipped(name, n, k) as if(chance(n, k) < 0.06,
    without_letter(name, 1 + (chance(n, k || 'place') * (length(name) - 2))::int), name);
create macro letter(n) as substr('ABCDEFGHJKLMNPQRTUVWXYZ', 1 + n::bigint, 1);
create macro check_letter(digits) as
    letter(list_sum([substr(digits, k, 1)::int * (k + 1) for k in range(1, 13)]) % 23);
create view home as select *, (chance(home, 'post') * {postcodes})::int as post from (
    select n, n * 10 // 17 as home, '310' || lpad((n * 7919 % 1000000000)::text, 9, '0') as digits
    from range({size}) as t(n));
create view person as select n, home, check_letter(digits) || digits as upn,
    (select list(name) from forenames)[
        1 + (pow(chance(n, 'forename'), 2.2) * {forenames})::int] as forename,
    (select list(name) from surnames)[
        1 + (pow(chance(home, 'surname'), 2.5) * {surnames})::int] as surname,
    date '2007-09-01' + (chance(n, 'dob') * 5840)::int as dob,
    if(chance(n, 'sex') < 0.5, 'F', 'M') as sex,
    1 + (chance(home, 'door') * 120)::int || ' ' || letter(post % 23) || ' Road' as address,
    'HA' || 1 + post % 90 || ' ' || post // 90 % 10 || letter(post // 900 % 23)
        || letter(post // 20700 % 23) as postcode
    from home;
"""
_LIST = """
copy (select '{side}' || n as id, if(chance(n, '{side}upn') < 0.09, '', upn) as upn,
    slipped(forename, n, '{side}forename') as forename,
    slipped(surname, n, '{side}surname') as surname,
    strftime(if(chance(n, '{side}dob') < 0.006, dob + 30, dob), '%Y-%m-%d') as dob,
    sex, address, postcode,
    if(chance(n, '{side}phone') < 0.3, '', '07' || lpad((home + 1)::text, 9, '0')) as phone
    from person where {where}) to '{path}' (format parquet)
"""


def write(folder: Path, size: int, leavers: int, seed: int = 1) -> tuple[Path, Path, Path]:
    """Write an old roll, a new roll without a fifth of it, and some leavers of the old one."""
    connection = connect()
    names = dict(zip(("forenames", "surnames"), english_names(Random(seed)), strict=True))
    for table, listed in names.items():
        connection.register(table, pa.table({"name": listed}))
    counts = {table: len(listed) - 1 for table, listed in names.items()}
    postcodes = max(50, size // 25)
    connection.execute(_PEOPLE.format(size=size, seed=seed, postcodes=postcodes, **counts))
    old, new, left = (folder / f"{name}.parquet" for name in ("old", "new", "left"))
    for path, side, where in (
        (old, "L", "true"),
        (new, "R", f"chance(n, 'stays') < {STAY}"),
        (left, "L", f"chance(n, 'leaves') < {leavers / size}"),
    ):
        connection.execute(_LIST.format(side=side, where=where, path=path))
    return old, new, left
