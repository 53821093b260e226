"""Every page, narrow and wide: WCAG 2.2 AA, nothing off the edge, no names in titles, no strangers.

DESIGN.md sections 8 and 9. Each page is visited as somebody who works with it, and each form is
also sent empty, so that its error state is looked at too.
"""

import pytest

from onroll.rules.risk import RISK_QUESTIONS
from tests.browser.conftest import HEIGHT, WIDTHS
from tests.browser.world import FORENAMES, SURNAMES

ANYONE = (
    "/",
    "/accessibility/",
    "/privacy/",
    "/policy-and-law/",
    "/start/",
    "/start/anyone/gone-missing/",
    "/start/anyone/gone-missing/yes/",
    "/start/anyone/is-taught/no/",
    "/start/school/home-education/yes/",
    "/start/school/which/",
    "/start/school/thought-moved/yes/",
    "/account/login/",
    "/account/password/reset/",
    "/account/signup/",
    "/refer/",
    "/on-roll/code/",
    "{roll_answer}",
    "/refer/professional/",
    "/refer/lost-link/",
    "/refer/lost-link/sent/",
    "{status}",
    "{finished}",
    "{received}",
)
OFFICERS = (
    ("olive", "/today/"),
    ("olive", "/today/all/"),
    ("olive", "/cases/"),
    ("olive", "/cases/?page=2"),
    ("olive", "/cases/officers/"),
    ("olive", "/cases/sealed/"),
    ("mo", "/break-glass/"),
    ("pat", "/break-glass/reviews/"),
    ("olive", "/cases/?owner=me&overdue=yes&sort=name"),
    ("olive", "/cases/?year=11&reason=referral"),
    ("olive", "{mine}"),
    ("olive", "{mine}child/"),
    ("olive", "{child}"),
    ("olive", "{pupil}"),
    ("max", "{pupil}"),
    ("olive", "{mine}chronology/"),
    ("olive", "{mine}enquiries/"),
    ("olive", "{mine}chronology/?kind=case"),
    ("olive", "{mine}record/"),
    ("olive", "{mine}record/household/"),
    ("olive", "{mine}record/history/"),
    ("olive", "{child}history/"),
    ("olive", "/complaints/"),
    ("olive", "{mine}sharing/"),
    ("olive", "{mine}sharing/ask/"),
    ("olive", "/sharing/packs/"),
    ("olive", "{mine}letters/"),
    ("olive", "/letters/"),
    ("olive", "/enquiries/"),
    ("olive", "/enquiries/?list=waiting"),
    ("olive", "/diary/"),
    ("ari", "/diary/"),
    ("olive", "{mine}enquiries/plan/"),
    ("sam", "/school/enquiries/"),
    ("olive", "{mine}team/"),
    ("max", "{mine}team/"),
    ("cat", "{mine}"),
    ("olive", "{found}"),
    ("olive", "{closed}"),
    ("olive", "/files/"),
    ("olive", "/files/?stage=refused"),
    ("olive", "{file}"),
    ("olive", "{file}?page=2"),
    ("olive", "{refused}"),
    ("olive", "{record}"),
    ("olive", "{held}"),
    ("olive", "/review/"),
    ("olive", "/review/?list=claims"),
    ("olive", "/review/?list=held"),
    ("olive", "/review/?list=settled"),
    ("olive", "{settled}"),
    ("olive", "/review/merges/"),
    ("olive", "/review/merges/?list=apart"),
    ("olive", "{proposed}"),
    ("olive", "{merged}"),
    ("olive", "/review/?list=findings"),
    ("olive", "{compared}"),
    ("olive", "/cases/?alerts=lead&stage=all"),
    ("olive", "/reports/weekly/"),
    ("olive", "/reports/weekly/so-far/"),
    ("olive", "{report}"),
    ("dee", "{report}"),
    ("olive", "/schools/"),
    ("olive", "{school}"),
    ("olive", "/account/"),
    ("olive", "/account/2fa/"),
    ("mo", "/referrals/"),
    ("olive", "/referrals/?list=accept"),
    ("mo", "/referrals/?list=sent_on"),
    ("olive", "/referrals/?list=done"),
    ("mo", "/referrals/?list=news"),
    ("olive", "/referrals/?list=yours"),
    ("max", "/referrals/?list=passed_on"),
    ("mo", "/referrals/leavers/"),
    ("mo", "{at_attendance}"),
    ("olive", "{again}"),
    ("mo", "{referral}"),
    ("mo", "{at_work}"),
    ("ada", "/referrals/typed/"),
    ("sam", "/school/refer/"),
    ("sam", "/school/refer/new/"),
    ("olive", "{handed_over}"),
    ("mo", "/agencies/"),
    ("ada", "/families/"),
    ("cat", "{mine}child/"),
    ("sam", "{family}"),
    ("ada", "{family}"),
    ("mo", "{agency}"),
    ("sam", "{answered}"),
    ("sam", "{start_record}"),
    ("mo", "/referrals/not-referred/"),
    ("olive", "/checks/"),
    ("sam", "/school/checks/"),
    ("sam", "/families/"),
    ("mo", "/referrals/quarantine/"),
    ("mo", "/referrals/quarantine/?list=refused"),
    ("mo", "/referrals/quarantine/?list=released"),
    ("mo", "/today/"),
    ("ada", "/today/"),
    ("ada", "/cases/"),
    ("pat", "/today/"),
    ("ari", "/today/"),
    ("ari", "/messages/"),
    ("ari", "/messages/?list=waiting"),
    ("pat", "/audit/"),
    ("sam", "/school/"),
    ("sam", "{school_file}"),
    ("sam", "{school_upload}"),
    ("sam", "/school/children/"),
    ("sam", "/our-referrals/"),
    ("cat", "/today/"),
    ("cat", "/sent-to-you/"),
    ("cat", "/sent-to-you/?list=outcome"),
    ("cat", "{to_take}"),
    ("hal", "/sent-to-you/"),
    ("hal", "/home-education/reports/"),
    ("hal", "/home-education/reports/787-787-787/"),
    ("hal", "/today/"),
    ("sam", "/our-referrals/787-787-787/"),
    ("olive", "/our-referrals/"),
    ("tess", "/school/"),
)
QUESTIONS = (
    ("", "/account/login/", "Sign in"),
    ("", "/refer/", "Continue"),
    ("", "/refer/professional/", "Continue"),
    ("ada", "/referrals/typed/", "Continue"),
    ("", "/refer/lost-link/", "Send me the link"),
    ("", "{status}add/", "Send"),
    ("mo", "{referral}information/", "Save"),
    ("mo", "{referral}decide/", "Save the decision"),
    ("mo", "{flooder}", "Save the answer"),
    ("mo", "/agencies/add/", "Add"),
    ("mo", "{agency}code/", "Make it"),
    ("olive", "{check}", "Answer the school"),
    ("sam", "/on-roll/", "Ask"),
    ("sam", "/families/tell/", "Send"),
    ("sam", "/start-record/applied-elsewhere/", "Keep this"),
    ("sam", "/start-record/call/", "Keep this"),
    ("sam", "/school/checks/ask/", "Send"),
    ("", "/on-roll/code/", "Ask"),
    ("olive", "{handed_over}accept/1/", "Accept"),
    ("olive", "{handed_over}turn-back/1/", "Turn it back"),
    ("mo", "{referral}grade/", "Save"),
    ("mo", "{sent_on}receipt/1/", "Save"),
    ("mo", "{at_attendance}outcome/1/", "Save"),
    ("cat", "{to_answer}outcome/", "Save"),
    ("cat", "{to_answer}not-taken/", "Nobody here has this"),
    ("mo", "{at_attendance}receipt/1/mistake/", "Take it back"),
    ("olive", "{to_hub}", "Send to the hub"),
    ("olive", "{mine}risks/", "Save the review"),
    ("olive", "/files/upload/", "Upload"),
    ("olive", "/files/compare/", "Upload and compare"),
    ("olive", "{finding}", "Continue"),
    ("olive", "{finding}on-roll/", "Save this answer"),
    ("olive", "/cases/new/", "Look for the child"),
    ("olive", "/children/find/", "Find"),
    ("ada", "/children/find/", "Find"),
    *(
        ("olive", "{child}" + f"correct/{part}/", "Save the correction")
        for part in ("name", "birth", "numbers", "home", "groups", "background")
    ),
    ("olive", "{mine}reasons/", "Save"),
    ("olive", "{mine}missed-change/", "Save"),
    ("olive", "{mine}note/", "Save"),
    ("olive", "{mine}enquiries/add/", "Save"),
    ("olive", "{mine}record/told/", "Save"),
    ("olive", "{mine}record/complaints/add/", "Save"),
    ("olive", "{mine}sharing/add/", "Save"),
    ("olive", "{mine}letters/write/first/", "Make the letter"),
    ("olive", "{mine}letters/heard/", "Save"),
    ("olive", "{mine}sharing/ask/hmrc/", "Make the request"),
    ("olive", "{mine}assign/", "Assign the case"),
    ("olive", "{several}", "Assign the cases"),
    ("olive", "{cover}", "Save"),
    ("olive", "{mine}close/", "Continue"),
    ("olive", "{mine}close/on-roll/", "Close the case"),
    ("olive", "{mine}close/other-authority/", "Close the case"),
    ("max", "{mine}close/reported-in-error/", "Close the case"),
    ("olive", "{review}", "Save"),
    ("olive", "{closed}reopen/", "Re-open the case"),
    ("olive", "{mine}team/add/", "Add to the team"),
    ("olive", "{clock}", "Mark as done"),
    ("max", "{clock}move/", "Move the day"),
    ("olive", "{alert}", "Save"),
    ("olive", "{unsure[0]}", "Save this answer"),
    ("olive", "{claims[0]}", "Save this answer"),
    ("olive", "{others}", "Put the two side by side"),
    ("olive", "{pair}", "Save this answer"),
    ("max", "{proposed}", "Save this answer"),
    ("max", "{merged}", "Save this answer"),
    ("olive", "{apart}", "Withdraw this"),
    ("olive", "/account/password/change/", "Change the password"),
    ("sam", "/school/files/upload/", "Send"),
    ("sam", "/our-referrals/787-787-787/add/", "Send"),
    ("pat", "{mine}", "Continue"),
    ("olive", "/account/2fa/totp/activate/", "Continue"),
    ("olive", "/account/2fa/webauthn/add/", "Continue"),
)
REFUSED = (
    ("olive", "/cases/222-222-222/", 404),
    ("olive", "/no/such/page/", 404),
    ("olive", "/school/", 403),
    ("sam", "/cases/", 403),
    ("", "/no/such/page/", 404),
)


@pytest.mark.shows("privacy.strangers", "accessibility.axe")
@pytest.mark.parametrize("path", ANYONE)
def test_anyone_s_page(site, path):
    tab = site.tab().open(path.format(**vars(site.places)))
    assert tab.faults_at_each_width() == []
    tab.close()


@pytest.mark.shows("privacy.strangers", "accessibility.axe")
@pytest.mark.parametrize(("who", "path"), OFFICERS)
def test_a_page(site, who, path):
    tab = site.tab(who).open(path.format(**vars(site.places)))
    assert tab.faults_at_each_width() == []
    tab.close()


@pytest.mark.parametrize(("who", "path", "button"), QUESTIONS)
def test_a_question_asked_and_answered_with_nothing(site, who, path, button):
    tab = site.tab(who).open(path.format(**vars(site.places)))
    assert tab.faults_at_each_width() == []
    tab.press(button)
    assert tab.page.title().startswith("Error: ")
    assert tab.page.get_by_role("alert").is_visible()
    assert tab.faults_at_each_width() == []
    tab.close()


WHOLE_WHEN_NARROW = (
    ("olive", "/checks/"),
    ("sam", "/school/checks/"),
    ("ada", "/families/"),
    ("sam", "/our-referrals/"),
    ("ari", "/messages/?list=waiting"),
    ("mo", "/agencies/"),
    ("mo", "/referrals/not-referred/"),
    ("mo", "/referrals/quarantine/"),
)
CUT_OFF = "all => all.filter(box => box.scrollWidth > box.clientWidth).length"


@pytest.mark.parametrize(("who", "path"), WHOLE_WHEN_NARROW)
def test_no_column_is_cut_off_on_a_telephone(site, who, path):
    """Each row is a card: none hides the answer behind a scroll that nobody sees."""
    tab = site.tab(who, width=min(WIDTHS)).open(path)
    assert tab.page.locator("tbody tr").count() > 0
    assert tab.page.locator(".onroll-scroll").evaluate_all(CUT_OFF) == 0
    tab.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_decision_in_error_asks_only_what_its_answers_need(site, scripts):
    """On a telephone: what no answer asks for is not there, whether scripts run or not."""
    tab = site.tab("mo", width=min(WIDTHS), scripts=scripts)
    page = tab.open(f"{site.places.referral}decide/").page
    page.get_by_role("button", name="Save the decision").click()
    page.get_by_text("There is a problem").wait_for()
    assert not page.get_by_label("To whom were the papers passed, and how?").first.is_visible()
    height = page.evaluate("document.documentElement.scrollHeight")
    assert height < 7 * HEIGHT, height


TALL = "all => all.filter(each => each.getBoundingClientRect().height > 120).length"


def test_where_a_referral_stands_and_what_next_come_first_on_a_telephone(site):
    """Nobody scrolls through all that was told to reach the buttons; no heading is a column."""
    tab = site.tab("olive", width=min(WIDTHS)).open(site.places.handed_over)
    for words in ("Where it stands", "Accept this child"):
        assert tab.page.get_by_text(words).first.bounding_box()["y"] < 2 * HEIGHT
    assert tab.page.locator("main caption, main h2").evaluate_all(TALL) == 0
    tab.close()


def test_a_name_longer_than_any_stays_on_the_page_and_does_not_fill_it(site):
    """A cell of Excel holds 32,767 letters: cut where it is shown, and never off the edge."""
    pages = [("olive", path) for path in (*site.places.long, "/cases/?sort=name", "/review/")]
    wrong = []
    for who, path in [*pages, ("sam", site.places.long_at_school)]:
        tab = site.tab(who).open(path)
        wrong += [(path, fault) for fault in tab.faults_at_each_width()]
        tab.page.set_viewport_size({"width": min(WIDTHS), "height": HEIGHT})
        height = tab.page.evaluate("document.documentElement.scrollHeight")
        wrong += [(path, height)] if height > 15_000 else []
        tab.close()
    assert wrong == []


@pytest.mark.parametrize(("who", "path", "status"), REFUSED)
def test_a_refusal_says_what_to_do(site, who, path, status):
    tab = site.tab(who).open(path, status=status)
    assert tab.faults_at_each_width() == []
    assert tab.page.get_by_role("main").inner_text().strip()
    tab.close()


def test_a_child_entered_by_hand_step_by_step(site):
    tab = site.tab("olive").open("/cases/new/")
    tab.page.get_by_label("Forename").fill(FORENAMES[0])
    tab.page.get_by_label("Surname").fill(SURNAMES[0] + "a")
    tab.press("Look for the child")
    assert tab.page.get_by_text(SURNAMES[0] + "a").first.is_visible()
    assert tab.faults_at_each_width() == []
    tab.press("None of these: add a new child")
    assert tab.faults_at_each_width() == []
    tab.press("Continue")
    assert tab.page.title().startswith("Error: ")
    assert tab.faults_at_each_width() == []
    tab.close()


def test_an_agency_is_asked_page_by_page(site):
    tab = site.tab("olive").open(f"{site.places.found}sharing/ask/police/")
    tab.page.get_by_label("Who, if it is not on the list?").fill("Missing persons desk")
    tab.page.get_by_label("Secure email").check()
    tab.press("Make the request")
    for words in ("The text to copy", "Record replies"):
        assert tab.faults_at_each_width() == []
        pack = tab.page.url
        tab.press(words)
        assert tab.page.get_by_role("heading", level=1).first.is_visible()
        assert tab.faults_at_each_width() == []
        tab.page.goto(pack)
    tab.open(f"{site.places.found}sharing/")
    tab.page.get_by_role("link", name="Missing persons desk").click()
    tab.page.wait_for_load_state()
    assert tab.faults_at_each_width() == []
    tab.close()


def test_a_neighbour_refers_a_child_page_by_page(site):
    """Without danger: then each page asks for what it needs."""
    tab = site.tab().open("/refer/")
    for choices in (("No",), ("A neighbour", "Yes")):
        assert tab.faults_at_each_width() == []
        tab.press("Continue")
        assert tab.page.title().startswith("Error: ")
        assert tab.faults_at_each_width() == []
        if len(choices) == 1:
            tab.page.get_by_label("What worries you?").fill("Never at school.")
        for label in choices:
            tab.page.get_by_label(label, exact=True).check()
        assert tab.faults_at_each_width() == []
        if len(choices) > 1:
            tab.page.get_by_label("Your name").fill("Made-up words")
        tab.press("Continue")
        if len(choices) == 1:
            assert tab.faults_at_each_width() == []
            tab.page.get_by_label("First name").fill("Rowan")
            tab.press("Continue")
    assert tab.faults_at_each_width() == []
    tab.press("Send")
    assert tab.page.get_by_text("Your reference").is_visible()
    assert tab.faults_at_each_width() == []
    tab.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_audit_trail_with_something_in_it(site, width):
    site.tab("olive", width=width).open(site.places.mine).close()
    tab = site.tab("pat", width=width).open("/audit/")
    if width < 500:
        tab.page.get_by_role("button", name="Show filters").click()
    tab.press("Apply filters")
    assert tab.page.get_by_text("olive@harrow.example").first.is_visible()
    assert tab.faults() == []
    tab.close()


def test_a_form_that_was_not_ours_is_refused_in_words(site):
    tab = site.tab("olive").open("/cases/new/")
    tab.page.evaluate("document.querySelector('main [name=csrfmiddlewaretoken]').remove()")
    tab.press("Look for the child")
    assert tab.page.get_by_role("main").inner_text().strip()
    assert tab.faults_at_each_width() == []
    tab.close()


@pytest.mark.parametrize("who", ["olive", "ada", "hal"])
@pytest.mark.parametrize("surname", [SURNAMES[5] + "a", "Nobodyknows"])
def test_what_a_search_answers(site, who, surname):
    tab = site.tab(who).open("/children/find/")
    tab.page.get_by_label("Forename").fill(FORENAMES[2])
    tab.page.get_by_label("Surname").fill(surname)
    tab.press("Find")
    assert tab.page.url.startswith(f"{site.url}/children/find/")
    assert "There may" in tab.page.get_by_role("main").inner_text()
    assert tab.faults_at_each_width() == []
    tab.close()


def test_a_professional_refers_a_child_page_by_page(site):
    """Each page of the longest form as it is first shown, and each that can be wrong, in error."""
    tab = site.tab().open("/refer/professional/")
    for heading, answers in PAGES_AT_WORK:
        assert tab.page.get_by_role("heading", level=1, name=heading, exact=True).is_visible()
        assert tab.faults_at_each_width() == [], heading
        if answers:
            tab.press("Continue")
            assert tab.page.title().startswith("Error: "), heading
            assert tab.faults_at_each_width() == [], heading
        answer(tab, answers)
    assert tab.page.get_by_role("heading", level=1, name="Check your answers").is_visible()
    assert tab.page.get_by_text("Not ready yet").is_visible()
    assert tab.faults_at_each_width() == []
    tab.close()


def answer(tab, answers):
    """Check what is named with a choice, fill in what is named with words, and go on."""
    for name, given in answers.items():
        if isinstance(given, tuple):
            tab.page.locator(f"[name='{name}'][value='{given[0]}']").check()
        else:
            tab.page.locator(f"[name='{name}']").fill(given)
    tab.press("Continue")


NO, YES = ("no",), ("yes",)
RISKS = [{f"risk_{q.code}": NO for q in RISK_QUESTIONS[at : at + 7]} for at in (0, 7, 14)]
RISKS[1]["risk_sexual_exploitation"] = YES
ON = {"day": "2", "month": "11", "year": "2026"}
PAGES_AT_WORK = (
    (
        "Why you refer the child",
        {
            "reason": ("other",),
            "worry": "Never at school.",
            "danger": NO,
            "whereabouts": NO,
        },
    ),
    ("Which child is it?", {"forename": "Rowan", "sex": ("U",)}),
    ("Where the child lives", {}),
    ("Parents, carers and contacts", {}),
    ("Brothers and sisters", {}),
    ("School", {}),
    ("Who works with the family", {"social_worker": NO, "family_told": YES}),
    *((f"Risk to the child, {n} of 3", risks) for n, risks in enumerate(RISKS, start=1)),
    (
        "The talk about the risk",
        {
            "talk_lead": "Lea Lead",
            "talk_manager": "Max Manager",
            "talk_advice": "Refer.",
            **{f"talk_on_{part}": value for part, value in ON.items()},
        },
    ),
    (
        "The talk about sexual exploitation",
        {
            "exploitation_with": "Mo Malik",
            **{f"exploitation_on_{part}": value for part, value in ON.items()},
        },
    ),
    ("Children at particular risk", {}),
    ("What was tried to find the child", {}),
    ("Gone abroad", {"abroad": NO}),
    ("Letters, pictures and forms", {}),
    (
        "About you",
        {
            "referrer_name": "Hana Healthvisitor",
            "referrer_job": "Health visitor",
            "agency": "Harrow health visiting",
            "referrer_contact": "020 7946 0001",
        },
    ),
)
