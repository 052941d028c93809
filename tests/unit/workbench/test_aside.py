"""Work in a process of its own: with the same casebook, and with its faults told."""

import os

import pytest

from casereview.casebook.models import Case
from casereview.workbench import aside


def keys(prefix: str) -> tuple[int, list[str]]:
    return os.getpid(), [prefix + key for key in Case.objects.order_by("key").values_list("key", flat=True)]


def failing() -> None:
    raise ZeroDivisionError("of its own")


def dying() -> None:
    os._exit(1)


@pytest.mark.usefixtures("served")
def test_work_is_done_elsewhere_with_the_same_casebook():
    process, found = aside.run(keys, prefix="case ")
    assert found == [f"case {key}" for key in "ABCD"]
    assert process != os.getpid()
    assert aside.run(keys, "")[0] == process


@pytest.mark.usefixtures("served")
def test_what_fails_there_is_told_here_and_the_next_work_is_done():
    with pytest.raises(aside.WorkFailed, match=r"(?s)failing.*of its own"):
        aside.run(failing)
    with pytest.raises(aside.WorkFailed, match="died"):
        aside.run(dying)
    aside.start()
    assert len(aside.run(keys, "")[1]) == 4
