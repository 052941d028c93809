"""Derived variables.

A derived variable of `codebook.yaml` is worked out anew for each release, and can be counted like any other.
"""

CASES = """
case | wave    | abuse | illness
c1   | 2007-09 | yes   | yes
c2   | 2007-09 | yes   | no
c3   | 2007-09 | yes   | unclear
c4   | 2007-09 | no    | unclear
c5   | 2007-09 | no    | no
"""


def test_any_of(specify):
    """`any_of` is yes as soon as one of its parts is, and no only where all are known to be no."""
    specify(
        cases=CASES,
        codebook="""
        either:
          label: Abuse or illness
          type: yes-no
          derived: {any_of: [abuse, illness]}
        """,
        plan="""
        rows: either
        """,
        expect="""
        cell  | count | base | percent
        yes   | 3     | 4    | 75.0
        no    | 1     | 4    | 25.0
        total | 4     | 4    | 100.0
        """,
        below="""
        Base: 4 of 5; left out: 1 unclear
        “Abuse or illness” is yes as soon as one of the parts is, and no only where all are known to be no; so the share of the known is higher than if all were known.
        """,  # noqa: E501
    )
