"""A world for a test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.world.world import World, opened, organiser


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """A network with nobody in it but Anna, who organises."""
    async with opened(tmp_path) as made:
        await organiser(made)
        yield made
