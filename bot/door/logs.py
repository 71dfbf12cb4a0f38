"""Logs for an operator: one JSON line each, and nothing personal, least of all when things fail."""

import logging
import resource
import sys
import traceback
import warnings
from collections.abc import MutableMapping
from typing import Any

import structlog

# Measured: the defaults of these libraries print parameters, payloads or tokens at DEBUG, some at INFO.
TALKATIVE = (
    "alembic",
    "aiosqlite",
    "sqlalchemy",
    "asyncpg",
    "slack_sdk",
    "slack_bolt",
    "discord",
    "aiohttp",
    "apscheduler",
)


_SAID: list[Any] = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def quiet_logs(level: int = logging.INFO) -> None:
    """Send our own log to standard error; keep libraries at WARNING whatever the level; leave no core dumps."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter())
    root = logging.getLogger()
    root.handlers, root.level = [handler], level
    _one_way_out()
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
    warnings.simplefilter("ignore")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def formatter() -> logging.Formatter:
    """Time, level, logger and event as JSON; of an exception only what it is and where it arose."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_SAID,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _only_where,
            structlog.processors.JSONRenderer(),
        ],
    )


def _one_way_out() -> None:
    """What structlog's own loggers say leaves by the same handler: by default they print, locals of errors included."""
    structlog.configure(
        processors=[*_SAID, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def _only_where(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Messages and locals of exceptions can hold what people wrote: keep the class and the lines alone."""
    error = event.pop("exc_info", None)
    if isinstance(error, tuple) and error[0] is not None:
        frames = traceback.extract_tb(error[2])
        event["error"] = error[0].__name__
        event["at"] = [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in frames[-6:]]
    return event
