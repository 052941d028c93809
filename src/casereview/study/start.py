"""Start a study: a small sound one, with fictional data, that runs as it is and is to be written over."""

from importlib.resources import as_file, files
from pathlib import Path
from shutil import copytree

from casereview.study import schema
from casereview.study.problems import Place, Problem, StudyRefused

UNSHARED = """\
# What is sensitive, or made from it, is never put under version control.
/sources/
/documents/
/casebook.db*
/page-images/
/session.key
/releases/
/outputs/
"""


def start(folder: Path) -> list[Path]:
    """Write the starter study into an empty or new folder. Raises StudyRefused if something is there already."""
    if folder.exists() and any(folder.iterdir()):
        remedy = "Name a folder that is empty or not there yet."
        raise StudyRefused([Problem(Place(folder.name), "folder-in-use", "This folder already holds files.", remedy)])
    with as_file(files("casereview.study") / "starter") as starter:
        copytree(starter, folder, dirs_exist_ok=True)
    schema.write(folder / ".schema")
    (folder / ".gitignore").write_text(UNSHARED, encoding="utf-8")
    return sorted(path for path in folder.rglob("*") if path.is_file())
