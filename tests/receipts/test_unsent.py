"""A form sent by somebody who is signed out by then waits until they are signed in again."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from onroll.accounts import middleware
from onroll.cases.models import Case
from onroll.receipts import unsent
from tests.journeys.visitor import FilledIn, Visitor
from tests.referrals.made import refer

TEXT = "Rang both numbers.\nNobody answered."
SEND, DO_NOT = "Save it now", "Do not save it"


@pytest.fixture
def form(olive: Visitor, case: Case) -> FilledIn:
    return olive.open(reverse("cases:note", args=[case.ref])).fill_in("Save", text=TEXT)


def texts(case: Case) -> list[str]:
    return [note.text.replace("\r", "") for note in case.notes.order_by("pk")]


def sign_out(visitor: Visitor) -> None:
    """Sign out as another window does: the form stays as it was filled in."""
    visitor.open(reverse("account_logout")).send("Sign out")


def post(visitor: Visitor, form: FilledIn, origin: str = "http://testserver") -> Visitor:
    answer = visitor.client.post(
        form.address, form.whole(), follow=True, headers={"origin": origin}
    )
    return visitor.arrive(answer)


def test_what_a_page_that_is_left_sends_by_itself_is_not_given_back_as_if_it_were_sent(olive, form):
    sign_out(olive)
    olive.client.post(form.address, {**form.whole(), "keep_only": "yes"}, follow=True)
    assert unsent.KEPT not in olive.client.session


def test_who_signed_out_in_another_window_signs_in_and_sends_it(case, olive, form, people):
    title = olive.title.split(" – ")[0]
    sign_out(olive)
    post(olive, form)
    assert olive.address.startswith(reverse("account_login"))
    olive.see("You were signed out", "What you typed is kept: sign in, and it is here to be sent.")
    olive.open(reverse("account_login")).see("What you typed is kept")
    olive.client.force_login(people.olive)
    olive.open(reverse("unsent")).see("Nothing is saved yet", "Rang both numbers.")
    olive.see(f"The form: {title}")
    assert texts(case) == []
    olive.send(SEND)
    assert (olive.address, texts(case)) == (reverse("casefile:chronology", args=[case.ref]), [TEXT])


def test_the_sign_in_itself_leads_to_what_was_sent(olive, form, people):
    sign_out(olive)
    people.olive.set_password(password := "violet tractor sings 41")
    people.olive.save()
    post(olive, form)
    olive.send("Sign in", login=people.olive.email, password=password)
    assert (olive.address, olive.title[:14]) == (reverse("unsent"), "Not saved yet:")


@pytest.mark.parametrize("began", [middleware.LAST_SEEN, middleware.BEGAN])
def test_who_was_away_for_too_long_loses_nothing(case, olive, form, people, began):
    session = olive.client.session
    session[began] = (timezone.now() - timedelta(hours=20)).timestamp()
    session.save()
    post(olive, form).see("what you sent is not saved yet")
    olive.client.force_login(people.olive)
    olive.open(reverse("unsent")).send(SEND)
    assert texts(case) == [TEXT]


def test_who_signed_in_again_in_another_window_sends_it_at_once(case, olive, form, people):
    sign_out(olive)
    olive.client.force_login(people.olive)
    olive.client.cookies["csrftoken"] = "b" * 32
    post(olive, form).see("Nothing is saved yet").send(SEND)
    assert texts(case) == [TEXT]


def test_whose_browser_lost_its_session_reads_above_the_sign_in_that_it_is_kept(olive, form):
    """Then the token against forged forms is another one as well."""
    olive.client.cookies.clear()
    post(olive, form)
    assert olive.address.startswith(reverse("account_login"))
    olive.see("You were signed out", "What you typed is kept")


def test_who_comes_to_sign_in_without_a_form_is_told_of_none(db):
    assert "You were signed out" not in Visitor(None).open(reverse("account_login")).text


def test_it_is_done_once_however_often_it_is_sent(case, olive, form, people):
    olive.send("Save", text=TEXT)
    olive.client.post(form.address, form.whole())
    kept = texts(case)
    sign_out(olive)
    post(olive, form)
    olive.client.force_login(people.olive)
    olive.open(reverse("unsent")).send(SEND)
    olive.open(reverse("unsent")).send(SEND)
    assert texts(case) == kept


def test_nobody_else_is_shown_it(olive, form, people):
    sign_out(olive)
    post(olive, form)
    olive.client.force_login(people.max)
    olive.open(reverse("unsent")).see("Nothing that you sent waits here")
    assert unsent.KEPT not in olive.client.session
    assert "Rang" not in olive.text


def test_after_an_hour_it_is_gone(olive, form, people):
    sign_out(olive)
    post(olive, form)
    session = olive.client.session
    session[unsent.KEPT]["at"] -= unsent.SECONDS
    session.save()
    olive.client.force_login(people.olive)
    olive.open(reverse("unsent")).see("Nothing that you sent waits here")


def test_who_wants_it_no_more_has_it_forgotten(case, olive, form, people):
    sign_out(olive)
    post(olive, form)
    olive.client.force_login(people.olive)
    olive.open(reverse("unsent")).send(DO_NOT)
    assert unsent.KEPT not in olive.client.session
    assert texts(case) == []


def test_a_file_is_named_and_chosen_again(case, olive, people):
    page = olive.open(reverse("intake:upload"))
    form = page.fill_in("Upload", files={"leavers.csv": b"name,born"})
    sign_out(olive)
    post(olive, form)
    olive.client.force_login(people.olive)
    olive.open(reverse("unsent")).see("Choose again: leavers.csv")


@pytest.mark.parametrize("page_of", ["", "7", "7:forged"])
def test_what_no_page_of_ours_asked_is_not_kept(olive, form, page_of):
    sign_out(olive)
    data = {**form.whole(), unsent.SENDER: page_of}
    olive.arrive(olive.client.post(form.address, data, follow=True))
    assert olive.address.startswith(reverse("account_login"))
    assert unsent.KEPT not in olive.client.session


def test_a_form_sent_from_elsewhere_neither_is_kept_nor_signs_anybody_out(olive, form):
    olive.client.cookies["csrftoken"] = "b" * 32
    post(olive, form, origin="https://elsewhere.example").see("That page was open too long")
    assert unsent.KEPT not in olive.client.session
    assert olive.open("/account/").address == "/account/"


def test_a_form_in_a_part_of_a_page_is_named_by_the_title_of_the_page(people):
    mo = Visitor(people.mo).open(f"/referrals/{refer().ref}/")
    form = mo.fill_in("I look at it")
    sign_out(mo)
    post(mo, form)
    mo.client.force_login(people.mo)
    mo.open(reverse("unsent")).see("The form: Referral 234-567-89A")


def test_a_password_is_never_kept(olive, people):
    page = olive.open(reverse("account_set_password"))
    form = page.fill_in("Set the password", password1="b b", password2="b b")
    sessions = Session.objects.count()
    sign_out(olive)
    olive.arrive(olive.client.post(form.address, form.whole(), follow=True))
    assert unsent.KEPT not in olive.client.session
    assert Session.objects.count() <= sessions
