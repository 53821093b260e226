"""The pages of the day and of the weekly report, by role; the sheet and the PDF (P52, P58)."""

import re
from datetime import datetime, time, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from onroll.accounts.models import User
from onroll.audit.models import AccessEvent
from onroll.casefile.queries import today
from onroll.children.models import Child
from onroll.clocks.models import Deadline
from onroll.duplicates.actions import propose_merge
from onroll.messages.models import Message
from onroll.reports.models import WeeklyReport
from onroll.rules.policy_file import HARROW
from tests import files
from tests.people import People
from tests.reading import Page
from tests.reports.world import CANARIES, FORMULA, World, leaver
from tests.world import take_in

pytestmark = pytest.mark.django_db
SEE_REPORTS = {"olive", "max", "dee"}
SEE_CHILDREN = {"olive", "max"}


def page(client: Client, person: User, address: str) -> Page:
    client.force_login(person)
    return Page(client.get(address).content)


def _report(ref: str, ending: str = "") -> str:
    return f"/reports/weekly/{ref}/{ending}"


@pytest.mark.parametrize("ending", ["", "sheet/", "pdf/"])
def test_a_report_opens_for_those_who_see_exact_figures_and_for_nobody_else(
    client: Client, people: People, report: WeeklyReport, ending: str
) -> None:
    """P52; row 31 of the access matrix: LOC, MGR and ANA."""
    opened = set()
    for name in vars(people):
        client.force_login(getattr(people, name))
        status = client.get(_report(report.ref, ending)).status_code
        assert status in (200, 302, 403)
        opened |= {name} if status == 200 else set()
    assert opened == SEE_REPORTS


def test_an_unknown_reference_is_not_found(client: Client, people: People) -> None:
    client.force_login(people.olive)
    assert client.get(_report("222-222-222")).status_code == 404


@pytest.mark.parametrize("name", sorted(SEE_REPORTS))
def test_children_are_listed_only_for_those_who_see_every_case(
    client: Client, people: People, report: WeeklyReport, name: str
) -> None:
    """Row 5: an analyst sees the figures, and no child."""
    shown = page(client, getattr(people, name), _report(report.ref))
    found = {canary for canary in CANARIES if canary in shown.source}
    assert found == (set(CANARIES) if name in SEE_CHILDREN else set())
    assert ("You see the figures." in shown.text) is (name not in SEE_CHILDREN)
    assert "left for an unknown destination" in shown.text


def test_a_figure_leads_to_the_children_behind_it(
    client: Client, people: People, report: WeeklyReport, world: World
) -> None:
    shown = page(client, people.olive, _report(report.ref))
    assert "#unknown" in shown.addresses
    assert shown.main.get_element_by_id("unknown") is not None
    assert f"/cases/{world.closed.ref}/" in shown.addresses
    without = page(client, people.dee, _report(report.ref))
    assert "#unknown" not in without.addresses
    assert "#silent" in without.addresses


@pytest.mark.parametrize(
    ("ending", "called"),
    [
        ("", "weekly report"),
        ("sheet/", "weekly report as a sheet"),
        ("pdf/", "weekly report as a PDF"),
    ],
)
def test_whoever_sees_prints_or_exports_the_lists_is_written_down(
    client: Client, people: People, report: WeeklyReport, world: World, ending: str, called: str
) -> None:
    client.force_login(people.dee)
    client.get(_report(report.ref, ending))
    assert not AccessEvent.objects.exists()
    client.force_login(people.olive)
    client.get(_report(report.ref, ending))
    entry = AccessEvent.objects.get()
    assert (entry.actor, entry.page) == (people.olive.email, called)
    assert world.closed.child_id in entry.child_ids
    assert world.closed.ref in entry.case_refs


def test_this_week_so_far_is_shown_and_frozen_nowhere(client: Client, people: People) -> None:
    shown = page(client, people.olive, "/reports/weekly/so-far/")
    assert any("This week so far" in heading for heading in shown.headings)
    assert "it still changes" in shown.text
    assert not WeeklyReport.objects.exists()


def test_the_list_names_each_week_and_who_issued_it(
    client: Client, people: People, report: WeeklyReport
) -> None:
    shown = page(client, people.max, "/reports/weekly/")
    (row,) = [row for row in shown.rows if "Week of 16 November 2026" in row]
    assert "Onroll, by itself" in row
    assert f"/reports/weekly/{report.ref}/" in shown.addresses


def test_an_empty_list_says_so_in_a_sentence(client: Client, people: People) -> None:
    assert "No report has been issued yet" in page(client, people.max, "/reports/weekly/").text


# The sheet


def _cells(content: bytes) -> dict[str, Any]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_sheet_holds_the_lists_and_never_a_formula(
    client: Client, people: People, report: WeeklyReport
) -> None:
    """A child's name in a file may begin with an equals sign."""
    client.force_login(people.olive)
    response = client.get(_report(report.ref, "sheet/"))
    assert "weekly-report-2026-11-16.xlsx" in response["Content-Disposition"]
    sheets = _cells(response.content)
    assert f"{FORMULA} Quillfeather" in [row[0] for row in sheets["Unknown destination"]]
    assert _formulas(response.content) == []
    assert "Quiet Corner" in [row[0] for row in sheets["Schools"]]


def _formulas(content: bytes) -> list[str]:
    from zipfile import ZipFile

    with ZipFile(BytesIO(content)) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/")]
        return [name for name in sheets if re.search(rb"<f[ >]|<hyperlink", parts.read(name))]


def test_an_analysts_sheet_holds_figures_and_no_child(
    client: Client, people: People, report: WeeklyReport
) -> None:
    client.force_login(people.dee)
    content = client.get(_report(report.ref, "sheet/")).content
    text = str(_cells(content))
    assert not any(canary in text for canary in CANARIES)
    assert "Left for an unknown destination" in text


# The PDF


@pytest.mark.shows("accessibility.pdf")
def test_the_pdf_is_tagged_has_a_title_and_a_language(
    client: Client, people: People, report: WeeklyReport
) -> None:
    """PDF/UA-1: Typst refuses to write one whose tables, title or language are missing."""
    client.force_login(people.olive)
    response = client.get(_report(report.ref, "pdf/"))
    content = response.content
    assert response["Content-Type"] == "application/pdf"
    assert content.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in content
    assert b"Weekly report, 16 to 22 November 2026" in content
    assert b"pdfuaid" in content
    assert b"en-GB" in content


def test_the_pdf_is_the_same_each_time_it_is_asked_for(
    client: Client, people: People, report: WeeklyReport
) -> None:
    client.force_login(people.olive)
    first, second = (client.get(_report(report.ref, "pdf/")).content for _ in range(2))
    assert first == second


def test_an_analysts_pdf_is_another_one(
    client: Client, people: People, report: WeeklyReport
) -> None:
    """The text of a PDF is packed; without the lists it is far shorter."""
    client.force_login(people.olive)
    full = client.get(_report(report.ref, "pdf/")).content
    client.force_login(people.dee)
    assert len(client.get(_report(report.ref, "pdf/")).content) < len(full)


# The day


@pytest.mark.parametrize(
    ("name", "sees", "sees_not"),
    [
        ("olive", ["Needs someone", "to confirm", "silent school", "This week so far"], []),
        ("max", ["Needs someone", "open cases without an owner", "The register: 4 child"], []),
        ("mo", ["to confirm", "with an overdue clock"], ["silent school", "The register:"]),
        ("hal", ["Open cases you are on", "home education to receive"], ["This week so far"]),
        ("ada", ["Open cases you are on", "ask about places"], ["The register:"]),
        (
            "dee",
            ["The register: 4 child", "refused in two weeks"],
            ["to confirm", "open cases of yours"],
        ),
        ("pat", ["Search the audit trail"], ["Needs someone", "The register:"]),
        ("ari", ["jobs waiting"], ["Needs someone", "The register:", "This week so far"]),
    ],
)
def test_each_role_has_its_own_day(
    client: Client, people: People, world: World, name: str, sees: list[str], sees_not: list[str]
) -> None:
    shown = page(client, getattr(people, name), "/today/")
    assert [words for words in sees if words not in shown.text] == []
    assert [words for words in sees_not if words in shown.text] == []
    beside = shown.without("What to do now")
    assert not any(canary in beside for canary in CANARIES)


def test_school_staff_are_sent_to_their_own_pages(client: Client, people: People) -> None:
    for person in (people.sam, people.mat):
        client.force_login(person)
        assert client.get("/today/")["Location"] == "/school/"
        assert client.get("/")["Location"] == "/school/"


def test_the_day_points_at_a_new_report_until_it_is_read(
    client: Client, people: People, report: WeeklyReport
) -> None:
    assert "The weekly report is ready" in page(client, people.olive, "/today/").text
    assert "I have read this report" in page(client, people.olive, _report(report.ref)).buttons
    assert Message.objects.get().read_at is None
    client.post(_report(report.ref, "read/"))
    assert Message.objects.get().read_at is not None
    assert "The weekly report is ready" not in page(client, people.olive, "/today/").text
    assert "I have read this report" not in page(client, people.olive, _report(report.ref)).buttons


def test_the_day_asks_at_most_fifteen_questions_however_much_there_is(
    people: People, world: World, django_assert_max_num_queries, django_assert_num_queries
) -> None:
    at = timezone.now()
    with django_assert_max_num_queries(15) as first:
        today(people.olive, at=at)
    more = files.cml(
        *(leaver(f"More{n}", f"Child{n}", left_on=at.date(), reason="UK") for n in range(9)),
        made=at.date(),
    )
    take_in(more, "3102001_CML_310LLLL_011.xml", at=at)
    with django_assert_num_queries(len(first)):
        today(people.olive, at=at)


def test_a_clock_due_yesterday_is_overdue_and_one_due_today_is_not(
    people: People, world: World
) -> None:
    clock = Deadline.objects.get(child__surname="Lateley", clock="triage_1")
    noon = timezone.make_aware(datetime.combine(clock.due_on, time(12)))
    on_the_day = today(people.olive, at=noon).needs["overdue"]
    assert today(people.olive, at=noon + timedelta(days=1)).needs["overdue"] > on_the_day


# Pages for everyone


def test_anyone_learns_what_to_do_about_a_worry(client: Client) -> None:
    """P19."""
    shown = Page(client.get("/").content)
    for words in ("999", "020 8901 2690", "020 8396 4515"):
        assert words in shown.text
    assert "Sign in" in shown.links


def test_the_front_page_sends_an_officer_to_the_day(client: Client, people: People) -> None:
    client.force_login(people.olive)
    assert client.get("/")["Location"] == "/today/"


@pytest.mark.parametrize("address", ["/accessibility/", "/privacy/"])
def test_the_footers_pages_are_there_for_everyone(client: Client, address: str) -> None:
    shown = client.get(address)
    assert shown.status_code == 200
    assert address in Page(shown.content).addresses


@pytest.mark.parametrize(
    ("name", "menu"),
    [
        (
            "olive",
            ["Today", "Referrals", "Find a child", "Register", "Files", "Review", "Weekly report"],
        ),
        (
            "max",
            [
                "Today",
                "Manager",
                "Referrals",
                "Find a child",
                "Register",
                "Files",
                "Review",
                "Weekly report",
                "Audit",
            ],
        ),
        ("mo", ["Today", "Referrals", "Find a child", "Register", "Review"]),
        ("hal", ["Today", "Find a child", "Register"]),
        ("dee", ["Today", "Files", "Weekly report"]),
        ("pat", ["Today", "Find a child", "Audit"]),
        ("ari", ["Today"]),
    ],
)
def test_the_menu_has_only_what_a_person_may_open(
    client: Client, people: People, name: str, menu: list[str]
) -> None:
    client.force_login(getattr(people, name))
    links = client.get("/today/").context["navigation"]
    assert [link.name for link in links if link.name != "Schools"] == menu
    for link in links:
        answer = client.get(link.url)
        asks_why = answer.status_code == 302 and answer.headers["Location"].startswith("/reason/")
        assert answer.status_code == 200 or (name == "pat" and asks_why)
    assert [link.name for link in links if link.is_current] == ["Today"]


def test_the_menu_counts_what_waits_for_review(
    client: Client, people: People, world: World
) -> None:
    client.force_login(people.olive)
    links = client.get("/today/").context["navigation"]
    waiting = today(people.olive, at=timezone.now()).needs
    review = next(link for link in links if link.name == "Review")
    assert review.count == waiting["unsure"] + waiting["claims"] + waiting["findings"]


def test_a_merge_counts_for_who_may_agree_to_it_and_not_for_who_proposed_it(
    client: Client, people: People, world: World
) -> None:
    """Access matrix, row 32: a second person agrees."""

    def counted(person: User) -> tuple[int | None, int]:
        client.force_login(person)
        links = client.get("/today/").context["navigation"]
        review = next(link for link in links if link.name == "Review")
        return today(person, at=timezone.now()).needs.get("merges"), review.count or 0

    before = {name: counted(getattr(people, name)) for name in ("olive", "max")}
    kept, merged = Child.objects.order_by("pk")[:2]
    propose_merge(
        target=kept, merged=merged, why="One passport.", by=people.olive, at=timezone.now()
    )
    assert counted(people.olive) == before["olive"]
    assert before["max"][0] == 0
    assert counted(people.max) == (1, before["max"][1] + 1)
    assert "merge to agree to" in page(client, people.max, "/today/").text


def test_who_has_nothing_on_today_is_told_what_they_can_do(client: Client, people: People) -> None:
    """Row 5, `S`: nothing can be shared with another authority yet, and the page says so."""
    today_page = page(client, people.ola, "/today/")
    assert "Onroll cannot share a case yet" in today_page.text
    assert f"{HARROW.cme_name}, {HARROW.cme_phone}" in today_page.text
    for link in ("/policy-and-law/", "/account/"):
        assert link in today_page.addresses
        assert client.get(link).status_code == 200


@pytest.mark.parametrize(
    "who", ["olive", "max", "mo", "ada", "hal", "cat", "sen", "dee", "pat", "ari"]
)
def test_nobodys_today_is_blank(client: Client, people: People, who: str) -> None:
    assert page(client, getattr(people, who), "/today/").main.xpath(".//h2 | .//ul")


def test_the_report_counts_the_cases_opened_by_the_change_of_school_missed(
    client: Client, people: People, report: WeeklyReport
) -> None:
    """P65: on the page and in the sheet."""
    text = page(client, people.dee, _report(report.ref)).text
    assert "Cases opened, by change of school missed" in text
    figures = _cells(client.get(_report(report.ref, "sheet/")).content)["Figures"]
    start = [row[0] for row in figures].index("Cases opened, by change of school missed")
    assert figures[start + 1] == ["Primary to secondary", 3]
