"""Crosstabs.

`rows:` and `columns:` name two coded variables. The base is the records of which both are known.
"""

CASES = """
case | wave    | outcome | abuse
c1   | 2007-09 | fatal   | yes
c2   | 2007-09 | fatal   | yes
c3   | 2007-09 | fatal   | no
c4   | 2007-09 | harm    | yes
c5   | 2007-09 | harm    | no
c6   | 2007-09 | harm    | unclear
c7   | 2007-09 |         | yes
"""


def test_three_percentages(specify):
    """A cell has a column, a row and a total percentage; its own is of the column, unless the plan says otherwise."""
    specify(
        cases=CASES,
        plan="""
        rows: abuse
        columns: outcome
        """,
        expect="""
        cell        | count | base | percent | row percent | total percent
        yes.fatal   | 2     | 3    | 66.7    | 66.7        | 40.0
        yes.harm    | 1     | 2    | 50.0    | 33.3        | 20.0
        yes.total   | 3     | 5    | 60.0    | 100.0       | 60.0
        no.fatal    | 1     | 3    | 33.3    | 50.0        | 20.0
        no.harm     | 1     | 2    | 50.0    | 50.0        | 20.0
        no.total    | 2     | 5    | 40.0    | 100.0       | 40.0
        total.fatal | 3     | 3    | 100.0   | 60.0        | 60.0
        total.harm  | 2     | 2    | 100.0   | 40.0        | 40.0
        total.total | 5     | 5    | 100.0   | 100.0       | 100.0
        """,
        below="""
        Base: 5 of 7; left out: 1 not-stated, 1 unclear
        Left out of the base: 1 (Domestic abuse: Unclear) and 1 (Outcome: Not stated).
        """,
    )


def test_chosen(specify):
    """`percent: row` makes the row percentage the cell's own, with its base and interval."""
    specify(
        cases=CASES,
        plan="""
        rows: abuse
        columns: outcome
        percent: row
        """,
        expect="""
        cell        | count | base | percent | interval
        yes.fatal   | 2     | 3    | 66.7    | 20.8 to 93.9
        yes.harm    | 1     | 3    | 33.3    | 6.1 to 79.2
        yes.total   | 3     | 3    | 100.0   | -
        no.fatal    | 1     | 2    | 50.0    | 9.5 to 90.5
        no.harm     | 1     | 2    | 50.0    | 9.5 to 90.5
        no.total    | 2     | 2    | 100.0   | -
        total.fatal | 3     | 5    | 60.0    | 23.1 to 88.2
        total.harm  | 2     | 5    | 40.0    | 11.8 to 76.9
        total.total | 5     | 5    | 100.0   | -
        """,
        below="""
        Base: 5 of 7; left out: 1 not-stated, 1 unclear
        Left out of the base: 1 (Domestic abuse: Unclear) and 1 (Outcome: Not stated).
        """,
    )


def test_tests(specify):
    """Tests and measures are of the known answers, and say where they should not be trusted."""
    specify(
        cases=CASES,
        plan="""
        rows: abuse
        columns: outcome
        where: {outcome: {known: true}, abuse: {known: true}}
        tests: [chi-square, fisher]
        measures: [odds-ratio]
        """,
        expect="""
        cell        | count
        yes.fatal   | 2
        yes.harm    | 1
        yes.total   | 3
        no.fatal    | 1
        no.harm     | 1
        no.total    | 2
        total.fatal | 3
        total.harm  | 2
        total.total | 5
        """,
        below="""
        Base: 5 of 5
        Where: outcome: known; domestic abuse: known
        χ²(1, N = 5) = 0.14, p = .709. If “Domestic abuse” and “Outcome” were unrelated, counts as uneven as these would still come up by chance about 709 times in 1,000: a relation is not shown, nor is it ruled out.
        4 of 4 cells expect fewer than 5 records, the smallest 0.80: p may be far off (Cochran 1954); Fisher’s exact test does not need them.
        Fisher’s exact test, p = 1.000. If “Domestic abuse” and “Outcome” were unrelated, counts as uneven as these would still come up by chance about 1,000 times in 1,000: a relation is not shown, nor is it ruled out.
        OR = 2.00, 95% CI [0.05, 78.25]. The odds of “Outcome: Fatal” were 2.00 times as high for “Domestic abuse: Yes” as for “Domestic abuse: No”.
        """,  # noqa: E501
    )


def test_residuals(specify):
    """Answers have an expected count, as if rows and columns were unrelated, and residuals: how far the count is from it.

    The residual is the difference over √expected, which SPSS calls standardised. The adjusted one is over its standard error:
    beyond ±1.96 in 1 of 20 cells, were there no relation. Totals have none.
    """
    specify(
        cases=CASES,
        plan="""
        rows: abuse
        columns: outcome
        where: {outcome: {known: true}, abuse: {known: true}}
        """,
        expect="""
        cell        | count | expected | residual | adjusted
        yes.fatal   | 2     | 1.80     | 0.15     | 0.37
        yes.harm    | 1     | 1.20     | -0.18    | -0.37
        yes.total   | 3     | -        | -        | -
        no.fatal    | 1     | 1.20     | -0.18    | -0.37
        no.harm     | 1     | 0.80     | 0.22     | 0.37
        no.total    | 2     | -        | -        | -
        total.fatal | 3     | -        | -        | -
        total.harm  | 2     | -        | -        | -
        total.total | 5     | -        | -        | -
        """,
        below="""
        Base: 5 of 5
        Where: outcome: known; domestic abuse: known
        """,
    )
