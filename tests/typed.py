"""The commands of lists, as they are typed after `onroll`."""

from collections.abc import Sequence

from onroll.config.command import main


def link(argv: Sequence[str]) -> int:
    return main(["link", *argv])


def compare(argv: Sequence[str]) -> int:
    return main(["compare", *argv])
