"""Summaries of a number.

Under `summaries:`, not `tables:`. `of:` names the number, `rows:` the groups; without them there is one row. A figure is cited as
`GROUP.MEASURE`. The standard deviation is that of n − 1. What has no meaning is not available, [x], or not applicable, [z].
"""

CASES = """
case | wave    | outcome | days
c1   | 2007-09 | fatal   | 1
c2   | 2007-09 | fatal   | 3
c3   | 2007-09 | fatal   | 4
c4   | 2007-09 | fatal   | 8
c5   | 2007-09 | harm    | 3
c6   | 2007-09 | harm    | unclear
c7   | 2007-09 |         | 5
"""


def test_groups(specify):
    """The base is the records of which the group and the number are known. Means have one decimal more than the numbers."""
    specify(
        cases=CASES,
        section="summaries",
        plan="""
        of: days
        rows: outcome
        show: [n, mean, sd, median, minimum, maximum, range, sum]
        """,
        expect="""
        group | n | mean | sd  | median | minimum | maximum | range | sum
        fatal | 4 | 4.0  | 2.9 | 3.5    | 1       | 8       | 7     | 16
        harm  | 1 | 3.0  | [z] | 3.0    | 3       | 3       | 0     | 3
        total | 5 | 3.8  | 2.6 | 3.0    | 1       | 8       | 7     | 19
        """,
        below="""
        Base: 5 of 7; left out: 1 not-stated, 1 unclear
        Left out of the base: 1 (Days in hospital: Unclear) and 1 (Outcome: Not stated).
        """,
    )


def test_quartiles(specify):
    """Programs differ in where a quartile between two values lies. As SPSS has it, at (n + 1)p:"""
    specify(
        cases=CASES,
        section="summaries",
        plan="""
        of: days
        where: {outcome: {is: fatal}}
        show: [lower-quartile, median, upper-quartile]
        """,
        expect="""
        group | lower-quartile | median | upper-quartile
        total | 1.5            | 3.5    | 7.0
        """,
        below="""
        Base: 4 of 4
        Where: outcome: Fatal
        Quartiles are weighted averages at (n + 1)p, as in SPSS (Hyndman and Fan 1996, type 6).
        """,
    )


def test_linear(specify):
    """As R and Excel have it, at (n − 1)p + 1:"""
    specify(
        cases=CASES,
        section="summaries",
        plan="""
        of: days
        where: {outcome: {is: fatal}}
        show: [lower-quartile, median, upper-quartile]
        quartiles: linear
        """,
        expect="""
        group | lower-quartile | median | upper-quartile
        total | 2.5            | 3.5    | 5.0
        """,
        below="""
        Base: 4 of 4
        Where: outcome: Fatal
        Quartiles are interpolated at (n − 1)p + 1, as in R and Excel (Hyndman and Fan 1996, type 7).
        """,
    )


def test_hinges(specify):
    """As Tukey had it, the medians of the two halves:"""
    specify(
        cases=CASES,
        section="summaries",
        plan="""
        of: days
        where: {outcome: {is: fatal}}
        show: [lower-quartile, median, upper-quartile]
        quartiles: tukey-hinges
        """,
        expect="""
        group | lower-quartile | median | upper-quartile
        total | 2.0            | 3.5    | 6.0
        """,
        below="""
        Base: 4 of 4
        Where: outcome: Fatal
        Quartiles are Tukey’s hinges, the medians of the two halves (Tukey 1977).
        """,
    )


def test_weighted(specify):
    """A weight is how many records each stands for; their sum stands beside the number of records."""
    specify(
        cases="""
        case | wave    | days | weight
        c1   | 2007-09 | 1    | 3
        c2   | 2007-09 | 5    | 1
        c3   | 2007-09 | 9    |
        """,
        section="summaries",
        plan="""
        of: days
        weight: weight
        show: [n, mean, sd]
        """,
        expect="""
        group | n | weighted-n | mean | sd
        total | 2 | 4.0        | 2.0  | 2.0
        """,
        below="""
        Base: 2 of 2
        Weighted by “Weight”. A record counts for as many as its weight says. Counts and bases are of records. Left out, as they have no weight above 0: 1.
        """,  # noqa: E501
    )


def test_ranks(specify):
    """`tests:` asks whether groups differ in rank: `mann-whitney` of two groups, `kruskal-wallis` of two or more."""
    specify(
        cases=CASES,
        section="summaries",
        plan="""
        of: days
        rows: outcome
        show: [n, median]
        tests: [mann-whitney]
        """,
        expect="""
        group | n | median
        fatal | 4 | 3.5
        harm  | 1 | 3.0
        total | 5 | 3.0
        """,
        below="""
        Base: 5 of 7; left out: 1 not-stated, 1 unclear
        Mann-Whitney U = 2.5, N = 5, z = 0.36, p = .717, r = .162. Of a record of “Fatal” and one of “Serious harm” drawn at random, that of “Fatal” comes later in the order of “Days in hospital” 62 times in 100, ties counted half. If “Days in hospital” and “Outcome” were unrelated, counts as uneven as these would still come up by chance about 717 times in 1,000: a relation is not shown, nor is it ruled out.
        Fewer than 5 records, so p may be far off: Fatal, Serious harm.
        Left out of the base: 1 (Days in hospital: Unclear) and 1 (Outcome: Not stated).
        """,  # noqa: E501
    )
