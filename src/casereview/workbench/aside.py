"""Long work in a process of its own, so that nobody else waits: it would hold this one's interpreter, and with it every page.

    content = aside.run(made, handle, asked)

calls `made(handle, asked)` with the same database open. It must be a function of a module, and what goes in and comes out must
be fit to be pickled. The process is started once, with a fresh interpreter, and ends by itself when it has long had
nothing to do.
"""

import traceback
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Lock
from typing import Any, ParamSpec, TypeVar

from django.db import connections

IDLE = 600
"""Seconds without work after which the process ends."""

Given = ParamSpec("Given")
Result = TypeVar("Result")


class WorkFailed(RuntimeError):
    """The work raised, which is a programmer's fault, or its process died; the message is the traceback of there."""


class _Worker:
    """The process, and the pipe to it. One piece of work at a time."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.process: BaseProcess | None = None
        self.pipe: Connection | None = None

    def ready(self) -> Connection:
        """The pipe to a process that lives."""
        if self.process is None or self.pipe is None or not self.process.is_alive():
            self.gone()
            fresh = get_context("spawn")
            self.pipe, theirs = fresh.Pipe()
            self.process = fresh.Process(target=_work, args=(theirs,), daemon=True)
            self.process.start()
            theirs.close()
        return self.pipe

    def gone(self) -> None:
        """Forget a process that has ended, or is about to."""
        if self.process is not None and self.pipe is not None:
            self.pipe.close()
            self.process.join()
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


def _work(pipe: Connection) -> None:
    """In the other process: do what is asked until nothing is, or nobody is there to ask."""
    import django

    django.setup()
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
