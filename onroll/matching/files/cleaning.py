"""The same cleaning as `records`, as SQL, for lists of millions. A test holds the two together."""

import re
from collections.abc import Iterable

from onroll.matching.records.packing import NO_STREET, SHARED
from onroll.placeholders import (
    FLATS,
    NO_EMAIL,
    NO_FIXED,
    no_homes,
    no_names,
    no_numbers,
    no_postcodes,
    shared_homes,
)

_BASE36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def text(field: str, is_there: bool) -> str:
    """Return an expression for a field as text, empty when it is missing."""
    if not is_there:
        return f"'' as \"{field}\""
    return f'trim(coalesce("{field}"::varchar, \'\')) as "{field}"'


def _is_day(field: str) -> str:
    """Nought where the reader of days, which is no SQL, found none; it keeps what it read."""
    return f'("{field}" in (select day from days))::bigint'


def _is_in(text: str, values: Iterable[str]) -> str:
    """As `in`, which DuckDB answers by a join: slower, and the rows come in another order."""
    pattern = "|".join(map(re.escape, sorted(values))).replace("'", "''")
    return f"regexp_full_match({text}, '{pattern}')"


_ULN = "rest > 0 and 10 - rest = last"
_NHS = "(rest + last) % 11 = 0"


def _ten_digits(field: str, is_right: str) -> str:
    """Return a number of ten digits whose last agrees with the `rest` of the others."""
    tight = f"replace(replace({field}, ' ', ''), '-', '')"
    remainder = " + ".join(f"{10 - n} * {tight}[{n + 1}]::int" for n in range(9))
    right = is_right.replace("rest", f"(({remainder}) % 11)").replace("last", f"{tight}[10]::int")
    return (
        f"case when not regexp_full_match({tight}, '[0-9]{{10}}') or"
        f" {_is_in(tight, no_numbers(10))} then 0 when {right} then {tight}::bigint else 0 end"
    )


def _upn(field: str) -> str:
    tight = f"upper(replace({field}, ' ', ''))"
    is_none = (
        f"({_is_in(f'{tight}[2:]', no_numbers(12))} or {tight}[13] between 'A' and 'Z'"
        f" and {_is_in(f'{tight}[2:12]', no_numbers(11))})"
    )
    return (
        f"case when regexp_full_match({tight}, '[A-Z][0-9]{{11}}[0-9A-Z]') and not {is_none} then"
        f" ((ascii({tight}) - 64)::bigint * 100000000000 + {tight}[2:12]::bigint) * 36"
        f" + (strpos('{_BASE36}', {tight}[13]) - 1) else 0 end"
    )


def _base36(tight: str, length: int) -> str:
    value = "0::bigint"
    for place in range(1, length + 1):
        digit = f"(strpos('{_BASE36}', {tight}[{place}]) - 1)"
        value = f"({value} * 36 + {digit})" if place > 1 else f"{digit}::bigint"
    return value


_TIGHT = "regexp_replace(upper(postcode), '[^A-Z0-9]', '', 'g')"
_BY_LENGTH = " ".join(f"when {n} then {_base36(_TIGHT, n)}" for n in range(2, 9))
_NO_POSTCODE = " or ".join(
    (
        _is_in(_TIGHT, no_postcodes()[0]),
        *(f"starts_with({_TIGHT}, '{start}')" for start in no_postcodes()[1]),
    )
)
_POSTCODE = (
    f"case when {_NO_POSTCODE} then 0"
    f" when regexp_full_match({_TIGHT}, '[A-Z]{{1,2}}[0-9][0-9A-Z]?') and not"
    f" regexp_full_match({_TIGHT}, '[A-Z]{{1,2}}[0-9][0-9A-Z]?[0-9][A-Z]{{2}}')"
    f" then 46656 * (case length({_TIGHT}) {_BY_LENGTH} else 0 end)"
    f" else (case when length({_TIGHT}) < 3 then 0 else"
    f" (case least(length({_TIGHT}), 8) {_BY_LENGTH} else 0 end) end) end"
)
_LINE = "lower(address)"
_WORDS = "_words"
"""The words of the address, once a row: many expressions ask for them, and they cost most."""
_MADE_OF_ADDRESS = (
    f"case when regexp_matches({_LINE}, '[^a-z0-9 ]|  ')"
    f" then array_to_string(regexp_extract_all({_LINE}, '[a-z0-9]+'), ' ')"
    f" else trim({_LINE}) end as {_WORDS}"
)
_PHONE = "regexp_replace(phone, '[^0-9]', '', 'g')"


def _hash(value: str) -> str:
    return f"case when {value} = '' then 0::ubigint else hash({value}) end"


_NUMBER = f"try_cast(regexp_extract({_WORDS}, '(?:^| )([0-9]{{1,9}})(?: |$)', 1) as bigint)"
_STREET = (
    f"case when regexp_matches({_WORDS}, '{'|'.join(NO_STREET)}') then"
    f" list_filter(string_split({_WORDS}, ' '),"
    f" lambda w: regexp_full_match(w, '[a-z]{{3,}}') and w not in {NO_STREET})[1]"
    f" else regexp_extract({_WORDS}, '(?:^| )([a-z]{{3,}})(?: |$)', 1) end"
)
_ADULT = (
    f"case when {_is_in('lower(adult_forename)', {'', *no_names()})}"
    f" or {_is_in('lower(adult_surname)', {'', *no_names()})} then '' else"
    " lower(adult_forename) || ' ' || lower(adult_surname) end"
)
_NO_HOME = f"({_is_in(_WORDS, no_homes())} or starts_with({_WORDS}, '{NO_FIXED}'))"
_SHARED = (
    f"(regexp_matches({_WORDS}, '{shared_homes()}')"
    f" or regexp_matches({_WORDS}, '{FLATS}') and not regexp_matches({_WORDS}, '[0-9]'))"
)

_NO_EMAIL = f"regexp_full_match(lower(email), '{NO_EMAIL}')"


def _home(value: str, none: str) -> str:
    return f"case when {_NO_HOME} then {none} else {value} end"


NUMBERS = {
    "sex": "case upper(sex[1]) when 'F' then 1 when 'M' then 2 else 0 end::bigint",
    "upn": _upn("upn"),
    "former_upn": _upn("former_upn"),
    "uln": _ten_digits("uln", _ULN),
    "nhs_number": _ten_digits("nhs_number", _NHS),
    "postcode": _POSTCODE,
    "address": _home(_hash(_WORDS), "0::ubigint"),
    "number": _home(
        f"case when {_SHARED} then {SHARED} else coalesce({_NUMBER}::bigint, 0) end", str(SHARED)
    ),
    "street": _home(_hash(f"coalesce({_STREET}, '')"), "0::ubigint"),
    "phone": (
        f"case when length({_PHONE}) >= 9 and not {_is_in(f'{_PHONE}[-9:]', no_numbers(9))}"
        f" then {_PHONE}[-9:]::bigint else 0 end"
    ),
    "email": f"case when {_NO_EMAIL} then 0::ubigint else {_hash('lower(email)')} end",
    "adult": _hash(f"({_ADULT})"),
}
"""For each column of numbers, its expression; nought when not said or not possible."""


def ready(texts: str) -> str:
    """Return the rows of a list with what several expressions of `NUMBERS` are worked out from."""
    return f"(select *, {_MADE_OF_ADDRESS} from {texts})"


CHECKS = {
    "dob": (_is_day("dob"), "This is no date of birth of a living person; left out."),
    "sex": (NUMBERS["sex"], "The sex is neither F nor M; left out."),
    "upn": (NUMBERS["upn"], "A pupil number is a letter, eleven digits, and a digit or letter."),
    "former_upn": (
        NUMBERS["former_upn"],
        "A pupil number is a letter, eleven digits, and a digit or letter.",
    ),
    "uln": (NUMBERS["uln"], "This is no learner number: ten digits, the last agreeing; left out."),
    "nhs_number": (
        NUMBERS["nhs_number"],
        "This is no NHS number: ten digits, the last agreeing; left out.",
    ),
    "postcode": (NUMBERS["postcode"], "This is no postcode of a home; left out."),
    "phone": (NUMBERS["phone"], "A telephone number has at least nine digits; left out."),
    "from": (_is_day("from"), "This is no date; left out."),
    "to": (_is_day("to"), "This is no date; left out."),
}
"""For each field that can be wrong, the expression that is nought then, and the words for it."""

COLUMN = {field: field for field in CHECKS} | {"from": "starts", "to": "ends"}
"""For each of these fields, the column of numbers it is in."""
