"""Runs the parts of the published figures, prints them, and has them written."""

import argparse
from importlib import import_module
from typing import Any

from rich.console import Console

from bench.alone import alone
from bench.figures import drawn
from bench.linking import page
from bench.linking.historical import ABSENT, path_of
from bench.linking.part import PARTS, VAST, Part


def run(args: argparse.Namespace, say: Console) -> None:
    """Run the parts that were asked for, each in a process of its own."""
    for name in [args.only] if args.only else PARTS:
        options = _options(name, args, say)
        if options is None:
            continue
        title = import_module(f"bench.linking.{name}").TITLE
        part = alone(_run, name, quick=args.quick, options=options)
        say.print(drawn(title, part.figures))
        for table in part.tables:
            say.print(table.in_markdown() + "\n", markup=False, soft_wrap=True)
        if not args.quick:
            page.write(name, title, part)


def _run(name: str, *, quick: bool, options: dict[str, Any]) -> Part:
    part: Part = import_module(f"bench.linking.{name}").run(quick=quick, **options)
    return part


def _options(name: str, args: argparse.Namespace, say: Console) -> dict[str, Any] | None:
    """Return what a part needs to know besides, or nothing if it cannot run."""
    if name in VAST and not (args.vast or args.only == name):
        say.print(f"{import_module(f'bench.linking.{name}').TITLE}: measured with --vast.")
        return None
    if name != "historical":
        return {}
    path = path_of(args.historical)
    if path is None:
        say.print(ABSENT)
        return None
    return {"path": path}
