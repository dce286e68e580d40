"""A key of its own for every test of the trail, and a shop that has been busy."""

from pathlib import Path
from random import Random
from typing import Any

import pytest

from bartizan.ground.trail.acts import act
from tests.ground.trail.edits import edit


@pytest.fixture(autouse=True)
def own_key(settings: Any, tmp_path: Path) -> Path:
    settings.TRAIL_KEY = tmp_path / "trail.key"
    return settings.TRAIL_KEY


@pytest.fixture
def busy_shop(db) -> Random:
    """A shop after eighty acts, some with a reason; several tiles of entries."""
    random = Random(28000)
    for turn in range(80):
        with act(None, through="import" if turn % 2 else "page", why="why " * (turn % 3)):
            for _ in range(8):
                edit(random)
    return random
