"""Frequency tables.

`rows:` names one coded variable. Each record stands in one row; the answers come in the order of the codebook, and an answer
that nobody gave is shown with 0.
"""


def test_known(specify):
    """Percentages are of those of whom the answer is known.

    What is absent is left out of the base and counted below the table, by its reason. None of the reasons is “no”.
    The interval is Wilson's, at 95 per cent.
    """
    specify(
        cases="""
        case | wave    | plan
        c1   | 2007-09 | now
        c2   | 2007-09 | now
        c3   | 2007-09 | past
        c4   | 2007-09 | unclear
        c5   | 2007-09 |
        """,
        plan="""
        rows: plan
        where: {wave: {is: 2007-09}}
        """,
        expect="""
        cell  | count | base | percent | interval
        now   | 2     | 3    | 66.7    | 20.8 to 93.9
        past  | 1     | 3    | 33.3    | 6.1 to 79.2
        never | 0     | 3    | 0.0     | 0.0 to 56.1
        total | 3     | 3    | 100.0   | -
        """,
        below="""
        Base: 3 of 5; left out: 1 not-stated, 1 unclear
        Where: period: 2007 to 2009
        """,
    )


def test_all(specify):
    """`base: all` counts the absences in, and shows them."""
    specify(
        cases="""
        case | wave    | outcome
        c1   | 2007-09 | fatal
        c2   | 2007-09 | harm
        c3   | 2007-09 | harm
        c4   | 2007-09 | unclear
        """,
        plan="""
        rows: outcome
        base: all
        """,
        expect="""
        cell    | count | base | percent
        fatal   | 1     | 4    | 25.0
        harm    | 2     | 4    | 50.0
        unclear | 1     | 4    | 25.0
        total   | 4     | 4    | 100.0
        """,
        below="Base: 4 of 4",
    )


def test_absences_as_rows(specify):
    """`missing: as-rows` shows the absences as rows, still outside the base."""
    specify(
        cases="""
        case | wave    | outcome
        c1   | 2007-09 | fatal
        c2   | 2007-09 | harm
        c3   | 2007-09 | unclear
        """,
        plan="""
        rows: outcome
        missing: as-rows
        """,
        expect="""
        cell    | count | base | percent
        fatal   | 1     | 2    | 50.0
        harm    | 1     | 2    | 50.0
        unclear | 1     | 2    | -
        total   | 2     | 2    | 100.0
        """,
        below="Base: 2 of 3; left out: 1 unclear",
    )


def test_subtotals(specify):
    """A subtotal counts several answers together, with a percentage and an interval of its own."""
    specify(
        cases="""
        case | wave    | plan
        c1   | 2007-09 | now
        c2   | 2007-09 | past
        c3   | 2007-09 | never
        c4   | 2007-09 | never
        """,
        plan="""
        rows: plan
        where: {wave: {is: 2007-09}}
        subtotals:
          ever: {label: Ever, of: [now, past]}
        """,
        expect="""
        cell  | count | base | percent | interval
        now   | 1     | 4    | 25.0    | 4.6 to 69.9
        past  | 1     | 4    | 25.0    | 4.6 to 69.9
        never | 2     | 4    | 50.0    | 15.0 to 85.0
        ever  | 2     | 4    | 50.0    | 15.0 to 85.0
        total | 4     | 4    | 100.0   | -
        """,
        below="""
        Base: 4 of 4
        Where: period: 2007 to 2009
        """,
    )


def test_empty(specify):
    """Nothing can be a percentage of nobody.

    An empty base is said; there is no division by nothing.
    """
    specify(
        cases="""
        case | wave    | outcome
        c1   | 2007-09 | unclear
        """,
        plan="""
        rows: outcome
        """,
        expect="""
        cell  | count | base | percent | interval
        fatal | 0     | 0    | -       | -
        harm  | 0     | 0    | -       | -
        total | 0     | 0    | -       | -
        """,
        below="""
        Base: 0 of 1; left out: 1 unclear
        The base is empty: there is nothing to take a percentage of.
        """,
    )


def test_cumulative(specify):
    """Beside the percentage of the known answers stand that of all records, and the cumulative one.

    The last is of an answer and those before it in the codebook. These are SPSS's *valid percent*, *percent* and
    *cumulative percent*. An absence, where it is shown, has the second only.
    """
    specify(
        cases="""
        case | wave    | plan
        c1   | 2007-09 | now
        c2   | 2007-09 | now
        c3   | 2007-09 | past
        c4   | 2007-09 | never
        c5   | 2007-09 |
        """,
        plan="""
        rows: plan
        where: {wave: {is: 2007-09}}
        missing: as-rows
        """,
        expect="""
        cell       | count | percent | records percent | cumulative percent
        now        | 2     | 50.0    | 40.0            | 50.0
        past       | 1     | 25.0    | 20.0            | 75.0
        never      | 1     | 25.0    | 20.0            | 100.0
        not-stated | 1     | -       | 20.0            | -
        total      | 4     | 100.0   | 80.0            | -
        """,
        below="""
        Base: 4 of 5; left out: 1 not-stated
        Where: period: 2007 to 2009
        """,
    )
