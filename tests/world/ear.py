"""An ear at every log, which hears from DEBUG on what an operator's log shows, and all that it could have shown."""

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import structlog

from bot import app
from bot.core import faults
from bot.door.logs import formatter, quiet_logs
from storage import group, trouble

LIBRARY = "aiohttp.server"
"""Stands for whatever logs an error that it caught, with all that hangs on it."""


class Ear(logging.Handler):
    """`heard`: each line as the operator's log has it, and the arguments behind it. `database`: what whoever caught an
    error of the database could have printed of it."""

    def __init__(self, form: logging.Formatter | None = None) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(form or formatter())
        self.heard: list[str] = []
        self.database: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(f"{record.getMessage()} {record.args} {self.format(record)}")


class StrictEar(Ear):
    """Hears an error's own words too, where anybody logs one."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        self.heard.append(f"{record.getMessage()} {record.args} {error!r} {self.format(record)}")


@contextmanager
def at_the_root(ear: Ear) -> Iterator[None]:
    """The root logger at DEBUG, with this ear."""
    root = logging.getLogger()
    before = root.level
    root.addHandler(ear)
    root.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        root.removeHandler(ear)
        root.setLevel(before)


@contextmanager
def as_an_operator_logs(ear: Ear) -> Iterator[None]:
    """The logs as `headsup run` sets them, but at DEBUG; a library logs every error that the bot catches."""
    root, libraries = logging.getLogger(), logging.root.manager.loggerDict
    before = (root.level, root.handlers, {name: logging.getLogger(name).level for name in list(libraries)})
    with pytest.MonkeyPatch.context() as patch:
        listen_to_errors(patch, ear)
        quiet_logs(logging.DEBUG)
        root.handlers = [ear]
        try:
            yield
        finally:
            structlog.reset_defaults()
            root.level, root.handlers = before[:2]
            for name in list(libraries):
                logging.getLogger(name).setLevel(before[2].get(name, logging.NOTSET))


def listen_to_errors(patch: pytest.MonkeyPatch, ear: Ear) -> None:
    """Where errors end: what a handler raised, and what the database says before its words are taken away."""
    put_down, judge = faults.put_down, trouble.judge

    def log(error: BaseException) -> str:
        logging.getLogger(LIBRARY).error("an error was caught", exc_info=error)
        return put_down(error)

    def hear(error: BaseException) -> Any:
        ear.database.append("".join(traceback.format_exception(error)))
        return judge(error)

    patch.setattr(app, "put_down", log)
    patch.setattr(group, "judge", hear)
