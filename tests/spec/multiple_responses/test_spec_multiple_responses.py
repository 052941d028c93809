"""Multiple responses.

`rows:` names a variable of type `multiple`, or several yes-no variables. A record may stand in several rows.
"""


def test_multiple(specify):
    """Percentages are of the records of which the answers are known, those who chose none among them.

    SPSS takes the records with at least one answer as its base; that percentage is kept beside it, as `responding`. So is that of
    all the answers that were given, here four, as `responses`.
    """
    specify(
        cases="""
        case | wave    | factors
        c1   | 2007-09 | drink drugs
        c2   | 2007-09 | drink
        c3   | 2007-09 | debt
        c4   | 2007-09 | none
        c5   | 2007-09 | unclear
        """,
        plan="""
        rows: factors
        subtotals:
          substances: {label: Drink or drugs, of: [drink, drugs]}
        """,
        expect="""
        cell       | count | base | percent | responding percent | responses percent
        drink      | 2     | 4    | 50.0    | 66.7               | 50.0
        drugs      | 1     | 4    | 25.0    | 33.3               | 25.0
        debt       | 1     | 4    | 25.0    | 33.3               | 25.0
        substances | 2     | 4    | 50.0    | 66.7               | -
        total      | 4     | 4    | 100.0   | -                  | -
        """,
        below="""
        Base: 4 of 5; left out: 1 unclear
        One case may stand in several rows, so the percentages may add up to more than 100.
        """,
    )


def test_several(specify):
    """Of several yes-no variables each has a base of its own: the records of which it is known.

    Were only those counted of which all are known, one badly recorded variable would shrink the rest. A record is left out
    of the table if none of them is known; the reason is that of the first.
    """
    specify(
        cases="""
        case | wave    | abuse   | illness
        c1   | 2007-09 | yes     | no
        c2   | 2007-09 | yes     | unclear
        c3   | 2007-09 | no      | yes
        c4   | 2007-09 | unclear |
        """,
        plan="""
        rows: [abuse, illness]
        """,
        expect="""
        cell    | count | base | percent
        abuse   | 2     | 3    | 66.7
        illness | 1     | 2    | 50.0
        total   | 3     | 3    | 100.0
        """,
        below="""
        Base: 3 of 4; left out: 1 unclear
        One case may stand in several rows, so the percentages may add up to more than 100.
        Each row has a base of its own: those of whom that answer is known.
        """,
    )


def test_columns(specify):
    """By columns, each column has its base."""
    specify(
        cases="""
        case | wave    | outcome | factors
        c1   | 2007-09 | fatal   | drink drugs
        c2   | 2007-09 | fatal   | none
        c3   | 2007-09 | harm    | drink
        c4   | 2007-09 | harm    | unclear
        """,
        plan="""
        rows: factors
        columns: outcome
        """,
        expect="""
        cell        | count | base | percent
        drink.fatal | 1     | 2    | 50.0
        drink.harm  | 1     | 1    | 100.0
        drink.total | 2     | 3    | 66.7
        drugs.fatal | 1     | 2    | 50.0
        drugs.harm  | 0     | 1    | 0.0
        drugs.total | 1     | 3    | 33.3
        debt.fatal  | 0     | 2    | 0.0
        debt.harm   | 0     | 1    | 0.0
        debt.total  | 0     | 3    | 0.0
        total.fatal | 2     | 2    | 100.0
        total.harm  | 1     | 1    | 100.0
        total.total | 3     | 3    | 100.0
        """,
        below="""
        Base: 3 of 4; left out: 1 unclear
        One case may stand in several rows, so the percentages may add up to more than 100.
        Left out of the base: 1 (Factors: Unclear).
        """,
    )
