"""Shares.

`share:` says what each row's percentage is the share of: the records of which `holds` is true, among those of which it is known.
"""


def test_waves(specify):
    """With `rows: wave`, one row a wave."""
    specify(
        cases="""
        case | wave    | abuse
        c1   | 2003-05 | yes
        c2   | 2003-05 | no
        c3   | 2005-07 | yes
        c4   | 2007-09 | yes
        c5   | 2007-09 | unclear
        """,
        plan="""
        rows: wave
        share: {label: Domestic abuse, holds: {abuse: {is: "yes"}}}
        """,
        expect="""
        cell    | count | base | percent | interval
        2003-05 | 1     | 2    | 50.0    | 9.5 to 90.5
        2005-07 | 1     | 1    | 100.0   | 20.7 to 100.0
        2007-09 | 1     | 1    | 100.0   | 20.7 to 100.0
        total   | 3     | 4    | 75.0    | 30.1 to 95.4
        """,
        below="Base: 4 of 5; left out: 1 unclear",
    )


def test_several(specify):
    """A condition on several variables is known as soon as it can be told.

    One “yes” is enough for `any`; “no” beside an absence is not known. The reason is that of the first that is absent.
    """
    specify(
        cases="""
        case | wave    | outcome | abuse | illness
        c1   | 2007-09 | fatal   | yes   | unclear
        c2   | 2007-09 | fatal   | no    | unclear
        c3   | 2007-09 | fatal   | no    | no
        """,
        plan="""
        rows: outcome
        share:
          label: Either
          holds: {any: [{abuse: {is: "yes"}}, {illness: {is: "yes"}}]}
        """,
        expect="""
        cell  | count | base | percent
        fatal | 1     | 2    | 50.0
        harm  | 0     | 0    | -
        total | 1     | 2    | 50.0
        """,
        below="""
        Base: 2 of 3; left out: 1 unclear
        The base is empty, and no percentage is given, for “Serious harm”.
        """,
    )
