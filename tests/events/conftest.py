"""A world for a test of events."""

from tests.world.conftest import world

__all__ = ["world"]
