"""The arguments of `onroll postcodes`."""

from argparse import ArgumentParser

from onroll import arguments


def postcodes(parser: ArgumentParser) -> None:
    """Declare `FILE [--names FILE ...]`."""
    parser.add_argument("file", type=arguments.file, metavar="FILE", help="the directory, as CSV")
    parser.add_argument(
        "--names",
        type=arguments.file,
        metavar="FILE",
        action="append",
        default=[],
        help="names of its authorities, or of its wards; may be given again",
    )
