"""The Slack of the tests, for the adapter's own."""

from tests.slack.conftest import client, clock, slack

__all__ = ["client", "clock", "slack"]
