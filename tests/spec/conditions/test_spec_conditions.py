"""Conditions.

`where:` keeps the records of which the condition is true. What is absent is unknown, neither true nor false.
"""

CASES = """
case | wave    | outcome | abuse
c1   | 2003-05 | fatal   | yes
c2   | 2005-07 | harm    | no
c3   | 2007-09 | harm    | unclear
"""


def test_is(specify):
    """`is` and `in` ask for answers."""
    specify(
        cases=CASES,
        plan="""
        rows: outcome
        where: {abuse: {in: ["yes", "no"]}, wave: {is: 2005-07}}
        """,
        expect="""
        cell  | count
        fatal | 0
        harm  | 1
        total | 1
        """,
        below="""
        Base: 1 of 1
        Where: domestic abuse: Yes or No; period: 2005 to 2007
        """,
    )


def test_not(specify):
    """`not` keeps what is known to be otherwise: an absence is neither."""
    specify(
        cases=CASES,
        plan="""
        rows: outcome
        where: {not: {abuse: {is: "yes"}}}
        """,
        expect="""
        cell  | count
        fatal | 0
        harm  | 1
        total | 1
        """,
        below="""
        Base: 1 of 1
        Where: domestic abuse: not Yes
        """,
    )


def test_known(specify):
    """`known` asks whether there is an answer at all."""
    specify(
        cases=CASES,
        plan="""
        rows: outcome
        where: {abuse: {known: false}}
        """,
        expect="""
        cell  | count
        fatal | 0
        harm  | 1
        total | 1
        """,
        below="""
        Base: 1 of 1
        Where: domestic abuse: not known
        """,
    )
