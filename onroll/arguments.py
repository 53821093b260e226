"""Arguments of the `onroll` commands: each value checked, each refusal a sentence.

Needs no Django and no database, so that help and refusals need neither settings nor a server.
"""

import argparse
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

Refusal = argparse.ArgumentTypeError
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


class Parser(argparse.ArgumentParser):
    """A command line that refuses in a sentence, with exit code 2."""

    def error(self, message: str) -> NoReturn:
        """Refuse, and name the help."""
        words = message.removeprefix("argument ").rstrip(".")
        self.exit(2, f"{self.prog}: {words}.\n{self.prog} --help says how it is used.\n")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Name the choices, in words that do not change with Python's version."""
        if action.choices is not None and value not in action.choices:
            choices = ", ".join(map(str, action.choices))
            raise argparse.ArgumentError(action, f"{value} is none of {choices}.")


def day(text: str) -> date:
    """Return a date written as 2026-11-16."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal(f"{text} is no day; write it as in 2026-10-01.") from None


def number(low: int, high: int) -> Callable[[str], int]:
    """Return a reader of whole numbers between `low` and `high`, both included."""

    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,12}", text) or not low <= int(text) <= high:
            raise Refusal(f"{text} is no whole number from {low} to {high}.")
        return int(text)

    return read


port = number(1, 65535)


def host(text: str) -> str:
    """Return a name or address to listen on; an empty one would mean every address."""
    if not text.strip():
        raise Refusal("name an address to listen on, such as 127.0.0.1.")
    return text.strip()


def email(text: str) -> str:
    """Return what may be an e-mail address."""
    if not _EMAIL.fullmatch(text):
        raise Refusal(f"{text} is not an e-mail address.")
    return text


def digits(count: int, noun: str) -> Callable[[str], str]:
    """Return a reader of numbers with so many digits, such as a school's."""

    def read(text: str) -> str:
        if not re.fullmatch(f"[0-9]{{{count}}}", text):
            raise Refusal(f"{text} is not {noun} ({count} digits).")
        return text

    return read


def file(text: str) -> Path:
    """Return the path of a file that exists and may be read."""
    path = file_or_folder(text)
    if path.is_dir():
        raise Refusal(f"{text} is a folder; name a file.")
    return path


def file_or_folder(text: str) -> Path:
    """Return the path of a file or folder that exists and may be read."""
    path = Path(text)
    try:
        if path.is_dir():
            next(path.iterdir(), None)
        elif path.is_file():
            path.open("rb").close()
        elif path.exists():
            raise Refusal(f"{text} is neither a file nor a folder.")
        else:
            raise Refusal(f"there is no {text or 'file without a name'}.")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "no such name"
        raise Refusal(f"{text} cannot be read: {why}.") from None
    return path


# What several commands are asked


def add_address(parser: argparse.ArgumentParser) -> None:
    """Declare where to listen."""
    for name, kind, usual, about in (
        ("host", host, "127.0.0.1", "address to listen on"),
        ("port", port, 8000, "port to listen on"),
    ):
        parser.add_argument(f"--{name}", type=kind, default=usual, help=f"{about} ({usual})")


def add_json(parser: argparse.ArgumentParser, about: str, *, dest: str = "json") -> None:
    """Declare output for programs."""
    parser.add_argument("--json", action="store_true", dest=dest, help=about)


def add_problems(parser: argparse.ArgumentParser) -> None:
    """Declare the file for bad values of lists."""
    parser.add_argument("--problems", type=Path, metavar="FILE", help="write bad values here")
