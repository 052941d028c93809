"""Where a study's files, its data and what is made of them lie."""

import os
from dataclasses import dataclass
from pathlib import Path

from casereview.study.problems import Place, Problem, ReleaseRefused


@dataclass(frozen=True)
class Workplace:
    """`data` holds the files of sources.yaml. With `out` everything made goes there; otherwise into the study's folder."""

    study: Path
    data: Path
    out: Path | None
    database: str | None = None

    @property
    def casebook(self) -> str:
        """The casebook's database: the one named, or DATABASE_URL, or a file."""
        return self.database or os.environ.get("DATABASE_URL") or str((self.out or self.study) / "casebook.db")

    @property
    def originals(self) -> Path:
        """The folder beside the casebook in which original documents are kept."""
        return (self.out or self.study) / "documents"

    @property
    def releases(self) -> Path:
        """The folder of releases."""
        return (self.out or self.study) / "releases"

    @property
    def outputs(self) -> Path:
        """The folder of what people read, and of what scripts check."""
        return self.out or self.study / "outputs"

    def newest_release(self) -> Path:
        """The release made last. Raises ReleaseRefused if there is none."""
        latest = self.releases / "LATEST"
        if not latest.exists():
            problem = Problem(Place("releases"), "no-release", "There is no release yet.", "Make one: casereview release STUDY.")
            raise ReleaseRefused([problem])
        return self.releases / latest.read_text(encoding="utf-8").strip()


def workplace(study: Path, data: Path | None, out: Path | None) -> Workplace:
    """The workplace of a study; its data lie in its own `sources` folder unless said otherwise."""
    return Workplace(study, data or study / "sources", out)
