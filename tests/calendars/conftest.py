"""A world for each test."""

from tests.world.conftest import world

__all__ = ["world"]
