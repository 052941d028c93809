"""Persons.

`unit:` names a role: each person is one record, and inherits the answers of the case.
"""


def test_inherited(specify):
    """The outcome of a case is that of each of its children."""
    specify(
        cases="""
        case | wave    | outcome
        c1   | 2007-09 | fatal
        c2   | 2007-09 | harm
        """,
        children="""
        person | case | sex
        p1     | c1   | girl
        p2     | c1   | boy
        p3     | c2   | boy
        p4     | c2   |
        """,
        plan="""
        unit: child
        rows: outcome
        where: {sex: {known: true}}
        """,
        expect="""
        cell  | count | base | percent
        fatal | 2     | 3    | 66.7
        harm  | 1     | 3    | 33.3
        total | 3     | 3    | 100.0
        """,
        below="""
        Base: 3 of 3
        Where: sex: known
        """,
    )
