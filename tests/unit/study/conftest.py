"""A sound study, to be spoilt."""

from pathlib import Path

import pytest

from tests.sound_study import Spoilt


@pytest.fixture
def spoilt(tmp_path: Path) -> Spoilt:
    """A sound study, to be spoilt."""
    return Spoilt(tmp_path / "study")
