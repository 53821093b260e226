"""The arguments of `onroll weekly`."""

from argparse import ArgumentParser

from onroll import arguments


def weekly(parser: ArgumentParser) -> None:
    """Declare the week and the output."""
    parser.add_argument(
        "--week",
        type=arguments.day,
        metavar="DAY",
        help="any day of the week wanted, as in 2026-11-16; without it, the last whole week",
    )
    parser.add_argument("--issue", action="store_true", help="freeze the report first")
    parser.add_argument("--names", action="store_true", help="show children's names")
    arguments.add_json(parser, "print JSON, for machines")
