"""What the service says of itself is shown by tests, and nothing else is said (claims.py)."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html

from onroll.accounts.permissions import LACKING
from onroll.config import docs, proofs
from onroll.config.postgres import CHECKOUT
from onroll.rules import claims
from onroll.rules.claims import CLAIMS
from onroll.rules.departures import DEPARTURES
from onroll.rules.policy_file import HARROW
from tests.people import People

PAGES = {
    "home": "/",
    "start": "/start/",
    "privacy": "/privacy/",
    "accessibility": "/accessibility/",
    "policy": "/policy-and-law/",
}
DOES = re.compile(r"\b(Onroll|we|us|our|the service|nobody|never|always|every|each)\b", re.I)
OF_NO_DEED = """\
Every child in Harrow has a right to an education

Tell us.

Tell us with a form, or ring:

Schools have to tell us of children who leave or join (the Pupil Registration Regulations 2024,
regulation 13).

To find these children is our duty under section 436A of the Education Act 1996.

Our policy is “Children Missing Education (CME) 2025”.

Ordinary email is not private: if you write, ask us to ring you back rather than writing about
the child.

Never send a pupil’s details by ordinary email.

The law asks every council to find the children in its area who are not being educated.

That is section 436A of the Education Act 1996.

You can also ask us to put mistakes right.

We cannot do that without knowing who they are.

It is a public task laid on us by law, so we do not ask for consent.

The council has set 7 years after a case is closed.

For a child who was never found, it is until they would be 25.

The service does not remove records by itself yet: the council has to have it done.

No person who relies on assistive technology has tested the service for us yet.

So we do not say that it meets the standard in full.

What we have not done

What we do

What we keep about children, and why

What we have done

We want everyone to be able to use it: with a keyboard, a screen reader, large letters, a small
screen, speech, or without scripts.

We aim at level AA of the Web Content Accessibility Guidelines 2.2.

Tell us what does not work

If you are not happy with our answer, the Equality Advisory and Support Service can help.

Onroll is built for “Children Missing Education (CME) 2025” of London Borough of Harrow, dated
July 2025.

What Onroll does
"""
"""Sentences of public pages with such a word that say nothing the service does, apart by lines."""
NO_DEEDS = {" ".join(sentence.split()) for sentence in OF_NO_DEED.split("\n\n")}
PLAIN = {"GOV", "GDPR", "PDF", "ISO", "UTF"}
"""Abbreviations that need no explaining, or are part of a name."""


def test_every_claim_is_shown_by_a_test_and_no_test_shows_one_that_is_not_made() -> None:
    shown = {code for test in proofs.tests() for code in test.shows}
    assert CLAIMS.keys() - shown == set(), "mark the test with @pytest.mark.shows, or do not say it"
    assert shown - CLAIMS.keys() == set()


def test_a_claim_of_what_users_can_do_is_shown_by_a_test_that_goes_in_as_they_do() -> None:
    entered = {code for test in proofs.tests() if test.enters for code in test.shows}
    assert {code for code, claim in CLAIMS.items() if claim.is_of_users} - entered == set()


def sentences_of(client: Client, path: str) -> list[str]:
    """Return the sentences of a page's main part, headings, items and cells apart."""
    page: html.HtmlElement = html.fromstring(client.get(path).content)
    main = page.find(".//main")
    parts = [" ".join(node.text_content().split()) for node in main.iter(*_BLOCKS)]
    return [said for part in parts for said in re.split(r"(?<=[.?!])\s+(?=[A-Z“])", part) if said]


_BLOCKS = ("h1", "h2", "h3", "p", "li", "th", "td", "dt", "dd", "caption", "strong")


@pytest.mark.django_db
@pytest.mark.parametrize("hour", [12, 20])
@pytest.mark.parametrize("page", PAGES)
def test_a_public_page_says_its_claims_and_nothing_else_that_it_does(
    client: Client, people: People, monkeypatch: pytest.MonkeyPatch, page: str, hour: int
) -> None:
    """Within the hub's hours and outside them; where to start says another thing to who has one."""
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 25, hour, tzinfo=UTC))
    said = sentences_of(client, PAGES[page])
    if page == "start":
        client.force_login(people.sam)
        said += sentences_of(client, PAGES[page])
    whole = " ".join(said)
    ours = claims.sentences(
        {code: claim for code, claim in CLAIMS.items() if code.startswith(f"{page}.")},
        authority_name=HARROW.authority_name,
    )
    assert [text for text in ours.values() if text not in whole] == []
    bare = whole
    for text in sorted([*ours.values(), *NO_DEEDS], key=len, reverse=True):
        bare = bare.replace(text, " ")
    # Of the table only what Onroll does is a claim: the rest quotes the policy and the law.
    quoted = {text for d in DEPARTURES for text in (d.title, d.local, d.law)}
    found = [s for s in said if DOES.search(s) and s in bare and not any(q in s for q in quoted)]
    assert found == [], "make it a claim with a test (claims.py), or put it into OF_NO_DEED"


def test_the_readme_says_its_claims_and_what_is_built() -> None:
    text = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    assert docs.progress() in text
    assert docs.what_it_does() in text
    by_hand = re.sub(r"<!-- written.*?<!-- until here -->", "", text, flags=re.S)
    assert not re.findall(r"^- \*\*", by_hand, re.M), "a claim is written from claims.py"
    assert "finds children who" not in by_hand


def test_what_a_difference_waits_for_is_not_built() -> None:
    rows = {row for departure in DEPARTURES for row in departure.waits_for}
    assert rows <= LACKING.keys(), "it is built: say so in a claim with its test"
    assert {d.claim for d in DEPARTURES if d.claim} | {"basis"} == set(claims.POLICY)


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
def test_an_abbreviation_is_explained_on_the_page_it_stands_on(client: Client, page: str) -> None:
    whole = " ".join(sentences_of(client, PAGES[page]))
    for short in set(re.findall(r"\b[A-Z]{3,}\b", whole)) - PLAIN:
        explained = rf"\w \({short}\)|{short} \(|\({short}/|{short}\d* (?:is|are) the"
        assert re.search(explained, whole), short
