"""Comparison over time.

A table that spans several waves rests on the crosswalk, in its rows, columns, share and filter alike.
"""

CASES = """
case | wave    | plan
c1   | 2003-05 | now
c2   | 2005-07 | now
c3   | 2007-09 | never
"""


def test_refused(specify):
    """What the crosswalk calls broken is not compared, unless the plan says so."""
    specify(
        cases=CASES,
        plan="""
        rows: wave
        share: {label: Current plan, holds: {plan: {is: now}}}
        """,
        refused="broken-trend",
    )


def test_pooled(specify):
    """Nor is it put together in one base."""
    specify(
        cases=CASES,
        plan="""
        rows: plan
        """,
        refused="broken-trend",
    )


def test_break(specify):
    """`across: {needs: broken}` prints the table with its breaks."""
    specify(
        cases=CASES,
        plan="""
        rows: wave
        share: {label: Current plan, holds: {plan: {is: now}}}
        across: {needs: broken}
        """,
        expect="""
        cell    | count | base | percent
        2003-05 | 1     | 1    | 100.0
        2005-07 | 1     | 1    | 100.0
        2007-09 | 0     | 1    | 0.0
        total   | 2     | 3    | 66.7
        """,
        below="""
        Base: 3 of 3
        Break before 2005-07: Protection plan (not comparable). 2003 to 2005: Asked of fatal cases only. 2005 to 2007: Then a register.
        Break before 2007-09: Protection plan (comparable with care). 2005 to 2007: Then a register.
        """,  # noqa: E501
    )


def test_left_out(specify):
    """A wave that is left out breaks nothing; one that is close is marked."""
    specify(
        cases=CASES,
        plan="""
        rows: wave
        share: {label: Current plan, holds: {plan: {is: now}}}
        where: {wave: {in: [2005-07, 2007-09]}}
        """,
        expect="""
        cell    | count | base | percent
        2005-07 | 1     | 1    | 100.0
        2007-09 | 0     | 1    | 0.0
        total   | 1     | 2    | 50.0
        """,
        below="""
        Base: 2 of 2
        Where: period: 2005 to 2007 or 2007 to 2009
        Break before 2007-09: Protection plan (comparable with care). 2005 to 2007: Then a register.
        """,
    )
