"""What `onroll intake` is asked."""

from argparse import ArgumentParser

from onroll import arguments


def intake(parser: ArgumentParser) -> None:
    """Take files and folders of files."""
    parser.add_argument("paths", nargs="+", type=arguments.file_or_folder, metavar="FILE")
    arguments.add_json(parser, "for machines", dest="as_json")
