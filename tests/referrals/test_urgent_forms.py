"""A form that is urgent asks for the child, the worry and the sender, and nothing else (P13)."""

import pytest

from onroll.referrals.models import Referral
from onroll.rules.readiness import GAPS
from onroll.rules.urgency import PROTECTION_NAMED
from tests.documents.made import PDF
from tests.journeys.visitor import Visitor
from tests.people import People
from tests.referrals.forms import WHY, YOU, risk

pytestmark = pytest.mark.django_db

NOW = "Check and send now"
OWED = [GAPS[code].missing for code in ("call", "police")]
PLAN = ("risk-1", {"risk_plan_or_need": "yes"})
GROUP = ("groups", {"groups_local": "child_protection"})
DOORS = {None: "/refer/professional/", "sam": "/school/refer/new/"}
SENDERS = {None: YOU, "sam": {"referrer_contact": "office@st-anns.example"}}


def at(visitor: Visitor, page: str) -> Visitor:
    """Open another page of the form that is open."""
    return visitor.open(f"{visitor.address.rsplit('/', 2)[0]}/{page}/")


def begun(people: People, who: str | None) -> Visitor:
    """Return somebody who answered the first two pages, by which nothing is urgent."""
    visitor = Visitor(getattr(people, who) if who else None).open(DOORS[who])
    visitor.send("Continue", **WHY, whereabouts="no")
    visitor.send("Continue", forename="Rowan", surname="Merlinton", sex="M")
    assert NOW not in visitor.text
    return visitor


@pytest.mark.parametrize("who", DOORS)
def test_danger_is_said_first_and_the_short_way_stands_on_the_first_page(
    people: People, who: str | None
) -> None:
    """Nothing is asked of the child, such as the sex, before danger can be said (P13, P14)."""
    visitor = Visitor(getattr(people, who) if who else None).open(DOORS[who])
    visitor.see("Is it urgent? Press “Check and send now”. The other pages can wait.")
    asked = [name for name in map(str, visitor.page.xpath("//main//input/@name")) if name]
    assert asked[[name.startswith(("csrf", "form_", "page_")) for name in asked].index(False)] == (
        "danger"
    )
    assert "sex" not in asked
    visitor.send(NOW, **WHY | {"danger": "yes"}).see("This is urgent.")
    visitor.send(NOW, forename="Rowan", sex="U")
    at(visitor, "you").send(NOW, **SENDERS[who]).send("Send").see("We have your form")
    assert Referral.objects.get().is_urgent


def test_the_short_way_of_what_is_not_urgent_refuses_nothing(people: People) -> None:
    hana = Visitor(None).open(DOORS[None]).send(NOW, **WHY, whereabouts="no")
    hana.see("Which child is it?")
    assert NOW not in hana.text


@pytest.mark.parametrize("who", DOORS)
@pytest.mark.parametrize(("page", "answers"), [PLAN, GROUP])
def test_a_plan_that_is_named_on_any_page_is_sent_at_once(
    people: People, who: str | None, page: str, answers: dict[str, str]
) -> None:
    """Policy p.16: whatever else is unanswered, and from a page before the one that names it."""
    visitor = at(begun(people, who), page).send("Continue", **answers).see(NOW)
    for pressed_on in ("home", "known", page):
        at(visitor, pressed_on).send(NOW)
        assert visitor.address.endswith("/you/")
    visitor.send(NOW, **SENDERS[who]).see("Check your answers").send("Send")
    visitor.see("We have your form")
    referral = Referral.objects.get()
    assert (referral.is_urgent, referral.urgent_why) == (True, PROTECTION_NAMED)
    assert {"risk", "page_known"} <= set(referral.missing)
    assert "page_abroad" not in referral.missing


def test_a_page_that_is_half_filled_in_holds_nothing_urgent_up(people: People) -> None:
    hana = at(begun(people, None), "known").send("Continue", family_told="no")
    hana.see("Enter why the family does not know")
    at(hana, PLAN[0]).send("Continue", **PLAN[1])
    at(hana, "known").send(NOW, family_told="no")
    assert hana.address.endswith("/you/")


def test_a_slip_beside_the_plan_makes_it_no_less_urgent(people: People) -> None:
    hana = begun(people, None)
    slip = {"groups_on_day": "31", "groups_on_month": "2", "groups_on_year": "2026"}
    at(hana, "groups").send("Continue", **GROUP[1], **slip)
    hana.see("There is a problem", NOW).send(NOW)
    assert hana.address.endswith("/groups/")
    hana.send(NOW, **GROUP[1], **dict.fromkeys(slip, ""))
    assert hana.address.endswith("/you/")


def test_the_overview_has_the_short_way_and_says_what_is_needed(people: People) -> None:
    hana = at(begun(people, None), PLAN[0]).send("Continue", **PLAN[1])
    at(hana, "form").see(
        "This is urgent.",
        "Send it now. What says “optional” can wait, and so can the pages that you have not",
    )
    hana.see("Needed before you send it About you.", "Still owed").follow(NOW)
    assert hana.address.endswith("/you/")
    at(hana.send("Continue", **YOU), "form").follow(NOW).see("Check your answers")
    at(hana, "form").follow("Continue").see("Where the child lives")


def test_the_overview_of_what_is_not_urgent_has_no_short_way(people: People) -> None:
    text = at(begun(people, None), "form").text
    assert NOW not in text
    assert "Needed before" not in text


def test_danger_needs_no_reason_and_the_hub_reads_that_none_was_given(people: People) -> None:
    hana = at(begun(people, None), "worry").send("Continue", danger="yes").see("This is urgent")
    hana.send(NOW, **YOU).send("Send").see("We have your form")
    hub = Visitor(people.mo).open(f"/referrals/{Referral.objects.get().ref}/")
    hub.see("Yes: The child could be hurt soon. What makes them think so: not said.")


def test_danger_asks_neither_where_the_child_is_nor_of_the_senders_work(people: People) -> None:
    """Policy p.16: both are owed or left, and the name and a way to ring back are asked for."""
    hana = Visitor(None).open(DOORS[None]).send(NOW, **WHY | {"danger": "yes"})
    hana.see("Which child is it?").send(NOW, forename="Rowan", sex="U").send(NOW)
    assert "Enter your job title" not in hana.text
    hana.see("Enter your name")
    hana.send(NOW, referrer_name="Hana", referrer_contact="020 7946 0001").see("Still owed")
    hana.see("Whether you know where the child is. The hub acts by it").send("Send")
    hana.see("Still owed", "Whether you know where the child is")
    assert "whereabouts" in Referral.objects.get().missing
    hub = Visitor(people.mo).open(f"/referrals/{Referral.objects.get().ref}/")
    hub.see("Whether you know where the child is")


@pytest.mark.parametrize("who", DOORS)
def test_in_danger_the_call_and_the_police_are_owed_until_they_are_told(
    people: People, who: str | None
) -> None:
    """Policy p.4, 7: sent at once all the same; the check page, the receipt and the hub say it."""
    visitor = Visitor(getattr(people, who) if who else None).open(DOORS[who])
    danger = WHY | {"danger": "yes", "whereabouts": "no"}
    visitor.send(NOW, **danger).send(NOW, forename="Rowan", sex="U")
    at(visitor, "you").send(NOW, **SENDERS[who]).see("Check your answers", *OWED).follow(OWED[0])
    told = {"called": "yes", "called_about": "10am, Ada", "police": "yes"}
    visitor.send(NOW, **danger, **told)
    assert not [words for words in OWED if words in visitor.text]
    at(visitor, "worry").send(NOW, **danger | told | {"police": "no"})
    visitor.see(OWED[1]).send("Send").see("Still owed", OWED[1])
    assert OWED[0] not in visitor.text
    assert "police" in Referral.objects.get().missing
    hub = Visitor(people.mo).open(f"/referrals/{Referral.objects.get().ref}/")
    hub.see(f"{OWED[1]} Still owed")


@pytest.mark.parametrize("who", DOORS)
def test_a_call_of_which_nothing_is_written_holds_nothing_urgent_up(
    people: People, who: str | None
) -> None:
    """Policy p.16: when it was and with whom is owed, and that it was made is kept."""
    visitor = Visitor(getattr(people, who) if who else None).open(DOORS[who])
    visitor.send(NOW, **WHY | {"danger": "yes", "called": "yes", "called_about": ""})
    visitor.see("Which child is it?").send(NOW, forename="Rowan", sex="U")
    at(visitor, "you").send(NOW, **SENDERS[who]).see("Check your answers", OWED[0])
    visitor.send("Send").see("Still owed", OWED[0])
    referral = Referral.objects.get()
    assert "call" in referral.missing
    assert referral.answers["called"] == "yes"


@pytest.mark.parametrize("who", DOORS)
def test_of_what_is_not_urgent_a_call_says_when_it_was(people: People, who: str | None) -> None:
    visitor = Visitor(getattr(people, who) if who else None).open(DOORS[who])
    visitor.send("Continue", **WHY, whereabouts="no", called="yes", called_about="")
    visitor.see("Enter when you rang, and whom you spoke to")


def test_the_police_are_not_owed_of_a_child_whom_somebody_knows_to_be_somewhere(
    people: People,
) -> None:
    hana = (
        Visitor(None).open(DOORS[None]).send(NOW, **WHY | {"danger": "yes", "whereabouts": "yes"})
    )
    hana.send(NOW, forename="Rowan", sex="U").send(NOW, **YOU).see(OWED[0])
    assert OWED[1] not in hana.text


@pytest.mark.parametrize("who", DOORS)
def test_an_urgent_form_needs_no_sex_and_each_page_says_what_it_needs(
    people: People, who: str | None
) -> None:
    """The page of the child is shown all the same; that of the home can wait."""
    visitor = Visitor(getattr(people, who) if who else None).open(DOORS[who])
    visitor.send(NOW, **WHY | {"danger": "yes"}).see(
        "Which child is it?", "We look for the child by a first or last name."
    )
    visitor.see("Sex (optional)").send(NOW)
    assert "There is a problem" not in visitor.text
    assert visitor.address.endswith("/you/")
    at(visitor, "home").send(NOW, home="12 High Street").send(NOW, **SENDERS[who]).send("Send")
    assert Referral.objects.get().children.get().home == "12 High Street"


def test_what_is_not_urgent_asks_the_sex(people: People) -> None:
    hana = Visitor(None).open(DOORS[None]).send("Continue", **WHY, whereabouts="no")
    hana.send("Continue", forename="Rowan").see("Select the child’s sex")


def test_anyone_reads_which_of_several_is_needed_before_they_are_asked_again(db: None) -> None:
    nora = Visitor(None).open("/refer/").send("Continue", worry="Never at school.", danger="no")
    nora.see("One of these is needed: a name, where the child lives, or a school.")


def test_without_danger_both_are_asked(people: People) -> None:
    hana = Visitor(None).open(DOORS[None])
    hana.send("Continue", **WHY).see("Select whether you know where the child is")


def test_the_receipt_and_the_status_say_when_an_urgent_form_is_read(people: People) -> None:
    """In the hours of the hub, so that it is true at night and on a Sunday."""
    hana = at(begun(people, None), "worry").send("Continue", danger="yes")
    hana.send(NOW, **YOU).send("Send").see("We have your form")
    when = "reads urgent forms first, when it is open: Monday to Friday, 9am to 5pm"
    hana.see(when, "not on bank holidays.", "decides what to do by")
    hana.open(hana.page.xpath("//a[contains(@href, '/refer/status/')]/@href")[-1])
    hana.see(when, "decides what to do by")


def test_the_receipt_names_what_the_sender_wrote_of_themselves(people: People) -> None:
    nora = Visitor(None).open("/refer/").send("Continue", worry="Never at school.", danger="no")
    nora.send("Continue", forename="Rowan")
    you = {"relation": "neighbour", "gives_name": "yes", "referrer_name": "Nora"}
    nora.send("Continue", **you, referrer_contact="020 7946 0001").send("Send")
    nora.see("What we have Children: 1", "Your worry", "About you")
    sam = at(begun(people, "sam"), "worry").send("Continue", danger="yes")
    at(sam, "you").send(NOW, **SENDERS["sam"]).send("Send").see("What we have", "About you")


def test_the_way_back_after_sending_says_that_we_have_it(people: People) -> None:
    """The author is led to what they sent, and their browser says it; whoever else asks reads the
    same, sent or not."""
    sent = {}
    for who in DOORS:
        visitor = at(begun(people, who), "worry").send("Continue", danger="yes")
        at(visitor, "you").send(NOW, **SENDERS[who])
        sent[who], visitor = visitor.address, visitor.send("Send")
        visitor.open(sent[who])
        if who:
            assert visitor.status == 404
            visitor.see("This form is not here", "You have sent it")
            visitor.follow("See what you sent").see("We have your form")
        else:
            visitor.see("You sent this form", "We have all of it.", "Your reference and your")
    nobodys = sent[None].replace(sent[None].split("/")[4], "222-222-222")
    texts = {Visitor(None).open(address).text for address in (sent[None], nobodys)}
    assert len(texts) == 1
    assert "You have sent it" not in Visitor(people.tess).open(sent["sam"]).text


def status_of(visitor: Visitor, page: str) -> str:
    at(visitor, "form")
    item = f"//main//li[contains(@class, 'task-list')][.//a[contains(@href, '/{page}/')]]"
    return " ".join(visitor.page.xpath(f"string({item}//*[contains(@class, '__status')])").split())


def test_a_page_with_something_owed_is_not_finished_and_leads_there(people: People) -> None:
    hana = at(begun(people, None), "worry").send("Continue", danger="yes")
    some = dict(list(risk()[0].items())[:4])
    at(hana, "risk-1").send("Continue", **{**some, next(iter(some)): "yes"})
    at(hana, "talk").send("Continue", talk_lead="Lea Lead")
    at(hana, "school").send("Continue", school_words="St Ann’s")
    assert (status_of(hana, "risk-1"), status_of(hana, "talk")) == ("Not finished",) * 2
    assert status_of(hana, "worry") == "Completed"
    hana.follow("The risk assessment, or a part of it.")
    assert hana.address.endswith("/risk-1/")
    at(hana, "form").follow("The talk with the safeguarding lead and the manager.")
    assert hana.address.endswith("/talk/")


def test_an_untouched_page_that_is_left_is_not_started(people: People) -> None:
    hana = at(begun(people, None), "known").send("Save and finish later")
    hana.see("Saved. You can finish this form later.")
    assert status_of(hana, "known") == "Not yet started"
    assert "There is a problem" not in at(hana, "known").text
    at(hana, "worry").send("Continue", danger="yes")
    for page in ("known", "home"):
        at(hana, page).send(NOW)
        assert status_of(hana, page) == "Not yet started"
    at(hana, "you").send(NOW).see("Enter your name")
    hana.send("Save and finish later", referrer_name="Hana")
    assert status_of(hana, "you") == "There is a problem"


def test_a_page_passed_with_nothing_written_is_not_called_completed(people: People) -> None:
    hana = at(begun(people, None), "worry").send("Continue", danger="no")
    assert status_of(hana, "worry") == "Completed"
    assert status_of(hana, "enquiries") == "Not yet started"
    for page in ("enquiries", "files"):
        at(hana, page).send("Continue")
        assert status_of(hana, page) == "Nothing written"
    at(hana, "files").send("Attach", files={"attached.pdf": PDF})
    assert status_of(hana, "files") == "Completed"


@pytest.mark.parametrize("who", DOORS)
def test_the_page_gone_abroad_is_owed_where_the_reason_says_so(
    people: People, who: str | None
) -> None:
    visitor = Visitor(getattr(people, who) if who else None).open(DOORS[who])
    visitor.send(NOW, **WHY | {"danger": "yes", "reason": "abroad"})
    visitor.send(NOW, forename="Rowan", sex="U")
    at(visitor, "you").send(NOW, **SENDERS[who]).see("The page “Gone abroad”").send("Send")
    assert "page_abroad" in Referral.objects.get().missing


def test_the_short_way_that_leads_to_another_page_says_why_on_it(people: People) -> None:
    hana = Visitor(None).open(DOORS[None]).send(NOW, **WHY, whereabouts="no")
    hana.see("Which child is it?", "This page is needed before you can send the form.")
    hana.send("Continue", forename="Rowan", surname="Merlinton", sex="M")
    assert "This page is needed" not in hana.text


def test_the_overview_of_what_is_not_urgent_names_a_page_that_is_wrong(people: People) -> None:
    hana = at(begun(people, None), "known").send("Continue", family_told="no")
    at(hana, "form").see("Needed before you send it Who works with the family.")
    at(hana, "known").send("Continue", social_worker="no", family_told="yes")
    assert "Needed before" not in at(hana, "form").text


def test_danger_to_a_child_whom_nobody_can_name_waits_for_no_name_and_no_place(
    people: People,
) -> None:
    """What somebody saw in the street is sent with nothing but that (P07, P13)."""
    nora = Visitor(None).open("/refer/").see("Is it urgent? Press “Check and send now”.")
    nora.send("Continue", danger="yes", worry="A man dragged a girl into a van.")
    assert "One of these is needed" not in nora.text
    nora.send("Continue", age="8", last_seen="Now, at the bus station")
    assert "There is a problem" not in nora.text
    nora.send(NOW).see("Check your answers", "You gave no name and no place. Can you add one?")
    nora.send("Send").see("We have your form")
    referral = Referral.objects.get()
    assert (referral.is_urgent, referral.relation) == (True, "not_said")
    queue = Visitor(people.mo).open("/referrals/").see(referral.ref, "Name not known")
    queue.open(f"/referrals/{referral.ref}/").see("A man dragged a girl into a van.")


def test_danger_at_work_needs_neither_the_name_nor_the_home(people: People) -> None:
    hana = Visitor(None).open(DOORS[None])
    hana.send(NOW, danger="yes", worry="He was put into a van.")
    hana.see("Which child is it?").send(NOW)
    assert hana.address.endswith("/you/")
    hana.send(NOW, **YOU).see("Check your answers").send("Send").see("We have your form")
    assert Referral.objects.get().is_urgent
