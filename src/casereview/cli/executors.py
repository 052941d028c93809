"""Who reads the documents: threads on this machine, or a dask cluster, through the same futures."""

import os
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import Any

from casereview.study.problems import Place, Problem, SourcesRefused

PATIENCE = "60s"
"""How long documents wait where a cluster of ours has no worker left."""


@contextmanager
def executing(name: str, workers: int | None) -> Iterator[Executor]:
    """An executor by name: `threads`, `dask` (a cluster on this machine) or `dask:ADDRESS`. Raises SourcesRefused."""
    if name == "threads":
        # Threads only wait here: each document is read in a process of its own.
        with ThreadPoolExecutor(workers or os.cpu_count() or 1) as pool:
            yield pool
    elif name == "dask" or name.startswith("dask:"):
        with _dask(name.partition(":")[2], workers) as pool:
            yield pool
    else:
        raise _unknown(name)


@contextmanager
def _dask(address: str, workers: int | None) -> Iterator[Executor]:
    try:
        import dask
        from distributed import Client, LocalCluster
    except ModuleNotFoundError as error:
        remedy = "Install it: pip install 'casereview[cluster]'."
        raise SourcesRefused([Problem(Place("--executor"), "no-dask", "dask is not installed.", remedy)]) from error
    with ExitStack() as stack:
        # Without it, documents would wait for ever for workers that have all died.
        stack.enter_context(dask.config.set({"distributed.scheduler.no-workers-timeout": PATIENCE}))
        where: Any = address or stack.enter_context(_local(LocalCluster, workers))
        client = stack.enter_context(Client(where))  # type: ignore[no-untyped-call]
        # pure=False: reading the same path twice is two readings; retries=0: a document that kills its reader is refused.
        yield client.get_executor(pure=False, retries=0)


def _local(cluster: Any, workers: int | None) -> Any:
    return cluster(n_workers=workers or os.cpu_count(), threads_per_worker=1, dashboard_address=None)


def _unknown(name: str) -> SourcesRefused:
    cause = f"There is no executor “{name}”."
    return SourcesRefused([Problem(Place("--executor"), "unknown-executor", cause, "Use threads, dask or dask:ADDRESS.")])
