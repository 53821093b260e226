"""The pages that put a child's record right (access matrix, row 13), and why a case exists."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from onroll.audit.models import AccessEvent
from onroll.cases import actions, queries
from onroll.children import actions as children
from onroll.children.actions import AddressFacts, ChildFacts
from onroll.children.models import Address, Detail
from tests.cases.test_entry import shown
from tests.cases.world import AT, BORN, today
from tests.entry import enter
from tests.proof import as_form

pytestmark = pytest.mark.django_db
TOLD = {"said_by": "Mrs Basnet, the mother", "basis": "document", "remark": "Birth certificate"}
PARTS = ("name", "birth", "numbers", "home", "groups", "background")
HOME = AddressFacts(lines=("12 Owlbarn Row",), town="Harrow", postcode="HA1 1AA")
ONE_CHANGE = {
    "name": {"surname": "Basnet", "old": "misspelt"},
    "birth": {"known": "exact", "born_day": "5", "born_month": "4", "born_year": "2014"},
    "numbers": {"nhs_number": "943 476 5919"},
    "home": {"where": "no_fixed", "old": "theirs"},
    "groups": {"groups": ["young_carer"], "needs": "ehcp"},
    "background": {"first_language": "NEP", "needs_interpreter": "yes", "interpreter": "NEP"},
}


@pytest.fixture
def case(world, people):
    child = world.child("Sujal", "Basnett", BORN, upn="H801200001001", addresses=[HOME])
    return world.case(child, owner=people.olive)


def address(child, part):
    return reverse("children:correct", args=[child.ref, part])


def opened(client, child, part):
    """Return what stands in the form of a page that is opened, as a browser would send it."""
    form = client.get(address(child, part)).context["form"]
    sent: dict[str, object] = {}
    for field in form:
        value = field.value()
        if isinstance(value, date):
            said = {"day": value.day, "month": value.month, "year": value.year}
            sent |= {f"{field.name}_{name}": n for name, n in said.items()}
        elif value not in (None, False, ""):
            sent[field.name] = "on" if value is True else value
    return sent


def send(client, child, part, **said):
    return client.post(address(child, part), {**opened(client, child, part), **TOLD, **said})


def page_of(client, case):
    return shown(client.get(reverse("casefile:case_child", args=[case.ref])))


# Each part


@pytest.mark.parametrize("part", PARTS)
def test_each_part_is_corrected_on_a_page_that_is_filled_in_already(case, people, as_, part):
    client = as_(people.olive)
    answer = send(client, case.child, part, **ONE_CHANGE[part])
    assert answer.status_code == 302, shown(answer).text
    assert answer["Location"] == reverse("casefile:case_child", args=[case.ref])
    page = shown(client.get(answer["Location"]))
    assert any("the record is corrected" in alert for alert in page.alerts)
    assert "What was corrected" in page.headings
    assert "Told by Mrs Basnet, the mother. We saw a document. Birth certificate" in page.text
    done = case.child.corrections.get()
    assert (done.part, len(done.was) > 0) == (part, True)


@pytest.mark.parametrize("part", PARTS)
def test_sent_back_as_it_was_opened_nothing_is_changed_and_that_is_said(case, people, as_, part):
    page = shown(send(as_(people.olive), case.child, part))
    assert "This is what is on record already" in page.text
    assert page.answers["said_by"] == "Mrs Basnet, the mother"
    assert not case.child.corrections.exists()


def test_the_history_says_what_was_and_what_is(case, people, as_):
    client = as_(people.olive)
    send(client, case.child, "name", surname="Basnet", old="misspelt")
    send(client, case.child, "home", where="no_fixed", old="theirs")
    send(client, case.child, "background", ethnicity="AIND", free_meals="yes")
    page = page_of(client, case)
    for words in (
        "Surname: Basnet.",
        "Before: Basnett.",
        "Address: No fixed abode.",
        "Before: 12 Owlbarn Row, Harrow, HA1 1AA.",
        "Ethnicity: Indian.",
        "Free school meals: Yes.",
        "Olive Obi",
    ):
        assert words in page.text, words


def test_the_chronology_has_one_line_that_tells_no_value(case, people, as_):
    send(as_(people.olive), case.child, "name", surname="Basnet", old="misspelt")
    step = queries.chronology(case)[0]
    assert (step.what, step.why, step.by) == ("Record corrected: name", "", people.olive)


def test_how_each_fact_is_known_stands_beside_it(case, people, as_):
    client = as_(people.olive)
    send(client, case.child, "birth", known="estimated")
    page = page_of(client, case)
    assert "4 March 2015 (estimated)" in page.text
    assert "Mrs Basnet, the mother, " in page.text
    assert "Record begun by St Ann's School, 18 November 2026" in page.text  # the sex
    send(client, case.child, "name", surname="Basnet", old="misspelt")
    facts = page_of(client, case).facts
    assert "St Ann's School" in facts["Forename"]
    assert "Mrs Basnet, the mother" in facts["Surname"]


def test_a_chosen_name_that_only_repeats_the_legal_one_goes_with_it(world, people, as_):
    """School files fill in both; a corrected surname must not leave the wrong one as chosen."""
    facts = ChildFacts("Sujal", "", "Basnett", chosen_forename="Sujal", chosen_surname="Basnett")
    child = children.add_child(facts=facts, source=world.source)
    world.case(child, owner=people.olive)
    client = as_(people.olive)
    assert "This is what is on record already" in shown(send(client, child, "name")).text
    send(client, child, "name", surname="Basnet", old="misspelt")
    child.refresh_from_db()
    assert (child.surname, child.chosen_forename, child.chosen_surname) == ("Basnet", "Sujal", "")
    assert child.chosen_name == ""


def test_a_birthday_is_made_unknown_and_the_page_says_so(case, people, as_):
    client = as_(people.olive)
    send(client, case.child, "birth", known="unknown")
    case.child.refresh_from_db()
    assert case.child.born_on is None
    page = shown(client.get(reverse("casefile:case", args=[case.ref])))
    assert "Date of birth not known" in page.identity


def test_a_file_that_says_otherwise_since_is_shown_beside_what_holds(world, case, people, as_):
    client = as_(people.olive)
    send(client, case.child, "background", first_language="NEP")
    children.add_facts(
        child=case.child,
        facts=ChildFacts("Sujal", "", "Basnett", details=(("first_language", "ENG"),)),
        source=world.source,
    )
    page = page_of(client, case)
    assert "Nepali" in page.text
    assert "Said otherwise since: English, by St Ann's School" in page.text


def test_a_finer_code_of_a_file_is_kept_when_the_form_is_sent_back(world, people, as_):
    facts = ChildFacts("Sujal", "", "Basnet", details=(("ethnicity", "ANEP"),))
    child = children.add_child(facts=facts, source=world.source)
    world.case(child, owner=people.olive)
    client = as_(people.olive)
    assert "Nepali" in shown(client.get(address(child, "background"))).text
    send(client, child, "background", free_meals="no")
    assert [d.kind for d in Detail.objects.order_by("pk")] == ["ethnicity", "free_meals"]


# What is refused


@pytest.mark.parametrize(
    ("part", "said", "sentence"),
    [
        ("name", {"forename": "", "surname": ""}, "Enter a forename or a surname"),
        ("name", {"surname": "Basnet"}, "Select what the name on record is"),
        ("name", {"surname": "Basnet", "said_by": ""}, "Say who told us"),
        ("name", {"surname": "Basnet", "basis": ""}, "Select how it is known"),
        ("birth", {"born_day": "31", "born_month": "2"}, "Date of birth must be a real date"),
        ("birth", {"born_year": "2999"}, "Date of birth must be on or before"),
        (
            "birth",
            {"born_day": "", "born_month": "", "born_year": ""},
            "Enter the date of birth, or say that it is not known",
        ),
        ("numbers", {"upn": "A801200001001"}, "The first letter of the UPN should be H, not A."),
        ("numbers", {"upn": "B310200022001"}, "Select what the UPN on record is"),
        ("numbers", {"uln": "12"}, "A ULN is ten digits and does not start with 0."),
        (
            "numbers",
            {"nhs_number": "9434765918"},
            "The last digit of the NHS number",
        ),
        ("home", {"lines": ""}, "Enter the address"),
        ("home", {"postcode": "ZZ"}, "“ZZ” is no postcode, which is like HA1 2XY"),
        ("home", {"postcode": "ZZ99 3VZ"}, "“ZZ99 3VZ” stands for no home. Select “No fixed"),
        ("home", {"lines": "NFA"}, "“NFA” stands for no home. Select “No fixed abode” or"),
        ("name", {"surname": "Unknown"}, "“Unknown” is no name. Leave this empty"),
        ("home", {"lines": "1 New Street"}, "Select what the address on record is"),
        ("background", {"needs_interpreter": "yes"}, "Select the language of the interpreter"),
    ],
)
def test_what_is_wrong_comes_back_in_a_sentence_with_what_was_typed(
    case, people, as_, part, said, sentence
):
    page = shown(send(as_(people.olive), case.child, part, **{"remark": "Kept as typed", **said}))
    assert sentence in page.text
    assert "Kept as typed" in page.text
    assert not case.child.corrections.exists()


def test_who_opened_the_page_before_somebody_else_corrected_is_told_and_loses_nothing(
    case, people, as_
):
    """T19."""
    olive, max_ = as_(people.olive), as_(people.max)
    before = opened(olive, case.child, "name")
    send(max_, case.child, "name", surname="Basnet", old="misspelt")
    mine = {**before, **TOLD, "surname": "Basnat", "old": "misspelt"}
    page = shown(olive.post(address(case.child, "name"), mine))
    assert "This was changed after you opened the page" in page.text
    assert "Last correction: Max Marsh" in page.text
    assert page.answers["surname"] == "Basnat"
    again = olive.get(address(case.child, "name")).context["form"]["version"].value()
    assert str(again) in page.main.xpath(".//input[@name='version']/@value")  # sent again, it holds
    assert case.child.corrections.count() == 1


# Who may


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("who", ["ada", "hal", "cat", "sen", "dee", "ola", "ari", "pat", "sam"])
def test_who_may_only_propose_does_not_correct(case, people, as_, who, part):
    if who in ("ada", "hal", "cat", "sen"):
        actions.add_member(case=case, user=getattr(people, who), by=people.max, at=AT)
    client = as_(getattr(people, who))
    assert client.get(address(case.child, part)).status_code == 403
    assert client.post(address(case.child, part), TOLD).status_code == 403


@pytest.mark.parametrize("who", ["olive", "mo"])
def test_an_officer_corrects_the_children_of_their_own_cases(world, people, as_, who):
    case = world.case()
    client, page = as_(getattr(people, who)), reverse("casefile:case_child", args=[case.ref])
    assert client.get(address(case.child, "name")).status_code == 403
    before = shown(client.get(page))
    assert address(case.child, "name") not in before.addresses
    assert "managers correct what is on record" in before.text
    actions.add_member(case=case, user=getattr(people, who), by=people.max, at=AT)
    assert address(case.child, "name") in shown(client.get(page)).addresses
    assert send(client, case.child, "name", surname="Basnet", old="former").status_code == 302


def test_a_child_without_a_case_is_corrected_by_a_manager(world, people, as_):
    child = world.child("Sujal", "Basnett")
    page = reverse("casefile:child", args=[child.ref])
    assert "so a manager corrects what is on record" in shown(as_(people.olive).get(page)).text
    assert as_(people.olive).get(address(child, "name")).status_code == 403
    client = as_(people.max)
    answer = send(client, child, "name", surname="Basnet", old="misspelt")
    assert answer["Location"] == page
    after = shown(client.get(page))
    assert "Sujal Basnet" in after.identity
    assert "Before: Basnett." in after.text


def test_an_address_one_may_not_see_is_not_corrected_and_not_in_the_history(case, people, as_):
    """Row 8: Olive may see it after a reason; Max only on a case of his."""
    client = as_(people.olive)
    send(client, case.child, "home", lines="1 Secret Street", old="theirs", is_protected="on")
    assert Address.objects.get(to_on=None).is_protected
    page = page_of(client, case)
    assert "Secret Street" not in page.source
    assert "Your role does not show this part." in page.text
    assert client.get(address(case.child, "home")).status_code == 403
    assert as_(people.max).get(address(case.child, "home")).status_code == 403
    client.post("/reason/", {"text": "Visit to the home this afternoon", "next": "/cases/"})
    assert "1 Secret Street" in shown(client.get(address(case.child, "home"))).text
    assert "1 Secret Street" in page_of(client, case).text


def test_a_hidden_child_out_of_sight_is_not_there_to_correct(world, people, as_):
    child = world.child(is_protected=True)
    for who in ("olive", "max", "mo"):
        assert as_(getattr(people, who)).get(address(child, "name")).status_code == 404


def test_admissions_are_shown_neither_the_facts_nor_their_history(case, people, as_):
    """Row 6, `AM`."""
    send(as_(people.olive), case.child, "name", surname="Basnet", old="misspelt")
    actions.add_member(case=case, user=people.ada, by=people.max, at=AT)
    page = page_of(as_(people.ada), case)
    for hidden in ("Basnet", "Sujal", "4 March 2015", "What was corrected"):
        assert hidden not in page.source


@pytest.mark.parametrize("part", PARTS)
def test_opening_the_page_is_written_down(case, people, as_, part):
    client = as_(people.olive)
    client.get(address(case.child, part))
    event = AccessEvent.objects.latest("id")
    assert (event.child_ids, event.case_refs) == ([case.child_id], [case.ref])
    assert event.page.startswith("correct: ")


def test_no_title_names_the_child(case, people, as_):
    for part in PARTS:
        page = shown(as_(people.olive).get(address(case.child, part)))
        assert case.child.ref in page.title
        assert "Basnet" not in page.title


# Why the case exists


def correct_reasons(client, case, **said):
    where = reverse("cases:reasons", args=[case.ref])
    version = client.get(where).context["form"]["version"].value()
    return client.post(where, {"version": version, "why": "The school rang again.", **said})


ADDED = {
    "reason": "no_answer",
    "because": "Nobody has answered since Monday.",
    "said_by": "Mr Hall, St Ann's",
}


def test_a_wrong_reason_is_withdrawn_and_the_right_one_added(case, people, as_):
    wrong = case.reasons.get()
    client = as_(people.olive)
    answer = correct_reasons(client, case, withdrawn=[wrong.pk], **ADDED)
    page = shown(client.get(answer["Location"]))
    reasons = {heading.text_content() for heading in page.tree.xpath("//main//h3")}
    assert "Absent, and nobody can be reached" in reasons
    assert "Left a school, destination not known" not in reasons
    case.refresh_from_db()
    wrong.refresh_from_db()
    assert case.reason == "no_answer"
    assert (wrong.withdrawn_by, wrong.withdrawn_why) == (people.olive, "The school rang again.")
    assert [step.what for step in queries.chronology(case)][:2] == [
        "Reason added: Absent, and nobody can be reached",
        "Reason withdrawn: Left a school, destination not known",
    ]
    assert case.deadlines.filter(clock="absence_20").exists()
    assert [c.ref for c in register(people.olive, reason="no_answer")] == [case.ref]
    assert register(people.olive, reason="unknown_destination") == []


EXCLUDED = {**ADDED, "reason": "excluded", "because": "The head has written."}


def day_boxes(on):
    return dict(zip(("excluded_on_day", "excluded_on_month", "excluded_on_year"), on, strict=True))


def test_the_day_of_an_exclusion_is_asked_for_and_can_be_corrected(case, people, as_):
    """SI 2007/1870 reg 4(3)(a): the law counts from that day."""
    client = as_(people.olive)
    page = shown(correct_reasons(client, case, **EXCLUDED))
    assert "Enter the day of the permanent exclusion" in page.text
    assert not case.deadlines.filter(clock="excluded_6").exists()
    correct_reasons(client, case, **EXCLUDED, **day_boxes((12, 11, 2026)))
    assert case.deadlines.get(clock="excluded_6").due_on == date(2026, 11, 20)
    correct_reasons(client, case, **EXCLUDED, **day_boxes((9, 11, 2026)))
    moved = case.deadlines.get(clock="excluded_6")
    assert (moved.starts_on, moved.due_on) == (date(2026, 11, 9), date(2026, 11, 17))
    trace = moved.changes.get()
    assert (trace.was_on, trace.now_on, trace.by) == (
        date(2026, 11, 20),
        moved.due_on,
        people.olive,
    )


def test_the_last_day_of_leave_is_asked_for(case, people, as_):
    """Regs 2024 reg 9(1)(h)(i): the ten school days come after it."""
    client, said = as_(people.olive), {**ADDED, "reason": "leave_not_returned"}
    assert "Enter the last day of the leave" in shown(correct_reasons(client, case, **said)).text
    day = {"leave_ended_on_day": 9, "leave_ended_on_month": 11, "leave_ended_on_year": 2026}
    correct_reasons(client, case, **said, **day)
    assert case.deadlines.get(clock="leave_10").due_on == date(2026, 11, 23)


def test_the_day_of_an_exclusion_stands_beside_no_other_reason(case, people, as_):
    page = shown(correct_reasons(as_(people.olive), case, **ADDED, **day_boxes((9, 11, 2026))))
    assert "Leave this empty: it belongs to another reason" in page.text


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        ((1, 1, 2010), "this is before the child was born"),
        ((1, 3, 2017), "the child was not yet 4 years old"),
        ((9, 11, 2024), "this is more than a year before the child was missing"),
        ((9, 11, 2027), "Day of the permanent exclusion must be"),
    ],
)
def test_a_day_that_cannot_be_that_of_an_exclusion_is_refused(case, people, as_, on, sentence):
    page = shown(correct_reasons(as_(people.olive), case, **EXCLUDED, **day_boxes(on)))
    assert sentence in page.text
    assert not case.deadlines.filter(clock="excluded_6").exists()


def test_a_birthday_that_is_only_about_right_refuses_no_day_of_its_own(case, people, as_):
    case.child.born_on, case.child.is_born_estimated = date(2023, 1, 1), True
    case.child.save()
    correct_reasons(as_(people.olive), case, **EXCLUDED, **day_boxes((9, 11, 2026)))
    assert case.deadlines.filter(clock="excluded_6").exists()


def register(user, **filters):
    from onroll.cases.queries.register import Filters

    return list(queries.register(user, Filters(**filters), on=AT.date()))


def test_the_last_reason_is_not_withdrawn_alone(case, people, as_):
    page = shown(correct_reasons(as_(people.olive), case, withdrawn=[case.reasons.get().pk]))
    assert "A case needs a reason" in page.text
    assert "The school rang again." in page.text
    assert case.reasons.get().withdrawn_at is None


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "Select a reason that is not so, or one to add"),
        ({"reason": "no_answer"}, "Say what we know"),
        ({**ADDED, "said_by": ""}, "Say who told us"),
        ({**ADDED, "why": ""}, "Say why you correct this"),
    ],
)
def test_a_correction_of_reasons_that_says_too_little_comes_back(case, people, as_, said, sentence):
    assert sentence in shown(correct_reasons(as_(people.olive), case, **said)).text


@pytest.mark.parametrize("who", ["ada", "hal", "cat", "sen", "dee"])
def test_who_may_not_put_children_on_the_register_does_not_say_why(case, people, as_, who):
    """Row 16."""
    where = reverse("cases:reasons", args=[case.ref])
    assert as_(getattr(people, who)).get(where).status_code == 403


def test_the_case_leads_to_the_page(case, people, as_):
    where = reverse("cases:reasons", args=[case.ref])
    page = shown(as_(people.olive).get(reverse("casefile:case", args=[case.ref])))
    assert where in page.addresses


# A child typed in


def test_a_child_with_one_name_and_no_birthday_is_entered(world, people, as_):
    client = as_(people.olive)
    where = client.post(reverse("casefile:add_first"), {"surname": "Thirunavukkarasu"})["Location"]
    handle = where.split("/")[-2]
    said = {
        "surname": "Thirunavukkarasu",
        "sex": "U",
        "reason": "referral",
        "because": "A neighbour rang.",
        "said_by": "A neighbour",
        "has_no_home": "on",
        "carer_forename": "Kamala",
        "carer_kind": "PAM",
        "carer_phone": "020 7946 0001",
        "carer_is_responsible": "yes",
    }
    answer = enter(client, handle, said)
    page = shown(client.get(f"{answer['Location']}child/"))
    assert "Date of birth not known" in page.identity
    for words in ("Thirunavukkarasu", "No fixed abode", "Kamala", "020 7946 0001"):
        assert words in page.text, words


def test_an_estimated_birthday_is_entered_as_that(people, world, as_):
    client = as_(people.olive)
    typed = {"forename": "Sujal", "born_day": "1", "born_month": "1", "born_year": "2015"}
    handle = client.post(reverse("casefile:add_first"), typed)["Location"].split("/")[-2]
    said = {**typed, "is_born_estimated": "on", "sex": "M", "reason": "referral"}
    said |= {"because": "A neighbour rang.", "said_by": "A neighbour"}
    answer = enter(client, handle, said)
    assert "1 January 2015 (estimated)" in shown(client.get(answer["Location"])).identity


def test_a_number_that_another_child_has_is_said_and_asked_about(world, people, as_):
    """One number on two children is a mistake or one child twice: whoever types it is told."""
    milena = world.child("Milena", "Krasniqi", upn="H801200001001")
    jay = world.child("Jay", "Patel")
    client = as_(people.max)
    answer = send(client, jay, "numbers", upn="H801200001001")
    page = shown(answer)
    assert "Unique pupil number (UPN): Milena Krasniqi already has H801200001001" in page.text
    assert f"/children/{milena.ref}/" in page.addresses
    assert f"/review/merges/of/{jay.ref}/and/{milena.ref}/" in page.addresses
    assert not jay.identifiers.exists()
    send(client, jay, "numbers", upn="H801200001001", is_shared="on")
    assert jay.identifiers.get().value == "H801200001001"


def test_a_number_tells_nothing_of_a_child_who_is_not_shown(world, people, as_):
    """ADR 12: the answer does not hang on a protected identity."""
    world.child("Hidden", "Child", upn="H801200001001", is_protected=True)
    jay = world.child("Jay", "Patel")
    answer = send(as_(people.max), jay, "numbers", upn="H801200001001")
    assert answer.status_code == 302


def test_nobody_is_made_a_child_of_76(world, people, as_):
    child = world.child()
    born = date(1950, 1, 1)
    for known in ("exact", "estimated"):
        answer = send(as_(people.max), child, "birth", known=known, **as_form({"born": born}))
        assert "years old today. Check the year" in shown(answer).text
    child.refresh_from_db()
    assert child.born_on == BORN


@pytest.mark.parametrize(
    ("born", "doubt"),
    [
        (
            date(2022, 3, 1),
            "the record has the child at St Ann's School from 2 September",
        ),
        (today().replace(day=1) - timedelta(30), "the child is less than two years old"),
        (date(today().year - 20, 1, 1), "years old"),
    ],
)
def test_an_unlikely_birthday_is_asked_about_once(world, people, as_, born, doubt):
    child = world.child()
    world.at_school(child, from_on=date(2021, 9, 2))
    client = as_(people.max)
    answer = send(client, child, "birth", known="exact", **as_form({"born": born}))
    page = shown(answer)
    assert doubt in page.text
    assert "Tick that it is right, or correct it" in page.text
    send(client, child, "birth", known="exact", is_right="on", **as_form({"born": born}))
    child.refresh_from_db()
    assert child.born_on == born


def test_who_may_not_see_a_protected_address_is_not_sent_to_themselves(world, people, as_):
    """Access matrix, row 8: a manager who is not on the case joins its team, or asks the owner."""
    home = AddressFacts(lines=("1 Hidden Road",), town="Harrow", postcode="HA1 1AA")
    child = world.child(addresses=[home])
    child.addresses.update(is_protected=True)
    case = world.case(child, owner=people.olive)
    page = page_of(as_(people.max), case)
    assert "join its team" in page.text
    assert "Ask Max Marsh" not in page.source
    _, _, after = page.text.partition("Protected address")
    assert "children missing education manager" not in after[:200]
