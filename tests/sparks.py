"""Spark in tests: one on two cores for a whole run, made quick for tiny tables; and a cluster of the test's own."""

import os
import re
import subprocess
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from casereview.analysis.engines import spark_session

MASTER = "local[2]"
# To make code of each query, and to make that code fast, takes longer than to count a dozen cases without.
QUICK = (
    "--driver-memory 1g --driver-java-options '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC' "
    "--conf spark.sql.codegen.wholeStage=false --conf spark.sql.codegen.factoryMode=NO_CODEGEN "
    "--conf spark.sql.shuffle.partitions=1 pyspark-shell"
)
# As little as a worker will run on; queries are made into code, as they are for use.
SMALL = (
    "--driver-memory 1g --driver-java-options '-XX:TieredStopAtLevel=1' --conf spark.executor.memory=512m "
    "--conf spark.executor.extraJavaOptions=-XX:TieredStopAtLevel=1 pyspark-shell"
)
HOST = ("--host", "127.0.0.1", "--port", "0", "--webui-port", "0")


@contextmanager
def submitted(arguments: str) -> Iterator[None]:
    """Spark, when it starts next, starts with these; and what runs then is stopped."""
    before = os.environ.get("PYSPARK_SUBMIT_ARGS")
    spark_session.stop()
    os.environ["PYSPARK_SUBMIT_ARGS"] = arguments
    try:
        yield
    finally:
        with warnings.catch_warnings(action="ignore", category=ResourceWarning):  # of pyspark's sockets
            spark_session.stop()
        os.environ.pop("PYSPARK_SUBMIT_ARGS")
        if before is not None:
            os.environ["PYSPARK_SUBMIT_ARGS"] = before


@contextmanager
def a_master(folder: Path) -> Iterator[str]:
    """The address of a cluster's master, a process of its own on this machine; stopped at the end."""
    with _running(folder / "master", r"(spark://127\.0\.0\.1:\d+)", "master.Master", *HOST) as address:
        yield address


@contextmanager
def a_worker(folder: Path, name: str, master: str) -> Iterator[None]:
    """One of the cluster's workers, likewise."""
    wanted = ("--cores", "1", "--memory", "600m", "--work-dir", str(folder / name), master)
    with _running(folder / name, r"(Successfully registered with master)", "worker.Worker", *HOST, *wanted):
        yield


@contextmanager
def _running(folder: Path, ready: str, part: str, *arguments: str) -> Iterator[str]:
    import pyspark

    folder.mkdir()
    home = Path(pyspark.__file__).parent
    environment = os.environ | {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_DAEMON_MEMORY": "256m"}
    with (folder / "log").open("wb") as log:
        command = [home / "bin" / "spark-class", f"org.apache.spark.deploy.{part}", *arguments]
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        yield _said(folder / "log", ready, process)
    finally:
        process.terminate()
        process.wait()


def _said(log: Path, pattern: str, process: "subprocess.Popen[bytes]") -> str:
    """Wait for what a process says when it is ready."""
    while process.poll() is None:
        if found := re.search(pattern, log.read_text(errors="replace")):
            return found[1]
        time.sleep(0.1)
    raise AssertionError(log.read_text(errors="replace"))
