"""A dask cluster reads documents through the same interface as threads, and the casebook comes out the same."""

import pytest
from distributed.scheduler import NoWorkerError

from casereview.casebook.intake import take_in
from casereview.casebook.opening import opened
from casereview.cli import executors
from casereview.cli.executors import executing
from casereview.documents import read_isolated
from tests.casebooks import fingerprint, take, the_study, write_all, write_review


@pytest.mark.filterwarnings("default")  # distributed's own
def test_dask_gives_what_threads_give(tmp_path, django_db_blocker):
    study, data = the_study(), write_all(tmp_path / "data")
    write_review(data, "review-B.txt", "").write_bytes(b"%PDF-1.7 broken")
    with django_db_blocker.unblock():
        with opened(tmp_path / "threads" / "casebook.db"):
            by_threads = take(study, data)
            expected = fingerprint(study)
        with executing("dask", 1) as executor, opened(tmp_path / "dask" / "casebook.db"):
            by_dask = take_in(study, data, executor=executor, progress=lambda *given: None)
            assert fingerprint(study) == expected
    assert by_dask.as_json() == by_threads.as_json()
    assert by_dask.sources[2].counts() == {"there": 3, "read": 2, "unchanged": 0, "refused": 1, "withdrawn": 0}


@pytest.mark.filterwarnings("default")
def test_a_cluster_that_has_lost_its_workers_does_not_wait_for_ever(tmp_path, monkeypatch):
    monkeypatch.setattr(executors, "PATIENCE", "1s")
    (tmp_path / "review.txt").write_text("Fictional.")
    with executing("dask", 1) as executor:
        for worker in list(executor._client.scheduler_info()["workers"]):
            executor._client.retire_workers([worker])
        with pytest.raises(NoWorkerError):
            executor.submit(read_isolated, tmp_path / "review.txt").result(timeout=60)
