"""Settings from the environment: each is read once, checked, and listed in docs/running.md."""

import os
import re
from dataclasses import dataclass
from datetime import time
from pathlib import Path


class BadSetting(Exception):
    """A setting in the environment makes no sense; the message says which and why."""


@dataclass(frozen=True)
class Variable:
    """One environment variable: its name, default and purpose."""

    name: str
    default: str
    about: str


VARIABLES: dict[str, Variable] = {}
UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
YES, NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


def env_text(name: str, default: str, about: str) -> str:
    """Return a text, stripped."""
    VARIABLES[name] = Variable(name, default, about)
    return os.environ.get(name, default).strip()


def env_choice(name: str, default: str, choices: tuple[str, ...], about: str) -> str:
    """Return one of a few words."""
    value = env_text(name, default, about)
    if value not in choices:
        raise BadSetting(f"{name} is {value!r}; it must be one of {', '.join(choices)}.")
    return value


def env_bool(name: str, default: bool, about: str) -> bool:
    """Return yes or no; anything that is neither is refused."""
    value = env_text(name, "yes" if default else "no", about).lower()
    if value not in YES | NO:
        raise BadSetting(f"{name} is {value!r}; it must be yes or no.")
    return value in YES


def env_int(name: str, default: int, about: str, *, low: int, high: int) -> int:
    """Return a whole number between `low` and `high`, both allowed."""
    value = env_text(name, str(default), f"{about} From {low} to {high}.")
    if not value.isdecimal() or not low <= int(value) <= high:
        raise BadSetting(f"{name} is {value!r}; it must be a whole number from {low} to {high}.")
    return int(value)


def env_list(name: str, default: str, about: str) -> list[str]:
    """Return the parts of a text with commas."""
    return [part.strip() for part in env_text(name, default, about).split(",") if part.strip()]


def env_socket(name: str, about: str) -> str:
    """Return where something listens: the path of a socket, host:port, or nothing."""
    value = env_text(name, "", about)
    if value and not re.fullmatch(r"/.+|[^\s/:]+:[0-9]{1,5}", value):
        raise BadSetting(f"{name} is {value!r}; it must be the path of a socket, or host:port.")
    return value


def env_uuid(name: str, about: str) -> str:
    """Return an identifier such as `f33517ff-2a88-4f6e-b855-c550268ce08a`, or nothing."""
    value = env_text(name, "", about)
    if value and not re.fullmatch(UUID, value):
        raise BadSetting(f"{name} is {value!r}; it must be like f33517ff-2a88-4f6e-….")
    return value


def env_hours(name: str, default: str, about: str) -> tuple[time, time] | None:
    """Return when hours begin and end, from `21:00-08:00`; None for nothing."""
    value = env_text(name, default, about)
    if value in ("", "none"):
        return None
    try:
        begins, ends = (time.fromisoformat(part) for part in value.split("-"))
    except ValueError:
        raise BadSetting(f"{name} is {value!r}; it must be like 21:00-08:00, or none.") from None
    return begins, ends


def env_secret(name: str, about: str, *, shortest: int = 0) -> str:
    """Return a secret, or the content of the file in `NAME_FILE`; empty if neither is set."""
    env_known(name, about)
    env_known(f"{name}_FILE", f"A file that holds {name} instead, readable by the service only.")
    value = read_secret(name)
    if value and len(value) < shortest:
        raise BadSetting(f"{name} has {len(value)} characters; it needs at least {shortest}.")
    return value


def read_secret(name: str) -> str:
    """Return a secret that is listed elsewhere, from its variable or its file."""
    value, file = (os.environ.get(key, "").strip() for key in (name, f"{name}_FILE"))
    if value and file:
        raise BadSetting(f"Set {name} or {name}_FILE, not both.")
    if not file:
        return value
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise BadSetting(f"{name}_FILE cannot be read: {error.strerror}.") from None


def env_known(name: str, about: str) -> None:
    """List a variable that another part reads."""
    VARIABLES[name] = Variable(name, "", about)
