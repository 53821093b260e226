"""A list of hundreds of thousands: each child keeps what is said of that child."""

from pathlib import Path

import duckdb
import numpy as np
import pytest

from onroll.matching.files.reading import connect, read_list
from onroll.matching.records.names import Names
from onroll.matching.records.packing import (
    address_parts,
    pack_nhs_number,
    pack_phone,
    pack_postcode,
    pack_upn,
)

ROWS = 300_000
"""More than twice as many as DuckDB reads at a time (122,880)."""
CHILDREN = f"""
select 'c' || n as id,
    'A310' || lpad((n * 7919 % 1000000000)::text, 9, '0') as upn,
    ['Ada', 'Ben', 'Cem', 'Dan'][1 + n % 4] as forename,
    'Name' || ['ton', 'ley', 'sea', 'wick', 'ham'][1 + n % 5] as surname,
    strftime(date '2010-09-01' + (n % 3000)::int, '%d/%m/%Y') as dob,
    ['F', 'M'][1 + n % 2] as sex,
    (1 + n % 98) || ' Made-up Road' as address,
    'HA' || 1 + n % 9 || ' ' || n % 10 || 'AB' as postcode,
    '07' || lpad((n + 1)::text, 9, '0') as phone,
    '9434765919' as nhs_number
from range({ROWS}) as t(n)
"""


@pytest.mark.parametrize("name", ["list.parquet", "list.csv"])
def test_what_is_said_of_a_child_stays_with_that_child(tmp_path: Path, name: str) -> None:
    """A value looked up in a table of placeholders must not change the order of the rows."""
    path, names, connection = tmp_path / name, Names(), connect()
    form = "parquet" if name.endswith("parquet") else "csv, header"
    duckdb.connect().execute(f"copy ({CHILDREN}) to '{path}' (format {form})")
    listed = read_list(path, "children", names, connection)
    rows = connection.execute("select row, id from children").fetchall()
    assert len(rows) == ROWS
    numbers = np.zeros(ROWS, np.int64)
    for row, i in rows:
        numbers[row] = int(i[1:])
    of_child, columns = numbers[listed.rows], listed.columns
    upns = [pack_upn(f"A310{n * 7919 % 10**9:09}") for n in of_child.tolist()]
    assert np.array_equal(columns.upn, upns)
    assert np.array_equal(columns.sex, 1 + of_child % 2)
    assert np.array_equal(columns.phone, of_child + 1)
    assert np.array_equal(columns.number, 1 + of_child % 98)
    assert set(columns.nhs_number) == {pack_nhs_number("9434765919")}
    for place in range(0, ROWS, 997):
        n = int(of_child[place])
        assert names.joined[columns.forename[place]] == ["ada", "ben", "cem", "dan"][n % 4]
        assert columns.postcode[place] == pack_postcode(f"HA{1 + n % 9} {n % 10}AB")
        assert columns.phone[place] == pack_phone(f"07{n + 1:09}")
        assert columns.number[place] == address_parts(f"{1 + n % 98} Made-up Road")[1]
