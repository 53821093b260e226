"""What `onroll messages` is asked."""

from argparse import ArgumentParser


def messages(parser: ArgumentParser) -> None:
    """Add `--again`: whether to try again the messages that the mail server did not take."""
    parser.add_argument(
        "--again", action="store_true", help="try all of them again, those given up as well"
    )
