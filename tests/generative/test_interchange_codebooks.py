"""Codebooks there and back again: what a format can hold comes back as it went."""

import contextlib
import itertools
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from casereview.interchange import as_codebook_yaml, redcap, sav
from casereview.interchange.imported import slug_of
from casereview.interchange.redcap_codebook import read as read_redcap
from casereview.interchange.redcap_logic import Field, Inexpressible, branching, condition
from casereview.interchange.sav_codebook import read_codebook
from casereview.study.codebook import Codebook
from casereview.study.conditions import holds, parse
from casereview.study.yaml_file import load_text
from tests.builders import a_study

WORDS = (
    st.text(st.sampled_from("abcdefg éß,;'\"=+@#{}"), min_size=1, max_size=12)
    .map(str.strip)
    .filter(lambda text: slug_of(text) != "unnamed")
)
LABELS = WORDS.filter(lambda text: slug_of(text) not in ("yes", "no"))
SLUGS = st.from_regex(r"[a-z][a-z0-9]{2,8}(-[a-z0-9]{1,5})?", fullmatch=True)


@st.composite
def variables(draw):
    kind = draw(st.sampled_from(["nominal", "ordered", "yes-no", "multiple", "number", "text"]))
    given = {"type": kind, "label": draw(LABELS), "definition": draw(LABELS)}
    if kind in ("nominal", "ordered", "multiple"):
        labels = draw(st.lists(LABELS, min_size=2, max_size=4, unique_by=slug_of))
        codes = sorted(draw(st.sets(st.integers(0, 99), min_size=len(labels), max_size=len(labels))))
        if kind == "multiple":
            codes = range(1, len(labels) + 1)
        given["categories"] = {f"c{code}": {"label": label, "value": code} for code, label in zip(codes, labels, strict=True)}
    return given


STUDIES = st.dictionaries(SLUGS, variables(), min_size=1, max_size=8).map(a_study)


def said(categories):
    return sorted((one.value, one.label) for one in categories.values())


@settings(max_examples=6)
@given(STUDIES)
def test_sav(study):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "codebook.sav"
        sav.write_codebook(study, path)
        read = read_codebook(path)
    assert read.problems == ()
    assert read.absences == study.about.absences
    assert list(read.codebook.variables) == list(study.codebook.variables)
    for slug, variable in study.codebook.variables.items():
        back = read.codebook.variables[slug]
        assert (back.type, back.label) == (variable.type, variable.label)
        assert said(back.categories) == said(study.categories(slug))


@given(STUDIES)
def test_redcap(study):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dictionary.csv"
        redcap.write(study, path)
        read = read_redcap(path)
    assert list(read.codebook.variables) == list(study.codebook.variables)
    for slug, variable in study.codebook.variables.items():
        back = read.codebook.variables[slug]
        assert (back.type, back.label, back.definition) == (variable.type, variable.label, variable.definition)
        assert said(back.categories) == said(study.categories(slug))


@given(STUDIES)
def test_the_text_of_an_imported_codebook_reads_as_it(study):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dictionary.csv"
        redcap.write(study, path)
        read = read_redcap(path)
    file = load_text(as_codebook_yaml(read), "codebook.yaml")
    assert file.problems == []
    assert Codebook.model_validate(file.data) == read.codebook


ASKED = a_study(
    {
        "a": {},
        "b": {"type": "nominal", "categories": {"x": "X", "y": "Y", "z": "Z"}},
        "m": {"type": "multiple", "categories": {"p": "P", "q": "Q"}},
    }
)
ANSWERS = {"a": ("yes", "no"), "b": ("x", "y", "z"), "m": ("p", "q")}
CODES = {slug: {str(one.value): category for category, one in ASKED.categories(slug).items()} for slug in ANSWERS}
FIELDS = {
    slug: Field(slug, ASKED.variable(slug).type, codes, frozenset({"-1", "-2", "-3", "-8"})) for slug, codes in CODES.items()
}
TESTS = st.sampled_from(["a", "b", "m"]).flatmap(
    lambda slug: st.one_of(
        st.builds(lambda one: {slug: {"is": one}}, st.sampled_from(ANSWERS[slug])),
        st.builds(
            lambda several: {slug: {"in": several}}, st.lists(st.sampled_from(ANSWERS[slug]), min_size=1, max_size=2, unique=True)
        ),
        st.builds(lambda wanted: {slug: {"known": wanted}}, st.booleans()),
    )
)
CONDITIONS = st.recursive(
    TESTS,
    lambda inner: st.one_of(
        st.builds(lambda one: {"not": one}, inner),
        st.builds(lambda several: {"all": several}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda several: {"any": several}, st.lists(inner, min_size=1, max_size=3)),
    ),
    max_leaves=6,
)
WORLDS = [
    {"a": a, "b": b, "m": m}
    for a, b, m in itertools.product((*ANSWERS["a"], None), (*ANSWERS["b"], None), (None, (), ("p",), ("q",), ("p", "q")))
]


@settings(max_examples=150)
@given(CONDITIONS)
def test_a_condition_and_its_logic_are_true_of_the_same_records(asked):
    try:
        logic = branching(ASKED, asked)
    except Inexpressible:
        return
    back = parse(condition(logic, FIELDS))
    for world in WORLDS:
        assert (holds(parse(asked), world) is True) == (holds(back, world) is True), logic


@given(st.text(st.sampled_from("[]()<>='ab0189, andor\""), max_size=40))
def test_any_logic_is_a_condition_or_inexpressible(logic):
    with contextlib.suppress(Inexpressible):
        parse(condition(logic, FIELDS))
