"""The commands as a person types them, on the starter study: what they say, what they leave, and how they end."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

OUTPUTS = ("briefing.html", "briefing.pdf", "briefing.docx", "report.html", "report.pdf", "report.docx", "tables.xlsx")


def casereview(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    code = "from casereview.cli import main; main()"
    return subprocess.run([sys.executable, "-c", code, *map(str, arguments)], capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def studied(tmp_path_factory) -> tuple[Path, Path]:
    """The starter study, run whole; and where its outputs went."""
    folder = tmp_path_factory.mktemp("studied")
    study, out = folder / "mine", folder / "out"
    assert casereview("new", study).returncode == 0
    run = casereview("run", study, "--out", out)
    assert (run.returncode, run.stderr) == (0, "")
    return study, out


def release_of(out: Path) -> Path:
    return out / "releases" / (out / "releases" / "LATEST").read_text().strip()


def test_run_leaves_everything_that_it_says(studied):
    _, out = studied
    assert all((out / name).stat().st_size for name in OUTPUTS)
    tables = json.loads((out / "tables.json").read_text())["tables"]
    assert tables["contact"]["cells"]["ever-known"]["count"] == 9
    assert tables["contact"]["base"] == 11
    intake = json.loads((out / "intake.json").read_text())["totals"]
    assert intake["there"] == intake["read"] + intake["unchanged"] + intake["refused"] == 50


def test_each_step_alone_comes_to_the_same(studied, tmp_path):
    study, out = studied
    for step in ("intake", "sample", "release", "analyse", "publish"):
        done = casereview(step, study, "--out", tmp_path)
        assert done.returncode == 0, done.stderr
    assert release_of(tmp_path).name == release_of(out).name
    for name in ("tables.json", *OUTPUTS):
        assert (tmp_path / name).read_bytes() == (out / name).read_bytes(), name


def test_a_second_run_changes_nothing(studied):
    study, out = studied
    before = release_of(out).name
    again = casereview("run", study, "--out", out)
    assert "0 read, 50 unchanged, 0 refused" in again.stdout
    assert release_of(out).name == before
    assert casereview("audit", "verify", study, "--out", out).returncode == 0


def test_a_spoilt_release_is_named(studied, tmp_path):
    study, out = studied
    shutil.copytree(out / "releases", tmp_path / "releases")
    spoilt = release_of(tmp_path) / "data" / "case.parquet"
    assert casereview("verify", release_of(tmp_path)).returncode == 0
    spoilt.chmod(0o644)
    spoilt.write_bytes(spoilt.read_bytes()[:-1] + b"x")
    found = casereview("verify", release_of(tmp_path))
    assert found.returncode == 6
    assert "data/case.parquet" in found.stderr
    assert casereview("analyse", study, "--out", tmp_path).returncode == 6


def test_every_kind_of_failure_has_its_code(studied, tmp_path):
    study, _ = studied
    assert casereview("nonsense").returncode == 2
    assert casereview("check", tmp_path / "nowhere").returncode == 3
    assert casereview("new", study).returncode == 3
    (tmp_path / "empty").mkdir()
    assert casereview("intake", study, "--data", tmp_path / "empty", "--out", tmp_path / "a").returncode == 4
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "casebook.db").write_text("this is no database, but a text that is long enough to be taken for one")
    assert casereview("intake", study, "--out", tmp_path / "b").returncode == 5
    assert casereview("analyse", study, "--out", tmp_path / "c").returncode == 6
    assert casereview("register", study).returncode == 0
    assert casereview("register", study).returncode == 7
    assert casereview("register", study, "--again").returncode == 0


def test_prose_that_says_what_its_table_does_not_is_refused(studied):
    study, out = studied
    finding = study / "findings" / "1-known.md"
    told = finding.read_text()
    try:
        finding.write_text(told + '\nThat is {{ contact.ever-known says "fewer than half" }} of them.\n')
        assert casereview("check", study).returncode == 0
        refused = casereview("publish", study, "--out", out)
        assert refused.returncode == 8
        assert "9 of 11" in refused.stderr
        finding.write_text(told + "\nThat is 82% of them.\n")
        assert casereview("check", study).returncode == 3
    finally:
        finding.write_text(told)


@pytest.mark.parametrize(("form", "name"), [("sav", "c.sav"), ("redcap", "c.csv"), ("ddi", "c.xml")])
def test_the_codebook_goes_out_and_comes_back(studied, tmp_path, form, name):
    study, _ = studied
    assert casereview("codebook", "export", study, tmp_path / name, "--to", form).returncode == 0
    if form != "ddi":
        back = casereview("codebook", "import", tmp_path / name, tmp_path / "codebook.yaml")
        assert back.returncode == 0, back.stderr
        assert "social" in (tmp_path / "codebook.yaml").read_text()
        assert casereview("codebook", "import", tmp_path / name, tmp_path / "codebook.yaml").returncode == 3


def test_a_file_that_cannot_be_read_stops_nothing_and_is_not_passed_over(studied, tmp_path):
    study, _ = studied
    shutil.copytree(study, tmp_path / "mine")
    (tmp_path / "mine" / "sources" / "children.csv").write_bytes(b"%PDF-1.7 not a table")
    done = casereview("run", tmp_path / "mine", "--out", tmp_path / "out")
    assert done.returncode == 4
    assert "children.csv" in done.stderr
    assert (tmp_path / "out" / "briefing.pdf").exists()
