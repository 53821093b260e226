"""The `onroll backup` and `onroll restore` commands."""

from argparse import Namespace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console

from onroll.arguments import Parser, Refusal
from onroll.arguments import file as existing
from onroll.config import connections
from onroll.config.backup.drill import drill
from onroll.config.backup.making import make
from onroll.config.backup.manifest import BackupError, Manifest
from onroll.config.backup.restoring import read, restore

say = Console(highlight=False, soft_wrap=True, markup=False)
LONDON = ZoneInfo("Europe/London")


def file_to_write(text: str) -> Path:
    """Return the path of a file, there or not; Refusal if it is a folder or has none to be in."""
    path = Path(text)
    if path.is_dir() or not path.name:
        raise Refusal(f"{text} is a folder; name a file.")
    if not path.parent.is_dir():
        raise Refusal(f"there is no folder {path.parent} to write into.")
    return path


def add_backup(parser: Parser) -> None:
    """Declare the file to write."""
    parser.add_argument(
        "file", type=file_to_write, metavar="FILE", help="where to write it; readable by you alone"
    )
    parser.add_argument(
        "--force", action="store_true", help="write over a file that is there already"
    )


def add_restore(parser: Parser) -> None:
    """Declare the file to read, and the drill."""
    parser.add_argument("file", type=existing, metavar="FILE", help="what `onroll backup` wrote")
    parser.add_argument(
        "--drill",
        action="store_true",
        help="restore a copy, compare everything, sign somebody in on it, and throw it away",
    )


def run_backup(args: Namespace) -> int:
    """Write a backup of the whole database; overwrite a file only on request."""
    if args.file.exists() and not args.force:
        raise BackupError(
            f"{args.file} is there already and was left as it is: name another file, or write over"
            " it with --force."
        )
    with connections.database():
        at = datetime.now(LONDON)  # noqa: TID251  # a command reads the clock
        manifest = make(connections.owner_url(), args.file, at=at)
    content = manifest.content
    say.print(
        f"Written to {args.file}: {len(content.tables)} tables with {content.rows} rows,"
        f" {_size(args.file.stat().st_size)}. Try it: onroll restore {args.file} --drill"
    )
    return 0


def run_restore(args: Namespace) -> int:
    """Restore a backup into an empty database, or only drill it."""
    manifest = read(args.file)
    say.print(f"Read: {args.file}, whole and unchanged, {_about(manifest)}.")
    if args.drill:
        drill(args.file, manifest, say=say.print)
        return 0
    with connections.database():
        restore(args.file, manifest, connections.owner_url())
    content = manifest.content
    say.print(
        f"Restored: {len(content.tables)} tables with {content.rows} rows. Next: onroll migrate"
    )
    return 0


def _about(manifest: Manifest) -> str:
    at = datetime.fromisoformat(manifest.made_at)
    return f"made on {at:%-d %B %Y at %H:%M} by Onroll {manifest.onroll}"


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 100_000 else f"{size / 1e3:.1f} kB"
