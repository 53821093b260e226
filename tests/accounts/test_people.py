"""People, the roles they hold, and what ends their sessions."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client

from onroll.accounts import actions, queries
from onroll.accounts.models import RoleHeld, User
from onroll.accounts.roles import Role
from onroll.audit.models import SecurityEvent
from onroll.rules.refusal import Refused
from tests.people import AT, WHO, People


def test_the_people_of_the_tests_are_as_the_action_adds_them(people: People) -> None:
    """`people.build` writes the rows of everyone at once, so it must not fall behind."""
    name, role, team = WHO["olive"]
    email = "loc@harrow.example"
    added = actions.add_person(email=email, name=name, role=role, team=team, by=None, at=AT)
    assert _rows(added) == _rows(people.olive)


def _rows(user: User) -> list[dict[str, object]]:
    """Return what the database holds of a person, without addresses, numbers and random keys."""
    rows: list[Any] = [
        *User.objects.filter(pk=user.pk).values(),
        *EmailAddress.objects.filter(user=user).values(),
        *RoleHeld.objects.filter(user=user).values(),
        *SecurityEvent.objects.filter(about__regex=rf"^person {user.pk}\b").values(),
    ]
    own = {"id", "email", "password", "session_stamp", "user_id", "about", "recorded_at"}
    return [{name: value for name, value in row.items() if name not in own} for row in rows]


def test_an_address_has_one_account_in_any_case_of_letters(people: People) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.add_person(
            email=" OLIVE@harrow.example", name="Other", role=Role.LOC, by=None, at=AT
        )


@pytest.mark.parametrize("role", [Role.PUB, Role.PRO])
def test_the_public_has_no_accounts(db: None, role: Role) -> None:
    with pytest.raises(Refused):
        actions.add_person(email="a@harrow.example", name="A", role=role, by=None, at=AT)


def test_the_database_refuses_a_role_the_person_does_not_hold(people: People) -> None:
    User.objects.filter(pk=people.dee.pk).update(role="mgr")
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="a_role_they_hold"):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    transaction.set_rollback(True)


def test_a_person_acts_in_one_role_at_a_time_and_only_in_theirs(people: People) -> None:
    actions.give_role(user=people.olive, role=Role.MASH, by=people.ari, at=AT)
    olive = actions.switch_role(user=people.olive, role=Role.MASH, at=AT)
    assert olive.role == "mash"
    with pytest.raises(Refused):
        actions.switch_role(user=olive, role=Role.MGR, at=AT)
    assert queries.roles_of(olive) == [Role.LOC, Role.MASH]


def test_a_switch_of_role_is_a_post_and_a_security_event(client: Client, people: People) -> None:
    actions.give_role(user=people.olive, role=Role.MASH, by=None, at=AT)
    client.force_login(people.olive)
    assert client.get("/account/role/").status_code == 405
    assert client.post("/account/role/", {"role": "mash"}).status_code == 302
    event = SecurityEvent.objects.get(event="role_switched")
    assert (event.actor_id, event.about) == (people.olive.pk, f"person {people.olive.pk} mash")
    assert client.post("/account/role/", {"role": "sys"}).status_code == 403


def test_losing_a_role_ends_every_session(client: Client, people: People) -> None:
    client.force_login(people.olive)
    assert client.get("/account/").status_code == 200
    olive = actions.take_role(user=people.olive, role=Role.LOC, by=people.ari, at=AT)
    assert olive.role is None
    assert client.get("/account/").status_code == 302


def test_disabling_a_person_ends_every_session(client: Client, people: People) -> None:
    client.force_login(people.olive)
    actions.disable(user=people.olive, by=people.ari, at=AT)
    assert client.get("/account/").status_code == 302
    actions.enable(user=people.olive, by=people.ari, at=AT)
    assert client.get("/account/").status_code == 302  # the old session stays dead


def test_colleagues_are_active_and_hold_the_role(people: People) -> None:
    actions.disable(user=people.mo, by=None, at=AT)
    assert list(queries.colleagues(Role.MASH)) == []
    assert list(queries.colleagues(Role.LOC)) == [people.olive]


def test_a_manager_searches_the_trail_of_their_team_and_the_dpo_everyones(people: People) -> None:
    assert queries.whose_trail(people.max) == sorted([people.max.pk, people.olive.pk])
    assert queries.whose_trail(people.pat) is None
    assert queries.whose_trail(people.olive) == []


def test_the_command_adds_lists_and_disables(db: None, capsys: pytest.CaptureFixture) -> None:
    call_command("person", "add", "New@harrow.example", "--name", "Nell", "--role", "loc")
    said = capsys.readouterr().out
    assert "Added Nell as Children missing education officer." in said
    assert "/account/password/reset/key/" in said
    call_command("person", "give", "new@harrow.example", "--role", "mash")
    call_command("person", "disable", "new@harrow.example")
    call_command("person", "list")
    assert "new@harrow.example  Nell  [loc, mash]  disabled" in capsys.readouterr().out
    assert SecurityEvent.objects.filter(actor="command:person", event="person_added").exists()
    call_command("person", "take", "new@harrow.example", "--role", "loc")
    call_command("person", "enable", "new@harrow.example")
    assert list(RoleHeld.objects.values_list("role", flat=True)) == ["mash"]
    with pytest.raises(CommandError, match="has an account already"):
        call_command("person", "add", "new@harrow.example", "--name", "N", "--role", "loc")
    with pytest.raises(CommandError, match="is not an e-mail address"):
        call_command("person", "add", "new", "--name", "N", "--role", "loc")
    with pytest.raises(CommandError, match="Nobody has the address"):
        call_command("person", "disable", "other@harrow.example")


def test_a_new_person_chooses_a_password_by_their_link(
    client: Client, db: None, capsys: pytest.CaptureFixture
) -> None:
    call_command("person", "add", "nell@harrow.example", "--name", "Nell", "--role", "loc")
    link = capsys.readouterr().out.rsplit(maxsplit=1)[-1]
    page = client.get(link, follow=True)
    new = "correct horse battery staple"
    client.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
    signed_in = client.post("/account/login/", {"login": "nell@harrow.example", "password": new})
    assert signed_in.status_code == 302
    assert client.get("/account/").status_code == 200
