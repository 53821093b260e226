"""The arguments of `onroll person`."""

from argparse import ArgumentParser

from onroll import arguments
from onroll.accounts.roles import ROLES_TO_HOLD

CHOICES = [role.value for role in ROLES_TO_HOLD]
_ROLES = ", ".join(f"{role.value} ({role.words})" for role in ROLES_TO_HOLD)


def person(parser: ArgumentParser) -> None:
    """Declare the verbs and their arguments."""
    does = parser.add_subparsers(dest="do", required=True, metavar="DO")
    add = does.add_parser("add", help="add a person and print the link to choose a password")
    add.add_argument("email", type=arguments.email)
    add.add_argument("--name", required=True)
    _add_role(add)
    add.add_argument("--team", default="", help="a manager sees what their team did")
    does.add_parser("list", help="list everyone")
    for verb, about in (
        ("link", "print a new link to choose a password, for who forgot it"),
        ("lost-device", "take password, second factors and recovery codes, and print a new link"),
        ("disable", "sign them out everywhere and let them in no more"),
        ("enable", "let them in again"),
    ):
        does.add_parser(verb, help=about).add_argument("email", type=arguments.email)
    change = does.add_parser("change", help="change address, name or team of a person")
    change.add_argument("email", type=arguments.email)
    change.add_argument(
        "--email", dest="new_email", metavar="EMAIL", type=arguments.email, help="the new address"
    )
    change.add_argument("--name")
    change.add_argument("--team")
    for verb in ("give", "take"):
        role_parser = does.add_parser(verb, help=f"{verb} a role")
        role_parser.add_argument("email", type=arguments.email)
        _add_role(role_parser)


def _add_role(parser: ArgumentParser) -> None:
    parser.add_argument("--role", required=True, choices=CHOICES, metavar="ROLE", help=_ROLES)
