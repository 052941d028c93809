"""Every paragraph holds on both engines."""

import pytest

from tests.spec.specification import Checked


@pytest.fixture(params=["duckdb", "plain"])
def specify(request, tmp_path):
    return Checked(tmp_path, request.param)
