"""p adjusted for the number of tests, against worked examples and statsmodels; and the families of a plan."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casereview.analysis import families
from casereview.analysis.statistics.adjustment import benjamini_hochberg, bonferroni, holm
from casereview.analysis.tables import CellTable, TestResult
from casereview.study.plan import Plan

# Benjamini and Hochberg (1995), section 4: the 15 p of Neuhaus et al., of which their procedure rejects four at 0.05.
NEUHAUS = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.000]


def test_the_published_example():
    assert sum(p <= 0.05 for p in benjamini_hochberg(NEUHAUS)) == 4
    assert sum(p <= 0.05 for p in bonferroni(NEUHAUS)) == 3
    assert sum(p <= 0.05 for p in holm(NEUHAUS)) == 3


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.randoms())
def test_they_agree_with_statsmodels(ps, random):
    from statsmodels.stats.multitest import multipletests

    random.shuffle(ps)
    for ours, theirs in ((holm, "holm"), (bonferroni, "bonferroni"), (benjamini_hochberg, "fdr_bh")):
        assert ours(ps) == pytest.approx(multipletests(ps, method=theirs)[1].tolist(), rel=1e-9, abs=1e-15)


def table(slug, *ps):
    tests = tuple(TestResult(f"test-{place}", None, None, p, None, "Source", "Said.") for place, p in enumerate(ps))
    return CellTable(slug, slug, "crosstab", "case", (), (), {}, 0, 0, {}, (), "", tests)


def plan(**given):
    return Plan.model_validate({"families": given})


def test_the_tests_of_all_tables_of_a_family_are_adjusted_together():
    tables = {"one": table("one", 0.01, None), "two": table("two", 0.04), "three": table("three", 0.03)}
    made = families.adjusted(plan(main={"method": "holm", "tables": ["one", "two"]}), tables)
    assert [test.adjusted for test in made["one"].tests] == [0.02, None]
    assert [test.adjusted for test in made["two"].tests] == [0.04]
    assert made["one"].tests[0].family == "main"
    assert made["one"].tests[0].sentence == "Said. Adjusted for the 2 tests of the family “main” (Holm), p = .020."
    assert made["three"] == tables["three"]
    assert list(made) == list(tables)


def test_a_family_without_a_test_changes_nothing():
    tables = {"one": table("one", None), "two": table("two")}
    assert families.adjusted(plan(main={"method": "bonferroni", "tables": ["one", "two", "one"]}), tables) == tables


def test_the_tests_of_every_layer_count():
    layered = table("one", 0.01, 0.02)
    layered = replace(layered, tests=tuple(replace(one, layer=layer) for one, layer in zip(layered.tests, "ab", strict=True)))
    made = families.adjusted(plan(main={"method": "bonferroni", "tables": ["one"]}), {"one": layered})
    assert [test.adjusted for test in made["one"].tests] == [0.02, 0.04]
