"""What the command says: problems all at once, a bar for what takes long, one plain summary at the end."""

import sys
import time
from collections.abc import Iterable
from typing import Any

import click

from casereview.study.problems import Problem

PATIENCE = 1.0
"""Seconds after which a step shows a bar."""


def say_problems(problems: Iterable[Problem]) -> None:
    """Every problem, on standard error, with how many there are."""
    listed = list(problems)
    for problem in listed:
        click.echo(str(problem), err=True)
    click.echo(f"\n{counted(len(listed), 'problem')} found.", err=True)


def say(text: str) -> None:
    """Plain words on standard output."""
    click.echo(text)


def counted(number: int, noun: str, several: str | None = None) -> str:
    """A number with its noun: 1 problem, 2 problems, 1,099 cases."""
    return f"{number:,} {noun if number == 1 else several or noun + 's'}"


class Bars:
    """A progress callback: one bar a label, on standard error, only at a terminal and only after a second."""

    def __init__(self) -> None:
        self.began: dict[str, float] = {}
        self.bar: Any = None
        self.label = ""

    def __call__(self, label: str, done: int, total: int) -> None:
        """Show that `done` of `total` are done."""
        began = self.began.setdefault(label, time.monotonic())
        if not sys.stderr.isatty() or time.monotonic() - began < PATIENCE:
            return
        if label != self.label:
            self.end()
            self.label, self.bar = label, click.progressbar(length=total, label=label, file=sys.stderr)
        self.bar.length = total
        self.bar.update(done - self.bar.pos)

    def end(self) -> None:
        """Close the bar that is open."""
        if self.bar is not None:
            self.bar.render_finish()
        self.bar, self.label = None, ""
