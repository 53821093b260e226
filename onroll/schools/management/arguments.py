"""The arguments of `onroll schools`."""

from argparse import ArgumentParser

from onroll import arguments


def schools(parser: ArgumentParser) -> None:
    """Declare `load FILE [--reporting-to 310]`, `terms FILE`, `join` and `leave EMAIL NUMBER`."""
    does = parser.add_subparsers(dest="verb", required=True, metavar="DO")
    load = does.add_parser("load", help="schools from Get information about schools")
    load.add_argument("file", type=arguments.file, metavar="FILE")
    load.add_argument(
        "--reporting-to",
        type=arguments.digits(3, "the number of an authority"),
        metavar="AUTHORITY",
        help="the authority whose open schools report to us, such as 310",
    )
    terms = does.add_parser("terms", help="term dates and closures")
    terms.add_argument("file", type=arguments.file, metavar="FILE")
    for name, about in (("join", "now works at a school"), ("leave", "works there no more")):
        staff = does.add_parser(name, help=f"a person {about}")
        staff.add_argument("email", type=arguments.email)
        staff.add_argument(
            "number",
            type=arguments.digits(7, "a school's DfE number"),
            help="the school's seven-digit DfE number",
        )
