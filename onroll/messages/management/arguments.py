"""What `onroll messages` is asked."""

from argparse import ArgumentParser


def messages(parser: ArgumentParser) -> None:
    """Take whether to try again what was not taken."""
    parser.add_argument(
        "--again", action="store_true", help="try all of them again, those given up as well"
    )
