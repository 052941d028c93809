"""What every test shares."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# The same examples every time in the default run; `make long` looks for new ones.
settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With several workers: what a file sets up is set up by one of them, and so is Spark, of which each would have its own."""
    for item in items:
        needs_spark = "spark" in getattr(item, "fixturenames", ())
        item.add_marker(pytest.mark.xdist_group("spark" if needs_spark else item.nodeid.partition("::")[0]))
        if needs_spark:  # pyspark leaves the socket of each answer to be closed when nobody holds it any more
            item.add_marker(pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"))


@pytest.fixture(scope="session")
def spark() -> Iterator[str]:
    """The master of the one Spark of a run."""
    from tests.sparks import MASTER, QUICK, submitted

    with submitted(QUICK):
        yield MASTER


@pytest.fixture(scope="session")
def database() -> Iterator[str]:
    """The address of a PostgreSQL database of the run's own."""
    from tests.casebooks import postgresql, postgresql_programs

    if postgresql_programs() is None:
        pytest.skip("PostgreSQL's server programs are not installed")
    with postgresql() as socket:
        yield f"postgresql://casereview@/postgres?host={socket}"
