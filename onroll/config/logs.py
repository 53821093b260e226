"""Logs as JSON lines, without anything about a child or a person.

Query strings and bodies are not logged, and of an error only its kind and place: the message of a
database error quotes the row. An address may hold the key of a private link, so of an address only
its shape is logged.
"""

import logging
import logging.config
import traceback
from typing import Any

import structlog
from django.urls import Resolver404, resolve
from structlog.typing import EventDict

CHATTY = ("blueprints", "periodic")  # they list every task at every start
QUOTING = ("notifications_python_client",)
"""They log what a server said of an address; the outbox says it in our words."""
SHARED: list[Any] = [
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def without_message(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Replace an exception by its kind and traceback, without its message."""
    info = event.pop("exc_info", None)
    error = info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        frames = traceback.extract_tb(error.__traceback__)
        event["error"] = type(error).__name__
        event["where"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-8:]]
    return event


def with_shapes(record: logging.LogRecord) -> bool:
    """Replace the address of a request by its shape in its log line; it filters nothing out.

    An address that is not ours may be a link cut short or put together wrongly, so nothing of it
    is kept.
    """
    path = getattr(getattr(record, "request", None), "path", None)
    if path and isinstance(record.args, tuple):
        record.args = tuple(shape(path) if part == path else part for part in record.args)
    return True


def shape(path: str) -> str:
    """Return an address without what is filled in: `/refer/status/<link_key:key>/`."""
    try:
        return f"/{resolve(path).route}"
    except Resolver404:
        return "an address that is not here"


def set_up(level: str) -> None:
    """Log everything of Python, Django and the queue to standard error as JSON."""
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": SHARED,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            without_message,
            structlog.processors.JSONRenderer(),
        ],
    }
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"json": formatter},
            "filters": {"shapes": {"()": lambda: with_shapes}},
            "handlers": {
                "stderr": {
                    "class": "logging.StreamHandler",
                    "formatter": "json",
                    "filters": ["shapes"],
                }
            },
            "loggers": {
                **{f"procrastinate.{name}": {"level": "WARNING"} for name in CHATTY},
                **{name: {"level": "CRITICAL"} for name in QUOTING},
            },
            "root": {"handlers": ["stderr"], "level": level},
        }
    )
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
