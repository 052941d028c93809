"""A dask cluster reads documents through the same interface as threads, and the casebook comes out the same."""

import pytest
from distributed import Client, LocalCluster

from casereview.casebook.intake import take_in
from casereview.casebook.opening import opened
from tests.casebooks import fingerprint, take, the_study, write_all, write_review


@pytest.mark.filterwarnings("default")  # distributed's own
def test_dask_gives_what_threads_give(tmp_path, django_db_blocker):
    study, data = the_study(), write_all(tmp_path / "data")
    write_review(data, "review-B.txt", "").write_bytes(b"%PDF-1.7 broken")
    with django_db_blocker.unblock():
        with opened(tmp_path / "threads" / "casebook.db"):
            by_threads = take(study, data)
            expected = fingerprint(study)
        with (
            LocalCluster(n_workers=1, threads_per_worker=2, dashboard_address=None) as cluster,
            Client(cluster) as client,
            client.get_executor(pure=False, retries=0) as executor,
            opened(tmp_path / "dask" / "casebook.db"),
        ):
            by_dask = take_in(study, data, executor=executor, progress=lambda *given: None)
            assert fingerprint(study) == expected
    assert by_dask.as_json() == by_threads.as_json()
    assert by_dask.sources[2].counts() == {"there": 3, "read": 2, "unchanged": 0, "refused": 1, "withdrawn": 0}
