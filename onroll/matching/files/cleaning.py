"""The same cleaning as `records`, as SQL, for lists of millions. A test holds the two together."""

from onroll.matching.records import NO_STREET

_BASE36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def text(field: str, is_there: bool) -> str:
    """Return an expression for a field as text, empty when it is missing."""
    if not is_there:
        return f"'' as \"{field}\""
    return f'trim(coalesce("{field}"::varchar, \'\')) as "{field}"'


def _is_day(field: str) -> str:
    """Nought where the reader of days, which is no SQL, found none; it keeps what it read."""
    return f'("{field}" in (select day from days))::bigint'


def _digits(field: str, length: int) -> str:
    tight = f"replace(replace({field}, ' ', ''), '-', '')"
    return (
        f"case when regexp_full_match({tight}, '[0-9]{{{length}}}') then {tight}::bigint else 0 end"
    )


def _upn(field: str) -> str:
    tight = f"upper(replace({field}, ' ', ''))"
    return (
        f"case when regexp_full_match({tight}, '[A-Z][0-9]{{11}}[0-9A-Z]') then"
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
_POSTCODE = (
    f"case when regexp_full_match({_TIGHT}, '[A-Z]{{1,2}}[0-9][0-9A-Z]?') and not"
    f" regexp_full_match({_TIGHT}, '[A-Z]{{1,2}}[0-9][0-9A-Z]?[0-9][A-Z]{{2}}')"
    f" then 46656 * (case length({_TIGHT}) {_BY_LENGTH} else 0 end)"
    f" else (case when length({_TIGHT}) < 3 then 0 else"
    f" (case least(length({_TIGHT}), 8) {_BY_LENGTH} else 0 end) end) end"
)
_LINE = "lower(address)"
_ODD = f"regexp_matches({_LINE}, '[^a-z0-9 ]|  ')"
_WORDS = f"array_to_string(regexp_extract_all({_LINE}, '[a-z0-9]+'), ' ')"
_PHONE = "regexp_replace(phone, '[^0-9]', '', 'g')"


def _hash(value: str) -> str:
    return f"case when {value} = '' then 0::ubigint else hash({value}) end"


_NUMBER = (
    f"try_cast(regexp_extract(' ' || {_LINE}, '[^a-z0-9]([0-9]{{1,9}})(?:[^a-z0-9]|$)', 1)"
    " as bigint)"
)
_STREET = (
    f"case when regexp_matches({_LINE}, '{'|'.join(NO_STREET)}') then"
    f" list_filter(regexp_extract_all({_LINE}, '[a-z0-9]+'),"
    f" lambda w: regexp_full_match(w, '[a-z]{{3,}}') and w not in {NO_STREET})[1]"
    f" else regexp_extract(' ' || {_LINE}, '[^a-z0-9]([a-z]{{3,}})(?:[^a-z0-9]|$)', 1) end"
)
_ADULT = (
    "case when adult_forename = '' or adult_surname = '' then '' else"
    " lower(adult_forename) || ' ' || lower(adult_surname) end"
)

NUMBERS = {
    "sex": "case upper(sex[1]) when 'F' then 1 when 'M' then 2 else 0 end::bigint",
    "upn": _upn("upn"),
    "former_upn": _upn("former_upn"),
    "uln": _digits("uln", 10),
    "nhs_number": _digits("nhs_number", 10),
    "postcode": _POSTCODE,
    "address": _hash(f"(case when {_ODD} then {_WORDS} else trim({_LINE}) end)"),
    "number": f"coalesce({_NUMBER}::bigint, 0)",
    "street": _hash(f"coalesce({_STREET}, '')"),
    "phone": f"case when length({_PHONE}) >= 9 then {_PHONE}[-9:]::bigint else 0 end",
    "email": _hash("lower(email)"),
    "adult": _hash(f"({_ADULT})"),
}
"""For each column of numbers, its expression; nought when not said or not possible."""

CHECKS = {
    "dob": (_is_day("dob"), "This is no date of birth of a living person; left out."),
    "sex": (NUMBERS["sex"], "The sex is neither F nor M; left out."),
    "upn": (NUMBERS["upn"], "A pupil number is a letter, eleven digits, and a digit or letter."),
    "former_upn": (
        NUMBERS["former_upn"],
        "A pupil number is a letter, eleven digits, and a digit or letter.",
    ),
    "uln": (NUMBERS["uln"], "A learner number has ten digits; left out."),
    "nhs_number": (NUMBERS["nhs_number"], "An NHS number has ten digits; left out."),
    "postcode": (NUMBERS["postcode"], "This is no postcode; left out."),
    "phone": (NUMBERS["phone"], "A telephone number has at least nine digits; left out."),
    "from": (_is_day("from"), "This is no date; left out."),
    "to": (_is_day("to"), "This is no date; left out."),
}
"""For each field that can be wrong, the expression that is nought then, and the words for it."""

COLUMN = {field: field for field in CHECKS} | {"from": "starts", "to": "ends"}
"""For each of these fields, the column of numbers it is in."""
