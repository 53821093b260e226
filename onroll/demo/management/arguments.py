"""What `onroll demo` is asked."""

from argparse import ArgumentParser

from onroll import arguments


def demo(parser: ArgumentParser) -> None:
    """Take the size of the made-up borough."""
    parser.add_argument(
        "--pupils",
        type=arguments.number(100, 100_000),
        default=12_000,
        metavar="N",
        help="children on rolls when it is made (12000)",
    )
    parser.add_argument(
        "--seed",
        type=arguments.number(0, 10**9),
        default=310,
        metavar="N",
        help="another number makes other children (310)",
    )
    parser.add_argument(
        "--weeks",
        type=arguments.number(1, 52),
        default=6,
        metavar="N",
        help="weeks of files up to today (6)",
    )
    parser.add_argument(
        "--check", action="store_true", help="build it, hold it against the truth, and stop"
    )
