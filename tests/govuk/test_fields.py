"""Dates typed in three boxes, and what is said when they are wrong."""

from datetime import date, time

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.datastructures import MultiValueDict

from onroll.govuk.fields import (
    Choice,
    GovDateField,
    GovTimeField,
    ManyFilesField,
    in_sentence,
    lower_first,
    of,
)

TODAY = date(2026, 3, 16)


class BornForm(forms.Form):
    born = GovDateField(label="Date of birth", not_after=lambda: TODAY, not_before=date(2000, 1, 1))


def answer(day="", month="", year=""):
    return BornForm({"born_day": day, "born_month": month, "born_year": year})


@pytest.mark.parametrize("month", ["3", "03", "March", "mar", "MARCH"])
def test_a_date_is_read_with_its_month_in_figures_or_words(month):
    form = answer("27", month, "2015")
    assert form.is_valid()
    assert form.cleaned_data["born"] == date(2015, 3, 27)


@pytest.mark.parametrize(
    ("typed", "said", "parts"),
    [
        (("", "", ""), "Enter the date of birth", ("day", "month", "year")),
        (("27", "", "2015"), "Date of birth must include a month", ("month",)),
        (("27", "", ""), "Date of birth must include a month and year", ("month", "year")),
        (("30", "2", "2015"), "Date of birth must be a real date", ("day", "month", "year")),
        (("x", "2", "2015"), "Date of birth must be a real date", ("day", "month", "year")),
        (("1", "2" * 10, "2015"), "Date of birth must be a real date", ("day", "month", "year")),
        (("1", "ma", "2015"), "Date of birth must be a real date", ("day", "month", "year")),
        (("1", "2", "15"), "Date of birth must have a year of 4 numbers", ("year",)),
        (
            ("17", "3", "2026"),
            "Date of birth must be on or before 16 March 2026",
            ("day", "month", "year"),
        ),
        (
            ("31", "12", "1999"),
            "Date of birth must be on or after 1 January 2000",
            ("day", "month", "year"),
        ),
    ],
)
def test_each_wrong_date_has_its_sentence_and_names_its_boxes(typed, said, parts):
    [error] = answer(*typed).errors.as_data()["born"]
    assert error.messages == [said]
    assert tuple(error.params["parts"]) == parts


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        (("31", "", "26"), ["missing", "year"]),
        (("31", "13", "26"), ["year", "real"]),
        (("45", "", "2026"), ["missing", "real"]),
        (("45", "", "26"), ["missing", "year", "real"]),
    ],
)
def test_all_that_is_wrong_with_a_date_is_said_at_once(typed, codes):
    with pytest.raises(ValidationError) as caught:
        GovDateField(label="Date of birth").clean(typed)
    assert [error.code for error in caught.value.error_list] == codes


def test_a_date_that_need_not_be_given_may_be_left_empty():
    assert GovDateField(required=False, label="Date").clean(("", "", "")) is None


def test_a_date_changes_only_when_another_is_typed():
    field = GovDateField(label="Date")
    assert not field.has_changed(date(2015, 3, 7), ("7", "3", "2015"))
    assert field.has_changed(date(2015, 3, 7), ("8", "3", "2015"))


def test_several_files_are_each_kept():
    class FilesForm(forms.Form):
        letters = ManyFilesField()

    files: list[UploadedFile] = [SimpleUploadedFile(f"{n}.txt", b"x") for n in (1, 2)]
    form = FilesForm({}, MultiValueDict({"letters": files}))
    assert form.is_valid()
    assert [each.name for each in form.cleaned_data["letters"]] == ["1.txt", "2.txt"]
    assert "letters" in FilesForm({}, MultiValueDict()).errors


def test_of_several_files_the_empty_one_is_named():
    class FilesForm(forms.Form):
        letters = ManyFilesField()

    files: list[UploadedFile] = [
        SimpleUploadedFile("full.xml", b"x"),
        SimpleUploadedFile("left.xml", b""),
    ]
    (error,) = FilesForm({}, MultiValueDict({"letters": files})).errors["letters"]
    assert error == "left.xml is empty. Export it again and send the whole file"


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Day of the list", "the day of the list"),
        ("Forename", "the forename"),
        ("UPN", "the UPN"),
        ("The child's name", "the child's name"),
        ("Your email address", "your email address"),
        ("Who told you", "who told you"),
    ],
)
def test_a_label_says_which_thing_is_to_be_given(label, words):
    assert of(label) == words


def test_a_label_reads_on_inside_a_sentence():
    assert lower_first("Date of birth") == "date of birth"
    assert lower_first("UPN") == "UPN"
    assert lower_first("DfE number") == "DfE number"
    assert lower_first("") == ""


def test_who_said_something_has_no_capital_inside_a_sentence_unless_it_is_a_name() -> None:
    assert in_sentence("A neighbour, referral 234-567-89A") == "a neighbour, referral 234-567-89A"
    assert in_sentence("Who works on the child’s open case") == "who works on the child’s open case"
    for name in ("Mo Malik", "A Star School", "St Ann’s School", "Who Else", ""):
        assert in_sentence(name) == name


def test_a_choice_is_its_words():
    assert Choice("Something else", "a hint") == "Something else"


@pytest.mark.parametrize("typed", ["14:30", "14.30", "2:30pm", "2:30 PM", "2.30 p.m."])
def test_a_time_is_taken_as_people_write_it(typed):
    assert GovTimeField().clean(typed) == time(14, 30)


@pytest.mark.parametrize("typed", ["25:00", "half two", "14:30pm"])
def test_what_is_no_time_is_refused(typed):
    with pytest.raises(ValidationError):
        GovTimeField().clean(typed)
