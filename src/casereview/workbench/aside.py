"""Long work in a process of its own, so that nobody else waits: it would hold this one's interpreter, and with it every page.

    content = aside.run(made, handle, asked)

calls `made(handle, asked)` with the same database open. It must be a function of a module, and what goes in and comes out must
be fit to be pickled. The process is started once, with a fresh interpreter, and ends by itself when it has long had
nothing to do.
"""

import atexit
import json
import subprocess
import sys
import traceback
from collections.abc import Callable
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from threading import Lock
from typing import Any, ParamSpec, TypeVar

from django.db import connections

IDLE = 600
"""Seconds without work after which the process ends."""

_START = "import json, sys; sys.path[:] = json.loads(sys.argv[2]); from casereview.workbench.aside import work; work(sys.argv[1])"
"""Not multiprocessing's own way, which would run the program that serves once more."""

Given = ParamSpec("Given")
Result = TypeVar("Result")


class WorkFailed(RuntimeError):
    """The work raised, which is a programmer's fault, or its process died; the message is the traceback of there."""


class _Worker:
    """The process, and the pipe to it. One piece of work at a time."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.pipe: Connection | None = None

    def ready(self) -> Connection:
        """The pipe to a process that lives."""
        if self.process is None or self.pipe is None or self.process.poll() is not None:
            self.gone()
            self.pipe, theirs = Pipe()
            command = [sys.executable, "-P", "-c", _START, str(theirs.fileno()), json.dumps(sys.path)]
            self.process = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)  # noqa: S603
            theirs.close()
        return self.pipe

    def gone(self) -> None:
        """Forget a process that has ended, or is about to."""
        if self.process is not None and self.pipe is not None:
            self.pipe.close()
            self.process.wait()
        self.process = self.pipe = None

    def done(self, *asked: Any) -> tuple[bool, Any]:
        """Whether it went well, and what it gave."""
        with self.lock:
            try:
                return self._answered(*asked)
            except (EOFError, OSError) as error:
                self.gone()
                return False, f"The process died ({type(error).__name__})."

    def _answered(self, *asked: Any) -> tuple[bool, Any]:
        pipe = self.ready()
        try:
            pipe.send(asked)
        except OSError:  # it has just ended for want of work
            self.gone()
            pipe = self.ready()
            pipe.send(asked)
        return pipe.recv()  # type: ignore[no-any-return]


_worker = _Worker()
atexit.register(_worker.gone)


def run(work: Callable[Given, Result], *given: Given.args, **named: Given.kwargs) -> Result:
    """What a function gives, called in the other process. Raises WorkFailed."""
    well, result = _worker.done(connections.settings, work, given, named)
    if not well:
        raise WorkFailed(result)
    return result  # type: ignore[no-any-return]


def start() -> None:
    """Start the process, without waiting for it, so that the work to come need not."""
    if _worker.lock.acquire(blocking=False):
        try:
            _worker.ready()
        finally:
            _worker.lock.release()


def work(descriptor: str) -> None:
    """In the other process: do what is asked until nothing is, or nobody is there to ask. descriptor: of its end of the pipe."""
    import django

    django.setup()
    pipe = Connection(int(descriptor))
    while pipe.poll(IDLE):
        try:
            databases, work, given, named = pipe.recv()
        except EOFError:
            return
        pipe.send(_outcome(databases, work, given, named))


def _outcome(databases: Any, work: Callable[..., Any], given: Any, named: Any) -> tuple[bool, Any]:
    _close()
    connections.settings = databases
    try:
        return True, work(*given, **named)
    except Exception:
        return False, traceback.format_exc()
    finally:
        _close()


def _close() -> None:
    connections["default"].close()
    del connections["default"]
