"""Stolen passwords are refused: Django's 20,000 and four million more (docs/adr/0010)."""

import pytest
from django.contrib.auth.password_validation import CommonPasswordValidator, validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from onroll.accounts.passwords import REFUSED, StolenPasswordValidator
from tests.accounts.links import open_link
from tests.people import People
from tests.reading import Page

STOLEN = "correcthorsebatterystaple1"  # 14 characters and more, and not among Django's
STOLEN_SHORT = "iloveyou123456"
LISTED_BY_DJANGO = "1q2w3e4r5t6y7u8i9o0p"
GOOD = "teapot glacier violin marmot"


@pytest.mark.parametrize("password", [STOLEN, STOLEN_SHORT, STOLEN.upper(), f" {STOLEN} "])
def test_a_password_that_only_the_large_list_has_is_refused_in_a_sentence(password: str) -> None:
    CommonPasswordValidator().validate(password)
    with pytest.raises(ValidationError) as refused:
        validate_password(password)
    assert refused.value.messages == [REFUSED]


def test_what_django_lists_is_refused_too() -> None:
    with pytest.raises(ValidationError):
        CommonPasswordValidator().validate(LISTED_BY_DJANGO)
    with pytest.raises(ValidationError) as refused:
        validate_password(LISTED_BY_DJANGO)
    assert refused.value.messages == [REFUSED]


@pytest.mark.parametrize("password", [GOOD, "Nine ölig penguins, reading", "x" * 13 + "Ω"])
def test_a_good_password_is_taken(password: str) -> None:
    validate_password(password)


def test_a_short_one_meets_one_sentence_about_its_length() -> None:
    StolenPasswordValidator().validate("Kq7#")
    with pytest.raises(ValidationError) as refused:
        validate_password("Kq7#")
    assert "at least 14 characters" in refused.value.messages[0]


def test_the_page_refuses_a_stolen_password_and_takes_a_good_one(
    client: Client, people: People
) -> None:
    page = open_link(client, people.olive)
    address = page.request["PATH_INFO"]
    refused = client.post(address, {"password1": STOLEN, "password2": STOLEN})
    assert REFUSED in Page(refused.content).text
    people.olive.refresh_from_db()
    assert not people.olive.has_usable_password()
    assert client.post(address, {"password1": GOOD, "password2": GOOD}).status_code == 302
    people.olive.refresh_from_db()
    assert people.olive.check_password(GOOD)
