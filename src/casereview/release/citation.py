"""How a release is cited (CITATION.cff 1.2.0) and what it says to who opens its folder (README.md)."""

import io
from typing import Any

from ruamel.yaml import YAML

from casereview.study.study import Study


def citation(study: Study) -> str:
    """CITATION.cff. Authors stand under their names as given; nothing is guessed about first and family names."""
    about = study.about
    fields: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use this release, please cite it as below.",
        "type": "dataset",
        "title": about.title,
        "version": about.version,
        "authors": [{"name": author.name} for author in about.team],
        "abstract": about.aim,
    }
    fields |= {"date-released": about.released} if about.released else {}
    fields |= {"license": about.licence} if about.licence else {}
    written = io.StringIO()
    yaml = YAML()
    yaml.width = 4096
    yaml.dump(fields, written)
    return written.getvalue()


def readme(study: Study) -> str:
    """README.md."""
    about = study.about
    made_up = f"\nThe data are synthetic: {about.synthetic}\n" if about.synthetic else ""
    return f"""# {about.title}: release {about.version}

**Restricted. Not checked for disclosure.** These are records of single cases. Do not publish, copy or pass them on.
{made_up}
- `data/` holds the tables as Parquet; `datapackage.json` describes every column, its answers and its absences.
- `study/` holds the study's files from which the release was made.
- `manifest.json` names every file with its size and SHA-256. `casereview verify` with this folder finds any that was changed.
- `CITATION.cff` says how to cite it.

A release never changes. What is corrected becomes another release.
"""
