"""`casereview project export` and `import`: what they write, say, put on record and refuse."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from casereview.casebook import opened
from casereview.casebook.models import AuditEvent
from casereview.cli.commands import casereview
from casereview.study.problems import Refused
from casereview.study.start import start


def run(*arguments: object) -> str:
    done = CliRunner().invoke(casereview, [str(one) for one in arguments])
    if done.exception is not None:
        raise done.exception
    return done.output


@pytest.fixture
def study(tmp_path, django_db_blocker) -> Path:
    with django_db_blocker.unblock():
        start(tmp_path / "study")
        yield tmp_path / "study"


def test_each_file_is_written_beside_its_losses_and_put_on_record(study, tmp_path):
    for ending in ("qdpx", "qdc", "jsonld", "csv", "xlsx", "sav"):
        file = tmp_path / f"out.{ending}"
        said = run("project", "export", study, file)
        assert f"{file}.losses.txt" in said
        assert "- " in Path(f"{file}.losses.txt").read_text(encoding="utf-8")
        assert file.stat().st_size > 0
    with opened(study / "casebook.db", study / "documents"):
        left = [json.loads(event.detail)["of"] for event in AuditEvent.objects.filter(act="let-out").order_by("number")]
    assert left == ["project", "codebook", "annotations", "case-table", "case-table", "case-table"]
    assert "nothing: all of it was there" in run("project", "import", study, tmp_path / "out.qdpx")
    assert "nothing: all of it was there" in run("project", "import", study, tmp_path / "out.qdc")


@pytest.mark.parametrize("arguments", [["out.docx"], ["out.csv", "--unit", "aunt"]])
def test_what_is_not_known_is_refused(study, tmp_path, arguments):
    with pytest.raises(Refused, match="unknown-name"):
        run("project", "export", study, tmp_path / arguments[0], *arguments[1:])
