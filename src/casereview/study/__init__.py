"""The study folder: read it, check it, explain what is wrong with it. Pure: no database, no engine."""

from pathlib import Path

from casereview.study.problems import Problem, StudyRefused
from casereview.study.study import Study


def check(folder: Path) -> list[Problem]:
    """Every finding in a study's files, in the order of files and lines; none if the study is sound."""
    from casereview.study.checks import checked
    from casereview.study.reading import read_folder

    reading = read_folder(folder)
    return sorted({*reading.problems, *(checked(reading.study) if reading.study else ())})


def read(folder: Path) -> Study:
    """The study in a folder. Raises StudyRefused with every finding."""
    from casereview.study.checks import checked
    from casereview.study.reading import read_folder

    reading = read_folder(folder)
    problems = [*reading.problems, *(checked(reading.study) if reading.study else ())]
    if problems or reading.study is None:
        raise StudyRefused(problems)
    return reading.study
