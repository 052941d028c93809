"""What came together.

Under `combinations:`, `together:` and `burdens:`, not `tables:`. A pair is cited as `ONE-with-OTHER.lift`, in a group as
`ONE-with-OTHER-in-GROUP.lift`. Nothing here is of one case: these are counts across cases, selected by what happened in them.
"""

CASES = """
case | wave    | outcome | abuse | illness | factors
c1   | 2007-09 | fatal   | yes   | yes     | drink
c2   | 2007-09 | fatal   | yes   | yes     | drink debt
c3   | 2007-09 | fatal   | yes   | no      | none
c4   | 2007-09 | harm    | no    | no      | drink
c5   | 2007-09 | harm    | no    | no      | debt
c6   | 2007-09 | harm    | no    | yes     | unclear
c7   | 2007-09 | harm    | yes   |         | drink
c8   | 2007-09 | harm    |       | unclear | unclear
"""
SELECTED = (
    "The cases came to be reviewed by what happened in them: this describes the records studied. It does not say how likely "
    "anything is or why it happens, and predicts nothing of any case."
)
OF_BOTH = (
    "Each pair is of the records of which both are known to be there or not. Lift is how many times as often both were there "
    "as they would have been if they were unrelated: 1 is neither more nor less. Its interval, and that of the odds ratio, are "
    "exact, the numbers of each factor taken as given (95%); p is of Fisher’s exact test."
)


def test_by_group(specify):
    """Combinations can be set side by side in groups; the base of each is the records of which all is known."""
    specify(
        cases=CASES,
        section="combinations",
        plan="""
        of: [abuse, illness]
        by: outcome
        """,
        expect="""
        cell                    | count | base | percent
        none.fatal              | 0     | 3    | 0.0
        none.harm               | 2     | 3    | 66.7
        none.total              | 2     | 6    | 33.3
        abuse-and-illness.fatal | 2     | 3    | 66.7
        abuse-and-illness.harm  | 0     | 3    | 0.0
        abuse-and-illness.total | 2     | 6    | 33.3
        abuse-only.fatal        | 1     | 3    | 33.3
        abuse-only.harm         | 0     | 3    | 0.0
        abuse-only.total        | 1     | 6    | 16.7
        illness-only.fatal      | 0     | 3    | 0.0
        illness-only.harm       | 1     | 3    | 33.3
        illness-only.total      | 1     | 6    | 16.7
        abuse.fatal             | 3     | 3    | 100.0
        abuse.harm              | 0     | 3    | 0.0
        abuse.total             | 3     | 6    | 50.0
        illness.fatal           | 2     | 3    | 66.7
        illness.harm            | 1     | 3    | 33.3
        illness.total           | 3     | 6    | 50.0
        total.fatal             | 3     | 3    | 100.0
        total.harm              | 3     | 3    | 100.0
        total.total             | 6     | 6    | 100.0
        """,
        below=f"""
        Base: 6 of 8; left out: 2 not-stated
        {SELECTED}
        Each case stands in one combination: what the row names, and none of the others. Below, each answer is counted once more by itself, whatever else was there.
        Left out of the base: 1 (Domestic abuse: Not stated) and 1 (Mental ill-health: Not stated).
        """,  # noqa: E501
    )


def test_pairs(specify):
    """Each answer of a multiple response is a factor of its own. Every pair has a base of its own: the records known of both."""
    specify(
        cases=CASES,
        section="together",
        plan="""
        of: [abuse, illness, factors]
        """,
        expect="""
        group                             | both | first | second | base | lift | phi   | odds-ratio | p     | adjusted-p
        abuse-with-illness                | 2    | 3     | 3      | 6    | 1.33 | 0.33  | 3.11       | 1.000 | 1.000
        abuse-with-factors-drink          | 3    | 4     | 4      | 6    | 1.12 | 0.25  | 2.45       | 1.000 | 1.000
        abuse-with-factors-drugs          | 0    | 4     | 0      | 6    | [z]  | [z]   | [z]        | [z]   | [z]
        abuse-with-factors-debt           | 1    | 4     | 2      | 6    | 0.75 | -0.25 | 0.41       | 1.000 | 1.000
        illness-with-factors-drink        | 2    | 2     | 3      | 5    | 1.67 | 0.67  | [x]        | 0.400 | 1.000
        illness-with-factors-drugs        | 0    | 2     | 0      | 5    | [z]  | [z]   | [z]        | [z]   | [z]
        illness-with-factors-debt         | 1    | 2     | 2      | 5    | 1.25 | 0.17  | 1.73       | 1.000 | 1.000
        factors-drink-with-factors-drugs  | 0    | 4     | 0      | 6    | [z]  | [z]   | [z]        | [z]   | [z]
        factors-drink-with-factors-debt   | 1    | 4     | 2      | 6    | 0.75 | -0.25 | 0.41       | 1.000 | 1.000
        factors-drugs-with-factors-debt   | 0    | 0     | 2      | 6    | [z]  | [z]   | [z]        | [z]   | [z]
        """,
        below=f"""
        Base: 7 of 8; left out: 1 not-stated
        {SELECTED}
        {OF_BOTH}
        p is adjusted for the 6 tests of this table (Holm).
        Left out of every pair: 1 (Not stated).
        """,
    )


def test_burdens(specify):
    """How many were recorded: of the records of which all is known, then of all, with what the unknown answers leave open."""
    specify(
        cases=CASES,
        section="burdens",
        plan="""
        of: [abuse, illness]
        """,
        expect="""
        cell                | count | base | percent
        exactly-0           | 2     | 6    | 33.3
        exactly-1           | 2     | 6    | 33.3
        exactly-2           | 2     | 6    | 33.3
        total               | 6     | 6    | 100.0
        at-least-1          | 4     | 6    | 66.7
        at-least-1-certain  | 5     | 8    | 62.5
        at-least-1-possible | 6     | 8    | 75.0
        at-least-2-certain  | 2     | 8    | 25.0
        at-least-2-possible | 4     | 8    | 50.0
        abuse               | 3     | 6    | 50.0
        illness             | 3     | 6    | 50.0
        """,
        below=f"""
        Base: 6 of 8; left out: 2 not-stated
        {SELECTED}
        It counts cases by how many of these factors were recorded, where every one of them is known to be there or not. Factors count alike, whatever each may mean; their number is no measure of any of the cases, and is kept of none.
        Where some answers are not known, the number is not known either: “certainly” counts those with so many whatever the unknown answers are, “possibly” those with so many if every unknown answer were yes; the share of all lies between them.
        Left out of the base: 1 (Domestic abuse: Not stated) and 1 (Mental ill-health: Not stated).
        """,  # noqa: E501
    )
