"""What can be read of a pasted message about a missing pupil (P69)."""

from datetime import date

import pytest

from onroll.formats.pupil_message import PupilMessageText, read_message

WHOLE = """MISSING PUPIL - please check your records
From: London Borough of Brent
Contact: Bo Brown, cme@brent.example
Surname: Merlinton
Forename(s): Rowan
D.O.B: 04/05/2016
UPN: h801200001001
Last known address: 1 Made-up Road, Wembley
Last school: Harebell Academy
Please reply within ten days."""


def test_what_stands_after_a_known_label_is_read() -> None:
    """P69."""
    assert read_message(WHOLE) == PupilMessageText(
        forename="Rowan",
        surname="Merlinton",
        born_on=date(2016, 5, 4),
        upn="H801200001001",
        school="Harebell Academy",
        address="1 Made-up Road, Wembley",
        authority="304",
        contact="Bo Brown, cme@brent.example",
    )


@pytest.mark.parametrize(
    "line",
    ["Name: Rowan Merlinton", "Name of child: MERLINTON, Rowan", "Pupil's name: MERLINTON Rowan"],
)
def test_a_name_on_one_line_is_taken_apart(line: str) -> None:
    read = read_message(line)
    assert (read.forename, read.surname.title()) == ("Rowan", "Merlinton")


@pytest.mark.parametrize("text", ["", "Do you know Rowan Merlinton?", "Date of birth: soon", ":::"])
def test_what_is_not_certain_is_left_to_a_person(text: str) -> None:
    assert read_message(text).is_empty


def test_what_is_too_long_is_cut_and_the_first_line_counts() -> None:
    read = read_message(f"Surname: {'a' * 200}\nSurname: b\nFrom: Nowhere at all")
    assert read.surname == "a" * 80
    assert read.authority == ""
