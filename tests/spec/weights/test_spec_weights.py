"""Weights.

`weight:` names a number variable: how many each record stands for. Counts stay numbers of records, and so do bases; beside them
stand the sums of weights, of which the percentages are. How uncertain these are depends on how the weights were made, which the
release does not know: there are no intervals.
"""


def test_weighted(specify):
    """A record without a weight above 0 is left out of the table altogether, and counted below it."""
    specify(
        cases="""
        case | wave    | outcome | weight
        c1   | 2007-09 | fatal   | 1
        c2   | 2007-09 | fatal   | 0.5
        c3   | 2007-09 | harm    | 2.5
        c4   | 2007-09 |         | 6
        c5   | 2007-09 | harm    | 0
        c6   | 2007-09 | harm    |
        """,
        plan="""
        rows: outcome
        weight: weight
        """,
        expect="""
        cell  | count | base | weighted | weighted base | percent | records percent | interval
        fatal | 2     | 3    | 1.50     | 4.00          | 37.5    | 15.0            | -
        harm  | 1     | 3    | 2.50     | 4.00          | 62.5    | 25.0            | -
        total | 3     | 3    | 4.00     | 4.00          | 100.0   | 40.0            | -
        """,
        below="""
        Base: 3 of 4; left out: 1 not-stated
        Weighted by “Weight”. Percentages are of the sums of weights, and have no interval. Counts and bases are of records. Left out, as they have no weight above 0: 2.
        """,  # noqa: E501
    )


def test_weightless(specify):
    """Where no record has a weight, the base is empty, and there is nothing to take a percentage of."""
    specify(
        cases="""
        case | wave    | outcome | weight
        c1   | 2007-09 | fatal   | 0
        c2   | 2007-09 | harm    | unclear
        """,
        plan="""
        rows: outcome
        weight: weight
        """,
        expect="""
        cell  | count | base | weighted | weighted base | percent
        fatal | 0     | 0    | 0.00     | 0.00          | -
        harm  | 0     | 0    | 0.00     | 0.00          | -
        total | 0     | 0    | 0.00     | 0.00          | -
        """,
        below="""
        Base: 0 of 0
        Weighted by “Weight”. Percentages are of the sums of weights, and have no interval. Counts and bases are of records. Left out, as they have no weight above 0: 2.
        The base is empty: there is nothing to take a percentage of.
        """,  # noqa: E501
    )
