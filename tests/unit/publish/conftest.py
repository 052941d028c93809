"""The drawn study, published once for all tests of what was written."""

from pathlib import Path

import pytest

from casereview.publish import publish
from casereview.study.study import Study
from tests import drawn_publication


@pytest.fixture(scope="session")
def drawn_study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return drawn_publication.study(tmp_path_factory.mktemp("study"))


@pytest.fixture(scope="session")
def outputs(drawn_study: Study, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("outputs")
    release = drawn_publication.release(tmp_path_factory.mktemp("releases"))
    publish(drawn_study, release, drawn_publication.analysis(), drawn_publication.INTAKE, out)
    return out
