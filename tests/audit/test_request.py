"""The page, what it changes and what is recorded of it are one transaction (trust.md 1.6, 4.3)."""

import psycopg
import pytest
from django.db import connection
from django.test import Client

from onroll.accounts.models import RoleHeld, User
from onroll.audit import actions, queries
from onroll.audit.models import AccessEvent, ChangeEvent, SecurityEvent
from tests.people import AT

pytestmark = pytest.mark.urls("tests.audit.pages")


@pytest.fixture
def browser(olive: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(olive)
    return client


@pytest.mark.shows("readme.trace")
def test_a_page_about_a_child_leaves_with_its_entry(browser: Client, olive: User) -> None:
    assert b"CANARY" in browser.get("/show/", REMOTE_ADDR="192.0.2.7").content
    seen = AccessEvent.objects.first()
    assert seen is not None
    assert (seen.actor, seen.actor_id, seen.role) == ("olive@harrow.example", olive.pk, "loc")
    assert (seen.child_ids, seen.page, seen.ground, seen.fields) == ([7], "a case", "all", ["name"])
    assert (seen.source_address, seen.database_user) == ("192.0.2.7", "onroll_app")
    assert seen.session_hash
    assert seen.request_id
    assert seen.code_version


def test_no_page_leaves_when_its_entry_cannot_be_written(
    browser: Client, owner_connection: psycopg.Connection
) -> None:
    seen = AccessEvent.objects.count()
    owner_connection.execute("SET ROLE onroll_audit")
    arguments = "timestamptz, text, bigint, text, text, text, text, bigint[], text[], text[]"
    function = f"FUNCTION audit.record_access({arguments})"
    owner_connection.execute(f"REVOKE EXECUTE ON {function} FROM onroll_app")
    try:
        answer = browser.get("/show/")
    finally:
        owner_connection.execute(f"GRANT EXECUTE ON {function} TO onroll_app")
    assert answer.status_code == 500
    assert b"CANARY" not in answer.content
    assert AccessEvent.objects.count() == seen


@pytest.mark.shows("readme.trace")
def test_a_change_names_who_made_it_and_in_which_request(browser: Client, olive: User) -> None:
    browser.post("/change/")
    made = ChangeEvent.objects.filter(table_name="accounts_roleheld").first()
    assert made is not None
    assert (made.verb, made.actor, made.actor_id, made.role) == (
        "insert",
        "olive@harrow.example",
        olive.pk,
        "loc",
    )
    given = SecurityEvent.objects.filter(event="role_given").first()
    assert given is not None
    assert given.request_id == made.request_id


@pytest.mark.parametrize("page", ["/half/", "/badly/"])
def test_a_page_that_fails_takes_everything_back_and_leaves_one_entry(
    browser: Client, page: str
) -> None:
    held, changes = RoleHeld.objects.count(), ChangeEvent.objects.count()
    assert browser.post(page).status_code >= 500
    assert RoleHeld.objects.count() == held
    assert ChangeEvent.objects.count() == changes
    failed = SecurityEvent.objects.first()
    assert failed is not None
    assert (failed.event, failed.about) == ("page_failed", f"POST {page}")


def test_nothing_is_streamed_because_it_would_leave_before_it_is_recorded(browser: Client) -> None:
    answer = browser.get("/stream/")
    assert answer.status_code == 500
    assert b"CANARY" not in answer.content


def test_a_refusal_is_recorded_with_what_was_asked(browser: Client, olive: User) -> None:
    assert browser.get("/audit/").status_code == 403
    refused = SecurityEvent.objects.first()
    assert refused is not None
    assert (refused.actor_id, refused.outcome) == (olive.pk, "refused")
    assert (refused.about, refused.reason) == ("GET /audit/", "audit_search")


def test_a_page_that_names_no_permission_is_shown_to_nobody(browser: Client) -> None:
    assert browser.get("/unnamed/").status_code == 403


def test_an_officer_is_refused_on_the_schools_side_of_the_wall(browser: Client) -> None:
    assert browser.get("/school/here/").status_code == 403


def test_what_one_request_says_of_itself_is_gone_in_the_next(browser: Client) -> None:
    browser.post("/change/")
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('onroll.actor', true), '')")
        assert cursor.fetchone() == ("",)


def test_a_job_names_itself(olive: User) -> None:
    with actions.acting(actor="worker:intake"):
        User.objects.filter(pk=olive.pk).update(name="Olive O.")
    made = ChangeEvent.objects.first()
    assert made is not None
    assert (made.actor, made.actor_id, made.after) == ("worker:intake", None, {"name": "Olive O."})


def test_an_access_outside_a_transaction_is_an_error(olive: User) -> None:
    with pytest.raises(RuntimeError, match="inside the request's transaction"):
        actions.saw(by=olive, children=[1], page="p", ground="all", at=AT)


def test_who_saw_a_child_is_counted_by_person_page_and_ground(browser: Client, olive: User) -> None:
    times = sum(v.times for v in queries.who_saw([7]))
    browser.get("/show/")
    browser.get("/show/")
    mine = queries.who_saw([7, 8], only_actor=olive.pk)
    assert [(v.actor, v.page, v.times) for v in mine] == [("olive@harrow.example", "a case", 2)]
    assert sum(v.times for v in queries.who_saw([7])) == times + 2
    assert queries.who_saw([8]) == []


def test_a_forwarded_address_is_believed_from_our_own_proxies_only(
    browser: Client, settings
) -> None:
    said = {"HTTP_X_FORWARDED_FOR": "203.0.113.9, 198.51.100.4", "REMOTE_ADDR": "10.0.0.1"}
    browser.get("/audit/", **said)
    assert SecurityEvent.objects.first().source_address == "10.0.0.1"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    browser.get("/audit/", **said)
    assert SecurityEvent.objects.first().source_address == "198.51.100.4"


def test_a_nul_in_the_address_does_not_keep_a_refusal_out_of_the_trail(browser: Client) -> None:
    """PostgreSQL takes none, so that the entry, and with it the refusal, failed."""
    assert browser.get("/nowhere/%00/").status_code == 404
    entry = SecurityEvent.objects.first()
    assert entry is not None
    assert (entry.outcome, entry.about) == ("not_found", "GET /nowhere/%00/")
