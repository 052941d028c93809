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


def test_count_of(specify):
    """`count_of` is the number of its parts that are yes, known only where every one of them is."""
    specify(
        cases=CASES,
        codebook="""
        risks:
          label: Number of risks
          type: number
          derived: {count_of: [abuse, illness]}
        several:
          label: Several risks
          type: ordered
          categories: {none: None, one: One, both: Both}
          derived: {banded: risks, cuts: [1, 2]}
        """,
        plan="""
        rows: several
        """,
        expect="""
        cell  | count | base | percent | cumulative percent
        none  | 1     | 3    | 33.3    | 33.3
        one   | 1     | 3    | 33.3    | 66.7
        both  | 1     | 3    | 33.3    | 100.0
        total | 3     | 3    | 100.0   | -
        """,
        below="""
        Base: 3 of 5; left out: 2 unclear
        """,
    )


def test_summed_up(specify):
    """A count is a number, and can be summed up."""
    specify(
        cases=CASES,
        codebook="""
        risks:
          label: Number of risks
          type: number
          derived: {count_of: [abuse, illness]}
        """,
        section="summaries",
        plan="""
        of: risks
        show: [n, mean, median]
        """,
        expect="""
        group | n | mean | median
        total | 3 | 1.0  | 1.0
        """,
        below="""
        Base: 3 of 5; left out: 2 unclear
        """,
    )
