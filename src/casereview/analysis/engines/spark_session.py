"""A Spark session, quiet and alone: one Spark a process, stopped with it. Every setting of Spark stands here."""

import atexit
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from casereview.study.problems import EngineRefused, Place, Problem

if TYPE_CHECKING:
    from pyspark import SparkConf, SparkContext
    from pyspark.sql import SparkSession

OPENING = {
    "spark.app.name": "casereview",
    "spark.driver.memory": "4g",
    "spark.log.level": "ERROR",
    "spark.sql.shuffle.partitions": "4",  # what is gathered are counts, and few, however many the records
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
"""How Spark starts, unless its own settings say otherwise: it shows nothing, on a page or on this terminal."""

ALONE = {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}
"""And on this machine: it listens to no other."""

MEANING = {
    "spark.sql.ansi.enabled": "true",  # a number that does not fit is refused, never cut
    "spark.sql.caseSensitive": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.variable.substitute": "false",  # ${…} in an answer is text
}
"""What the answers rest on, whatever a cluster's own settings are."""

HERE = "local[*]"
"""The master where none is named: every core of this machine."""

PATIENCE = 60
"""For so many seconds a cluster may give no worker at all."""

_INSTALL = "Install it: pip install 'casereview[spark]', and a Java 17 runtime (Debian and Ubuntu: openjdk-17-jre-headless)."
_MASTER = "Use Java 17 or 21, and a master that answers and has workers to spare, such as --master spark://HOST:7077."


def session(master: str = "") -> "SparkSession":
    """A session with tables of its own, on a master; by default on what spark-submit says, or else on this machine.

    Another master than the last stops the last, and the sessions on it. Raises EngineRefused.
    """
    _installed()
    from pyspark.sql import SparkSession

    made = SparkSession(_context(master)).newSession()
    for name, value in MEANING.items():
        made.conf.set(name, value)
    return made


def stop() -> None:
    """Stop Spark, and the Java in which it was started here."""
    from pyspark import SparkContext

    if SparkContext._active_spark_context:
        SparkContext._active_spark_context.stop()
    while _started_here:
        _started_here.pop().end()


def refused(code: str, cause: str, remedy: str = _INSTALL) -> EngineRefused:
    """Why Spark does not count."""
    return EngineRefused([Problem(Place("--engine spark"), code, cause, remedy)])


@contextmanager
def refusals() -> Iterator[None]:
    """What Spark says of a query that it cannot run, as a refusal."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (Py4JError, PySparkException) as error:
        remedy = "See that every worker reads the release's folder under the same path, and has memory to spare."
        raise refused("spark-failed", f"Spark gave up: {reason(error)}.", remedy) from error


def reason(error: BaseException) -> str:
    """The first line of what Java says of an error, without the names of its classes and states."""
    said = str(getattr(error, "java_exception", None) or error).strip().partition("\n")[0]
    return re.sub(r"^(?:[\w.$]+(?:Exception|Error): )*(?:\[[\w.]+\] )?|\.?(?: SQLSTATE: \w+)?$", "", said)


def _installed() -> None:
    try:
        import pyspark  # noqa: F401
    except ModuleNotFoundError as error:
        raise refused("no-spark", "pyspark is not installed.") from error


def _context(master: str) -> "SparkContext":
    from pyspark import SparkContext

    running = SparkContext._active_spark_context
    if running and master in ("", running.master):
        return running
    stop()
    if "PYSPARK_GATEWAY_PORT" not in os.environ:
        master = master or HERE
        _started_here.append(Java(master))
    return _with_workers(_on(master))


def _on(master: str) -> "SparkContext":
    from py4j.protocol import Py4JError
    from pyspark import SparkConf, SparkContext

    conf = SparkConf()  # as spark-submit has made it of all that is set
    for name, value in OPENING.items():
        conf.setIfMissing(name, value)
    try:
        return SparkContext(conf=conf.setMaster(master) if master else conf)
    except (Py4JError, ValueError) as error:
        raise refused(
            "spark-not-started", f"Spark does not start on {master or 'its master'}: {reason(error)}.", _MASTER
        ) from error


def _with_workers(context: "SparkContext") -> "SparkContext":
    """A cluster once it has given a worker: without one, a count would wait for ever."""
    from py4j.protocol import Py4JError

    master, until = str(context.master), time.monotonic() + PATIENCE
    if master.startswith("local") or context.getConf().get("spark.dynamicAllocation.enabled") == "true":
        return context
    with suppress(Py4JError):  # a cluster that does not answer stops the session
        while time.monotonic() < until:
            if context._jsc.sc().getExecutorMemoryStatus().size() > 1:  # the first is this process
                return context
            time.sleep(0.1)
    stop()
    raise refused("spark-no-workers", f"{master} gave no worker within {PATIENCE} seconds.", _MASTER)


class Java:
    """The Java virtual machine in which Spark runs, with what it says in a file of its own, gone with it."""

    def __init__(self, master: str) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="casereview-spark-"))
        atexit.register(stop)
        try:
            self._gateway = self._launched(master)
        except BaseException:
            shutil.rmtree(self._folder)
            raise

    def end(self) -> None:
        """Stop it, and clear up."""
        from pyspark import SparkContext

        SparkContext._gateway = SparkContext._jvm = None
        self._gateway.shutdown()
        self._gateway.proc.stdin.close()  # it ends when nobody is left who could speak to it
        self._gateway.proc.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _launched(self, master: str) -> Any:
        from pyspark import SparkContext
        from pyspark.errors import PySparkRuntimeError
        from pyspark.java_gateway import launch_gateway

        _java_installed()
        with (self._folder / "log").open("wb") as log, _environment(master):
            try:
                gateway = launch_gateway(self._conf(master), {"stdout": log, "stderr": log})  # type: ignore[no-untyped-call]
            except PySparkRuntimeError as error:
                raise refused("spark-not-started", f"Spark does not start: {self._last_words()}.", _MASTER) from error
        SparkContext._gateway, SparkContext._jvm = gateway, gateway.jvm
        return gateway

    def _conf(self, master: str) -> "SparkConf":
        from pyspark import SparkConf

        settings = OPENING | {"spark.master": master, "spark.sql.warehouse.dir": str(self._folder)}
        return SparkConf(loadDefaults=False).setAll(list((settings | (ALONE if _alone(master) else {})).items()))

    def _last_words(self) -> str:
        lines = (self._folder / "log").read_text(errors="replace").strip().splitlines() or ["it does not say why"]
        return next((line for line in lines if "Exception" in line or "Error" in line), lines[-1]).rstrip(".")


_started_here: list[Java] = []


def _java_installed() -> None:
    home = os.environ.get("JAVA_HOME")
    if not shutil.which("java", path=str(Path(home) / "bin") if home else None):
        raise refused("no-java", f"There is no Java {f'in JAVA_HOME, {home}' if home else 'on the path'}.")


def _alone(master: str) -> bool:
    return master.startswith("local") or urlsplit(master).hostname in ("localhost", "127.0.0.1")


@contextmanager
def _environment(master: str) -> Iterator[None]:
    """What Spark's own scripts look for while they start."""
    before = dict(os.environ)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    if _alone(master):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
