"""Content that contradicts the study is the programme's fault: it is raised, and no release is written."""

import pytest

from casereview.release import freeze
from tests.builders import a_study, absent, cases, content, known

BANDS = {"type": "ordered", "categories": {"a": "A", "b": "B"}, "derived": {"banded": "age", "cuts": [1]}}
STUDY = a_study(
    {
        "plan": {},
        "age": {"type": "number"},
        "when": {"type": "date"},
        "hurt": {"type": "yes-no", "unit": "child"},
        "agencies": {"type": "multiple", "categories": {"health": "Health"}},
        "old": BANDS,
    },
    people=("child",),
    themes={"practice": {"label": "Practice"}},
    samples=("deep",),
)
PASSAGE = {"passage": "p", "document": "d", "start": 0, "end": 1}


@pytest.mark.parametrize(
    ("tables", "cause"),
    [
        ({"values": [known("a", "plan", "perhaps")]}, "no category"),
        ({"values": [known("a", "agencies", '["health", "fire"]')]}, "no category"),
        ({"values": [known("a", "age", "old")]}, "no number"),
        ({"values": [known("a", "age", "nan")]}, "no number"),
        ({"values": [known("a", "when", "2 May 2015")]}, "no date"),
        ({"values": [known("a", "nothing", "yes")]}, "no recorded variable"),
        ({"values": [known("a", "hurt", "yes")]}, "no recorded variable"),
        ({"values": [known("a", "old", "a")]}, "no recorded variable"),
        ({"values": [known("z", "plan", "yes")]}, "no record"),
        ({"values": [absent("a", "plan", "lost")]}, "unknown absences"),
        ({"values": [{"record": "a", "variable": "plan"}]}, "both or neither"),
        ({"values": [known("a", "plan", "yes"), known("a", "plan", "no")]}, "rows of values twice"),
        ({"cases": cases("a", "a")}, "rows of cases twice"),
        ({"cases": cases("a", wave="w9")}, "wave of cases"),
        ({"cases": [{"case": "a"}]}, "wave of cases"),
        ({"people": [{"person": "p", "case": "z", "role": "child"}]}, "case of people not in cases"),
        ({"people": [{"person": "p", "case": "a", "role": "aunt"}]}, "role of people"),
        ({"documents": [{"document": "d", "case": "z"}]}, "case of documents not in cases"),
        ({"passages": [PASSAGE]}, "document of passages not in documents"),
        ({"codings": [{"passage": "p", "code": "practice"}]}, "passage of codings not in passages"),
        (
            {"documents": [{"document": "d"}], "passages": [PASSAGE], "codings": [{"passage": "p", "code": "blame"}]},
            "code of codings",
        ),
        ({"evidence": [{"value_id": "v", "passage": "p"}]}, "value_id of evidence not in values"),
        ({"samples": [{"sample": "deep", "case": "a", "status": "lost"}]}, "status of samples"),
        ({"samples": [{"sample": "shallow", "case": "a", "status": "drawn"}]}, "sample of samples"),
    ],
)
def test_faults_are_raised(tables, cause, tmp_path):
    with pytest.raises(ValueError, match=cause):
        freeze(STUDY, content(**({"cases": cases("a")} | tables)), tmp_path)
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith(".")] == []


def test_sound_content_is_not_refused(tmp_path):
    values = [known("a", "when", "2015"), known("a", "age", "-1.5"), known("a", "agencies", "[]"), absent("a", "plan", "unclear")]
    assert freeze(STUDY, content(cases=cases("a"), values=values), tmp_path).is_dir()


def test_what_a_failed_run_left_is_cleaned_by_the_next(tmp_path):
    with pytest.raises(ValueError, match="twice"):
        freeze(STUDY, content(cases=cases("a", "a")), tmp_path)
    folder = freeze(STUDY, content(cases=cases("a")), tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {folder.name, "LATEST", ".lock"}
