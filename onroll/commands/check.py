"""The `onroll check` command: check school files. Needs neither Django nor a database."""

import os
import sys
from argparse import Namespace
from pathlib import Path

from onroll import arguments
from onroll.arguments import Parser
from onroll.formats.check import main as check
from onroll.rules import policy_file


def add_arguments(parser: Parser) -> None:
    """Declare the files and the audience of the answer."""
    parser.add_argument("files", nargs="+", metavar="FILE")
    arguments.add_json(parser, "the answer for machines")
    parser.add_argument(
        "--for",
        dest="audience",
        choices=("school", "council"),
        default="school",
        help="who reads it, and so has something to do (school)",
    )


def run(args: Namespace) -> int:
    """Check files; return 0 for clean, 1 for errors, 2 for unreadable. Raises PolicyError."""
    path = os.environ.get("ONROLL_POLICY")
    try:
        local_policy = policy_file.load(Path(path)) if path else policy_file.HARROW
    except policy_file.PolicyError as error:
        raise policy_file.PolicyError(f"ONROLL_POLICY: {error}") from None
    return check(
        args.files,
        as_json=args.json,
        out=sys.stdout,
        on=args.today,
        audience=args.audience,
        most=local_policy.largest_file_megabytes * 1024**2,
    )
