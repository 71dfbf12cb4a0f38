"""The door plates as configured, with nothing behind them: enough to know what can be asked and said."""

from bot.config import Configured
from bot.core.directory import Directory
from bot.core.terms import read_terms
from bot.rooms import features


def plates(configured: Configured) -> Directory:
    """All rooms. Needs no database. Raises OperatorError where the terms cannot be read."""
    return Directory(features(configured.config, read_terms(configured.terms), lambda code: b""))
