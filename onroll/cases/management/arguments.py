"""What `onroll protect` is asked."""

from argparse import ArgumentParser, ArgumentTypeError

from onroll.rules import references


def protect(parser: ArgumentParser) -> None:
    """Take the reference of a case: no name is written into a shell's history."""
    parser.add_argument("case", type=reference, help="the reference of a case of the child")
    parser.add_argument("--off", action="store_true", help="hide them no longer")


def reference(text: str) -> str:
    """Return a case's reference, in the letters it is stored in."""
    if not references.is_speakable(text.strip().upper()):
        raise ArgumentTypeError(f"{text} is not a reference; it looks like K7P-2QX-9HD.")
    return text.strip().upper()
