"""The answers that the grid of cases shows are those of a release: against the same oracle, on random small studies."""

import json

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casereview.casebook.models import Case, Coding, Document, Membership, Passage, Person, TextVersion, Value
from casereview.workbench.counted import NOT_RECORDED, Counted
from casereview.workbench.visibility import Sight
from tests.generative.test_release_oracle import Absent, Oracle, contents, studies


def put(rows):
    """The content as rows of the casebook, whatever wrote them."""
    cases = {row["case"]: Case.objects.create(key=row["case"], wave=row["wave"]) for row in rows["cases"]}
    people = {
        (row["role"], row["person"]): Person.objects.create(role=row["role"], key=row["person"], case=cases[row["case"]])
        for row in rows["people"]
    }
    for row in rows["values"]:
        of = {"case": cases[row["record"]]} if row["unit"] == "case" else {"person": people[row["unit"], row["record"]]}
        said = {name: row.get(name) for name in ("variable", "source", "value", "absent")}
        Value.objects.create(**of, **said, recorded="")
    passages = {}
    for row in rows["documents"]:
        document = Document.objects.create(key=row["document"], source="d", case=cases.get(row.get("case", "")), title="")
        text = TextVersion.objects.create(
            document=document, kind="txt", sha256="", text_sha256=row["document"], text="ab", pages=[], notes=[]
        )
        passages[f"p-{row['document']}"] = Passage.objects.create(text=text, start=0, end=1, exact="a", prefix="", suffix="b")
    for row in rows["codings"]:
        Coding.objects.create(passage=passages[row["passage"]], code=row["code"], coder="", source="q", row="")
    for row in rows["samples"]:
        Membership.objects.create(sample=row["sample"], case=cases[row["case"]], status=row["status"], reason="")


def shown(study, unit):
    """Record → variable → its answer, as the oracle gives it."""
    counted = Counted(study, Sight("kim", frozenset()), unit)
    found: dict[str, dict[str, object]] = {}
    for slug in study.variables_of(unit):
        answer = counted.of(slug)
        records = Case.objects.filter(current=True) if unit == "case" else Person.objects.filter(role=unit, current=True)
        for key, value, absent in records.annotate(said=answer.value, why=answer.absent).values_list("key", "said", "why"):
            found.setdefault(key, {})[slug] = typed(study, slug, value, absent)
    return found


def typed(study, slug, value, absent):
    if value is None:
        return Absent("not-stated" if absent == NOT_RECORDED else absent)
    kind = study.variable(slug).type
    chosen = json.loads(value) if kind == "multiple" else None
    return (
        tuple(one for one in study.categories(slug) if one in chosen)
        if chosen is not None
        else float(value)
        if kind == "number"
        else value
    )


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
@pytest.mark.usefixtures("book")
def test_the_answer_that_counts_is_that_of_a_release(data):
    study = data.draw(studies())
    rows = data.draw(contents(study))
    oracle = Oracle(study, rows)
    with transaction.atomic():
        put(rows)
        for unit in study.units:
            for key, answers in shown(study, unit).items():
                assert answers == {slug: oracle.answer(unit, key, slug) for slug in answers}, key
        transaction.set_rollback(True)
