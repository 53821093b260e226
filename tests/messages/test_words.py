"""P58: a message is fixed words around a reference and a link, whatever kind it is."""

from pathlib import Path

import pytest
from django.conf import settings
from django.template.base import TextNode, VariableNode
from django.template.defaulttags import LoadNode
from django.template.loader import get_template
from django.templatetags.i18n import TranslateNode
from django.urls import reverse
from django.utils import translation

import onroll
from onroll.govuk.languages import ENGLISH, IN_ENGLISH
from onroll.messages.kinds import KINDS, letter
from onroll.messages.models import WITHOUT_ACCOUNT, Kind

REFS = ("K7P-2QX-9HD", "ZZZ-222-AAA")
SENDS = (
    "send_mail",
    "EmailMessage",
    "get_connection",
    "mail_managers",
    "smtplib",
    "notifications_python_client.n",
)


def test_each_kind_has_its_words() -> None:
    assert KINDS.keys() == set(Kind)
    texts = {path.stem for path in Path(onroll.__file__).parent.glob("messages/templates/**/*.txt")}
    short = {f"{kind}.sms" for kind in WITHOUT_ACCOUNT}
    assert texts == {"several", *(kind.value for kind in Kind), *short}


@pytest.mark.parametrize("kind", Kind)
def test_only_the_reference_and_the_link_differ_from_one_message_to_another(kind: Kind) -> None:
    fixed = set()
    for ref in REFS:
        key = "" if KINDS[kind].needs else f"key-{ref}"
        sent = letter(kind, ref, key=key)
        link = settings.BASE_URL + reverse(KINDS[kind].page, args=[key or ref])
        assert link in sent.body
        assert (link in sent.text) == (kind.value in WITHOUT_ACCOUNT)
        body, text = (_fixed(words, link=link, ref=ref) for words in (sent.body, sent.text))
        assert not any(sign.isdigit() for sign in sent.subject + body + text)
        fixed.add((sent.subject, body, text))
    assert len(fixed) == 1


def _fixed(words: str, *, link: str, ref: str) -> str:
    """Return the words of a message without what differs from one to another."""
    return words.replace(link, "LINK").replace(ref, "REF").replace("ring 999", "RING")


@pytest.mark.parametrize("name", [*Kind, *(f"{kind}.sms" for kind in WITHOUT_ACCOUNT)])
def test_a_text_asks_for_no_other_value_and_includes_nothing(name: str) -> None:
    text = get_template(f"messages/{name}.txt").template  # type: ignore[attr-defined] # stubs
    words = TextNode | TranslateNode | LoadNode
    sentences = text.nodelist.get_nodes_by_type(TranslateNode)
    assert all(node.filter_expression.var.literal for node in sentences)
    values = [node for node in text.nodelist if not isinstance(node, words)]
    assert all(isinstance(node, VariableNode) for node in values)
    assert {node.filter_expression.token for node in values} <= {"ref", "link"}


@pytest.mark.parametrize("kind", WITHOUT_ACCOUNT)
@pytest.mark.parametrize("language", [code for code in IN_ENGLISH if code != ENGLISH])
def test_who_wrote_in_another_language_is_answered_in_it_and_in_english(kind, language) -> None:
    english = letter(Kind(kind), REFS[0], key="key-a")
    sent = letter(Kind(kind), REFS[0], key="key-a", language=language)
    own, english_part = sent.body.split("In English:")
    assert english_part.strip() == english.body.strip()
    assert sent.subject.endswith(f" / {english.subject}")
    assert all(value in own for value in ("key-a", REFS[0]))
    assert "key-a" in sent.text
    assert "form" not in own.replace("formular", "")
    assert not sent.text.startswith(english.text[:10])
    assert translation.get_language() == ENGLISH


@pytest.mark.parametrize("kind", Kind)
def test_the_page_it_leads_to_opens_to_an_account_or_a_key(db: None, kind: Kind, client) -> None:
    answer = client.get(reverse(KINDS[kind].page, args=[REFS[0]]))
    assert answer.status_code == (302 if KINDS[kind].needs else 404)
    assert (KINDS[kind].needs is None) == (kind.value in WITHOUT_ACCOUNT)


def test_nothing_else_writes_to_people() -> None:
    top = Path(onroll.__file__).parents[1]
    found = {
        path.relative_to(top).as_posix()
        for path in (top / "onroll").rglob("*.py")
        if "node_modules" not in path.parts
        and any(word in path.read_text(encoding="utf-8") for word in SENDS)
    }
    assert found == {"onroll/messages/channels/smtp.py", "onroll/messages/channels/notify.py"}
