"""What the tests of the casebook share."""

from pathlib import Path

import pytest


@pytest.fixture
def data(tmp_path) -> Path:
    return tmp_path / "data"
