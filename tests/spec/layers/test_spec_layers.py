"""Layers.

`layers:` names a third coded variable, and makes a crosstab for each of its answers, and one of all of them together. The base is
the records of which all three are known.
"""

CASES = """
case | wave    | outcome | abuse | illness
c1   | 2007-09 | fatal   | yes   | yes
c2   | 2007-09 | fatal   | yes   | yes
c3   | 2007-09 | harm    | no    | yes
c4   | 2007-09 | fatal   | no    | no
c5   | 2007-09 | harm    | yes   | no
c6   | 2007-09 | harm    | no    | no
c7   | 2007-09 | harm    | no    |
"""


def test_bases(specify):
    """Each layer has bases of its own. A cell is cited as `ROW.COLUMN.LAYER`, that of all layers together as `ROW.COLUMN`.

    A record that is absent in several of the three is left out once, with the reason of the rows, else of the columns, else of
    the layers.
    """
    specify(
        cases=CASES,
        plan="""
        rows: abuse
        columns: outcome
        layers: illness
        """,
        expect="""
        cell            | count | base | percent | row percent | total percent
        yes.fatal.yes   | 2     | 2    | 100.0   | 100.0       | 66.7
        yes.fatal.no    | 0     | 1    | 0.0     | 0.0         | 0.0
        yes.fatal       | 2     | 3    | 66.7    | 66.7        | 33.3
        yes.harm.yes    | 0     | 1    | 0.0     | 0.0         | 0.0
        yes.harm.no     | 1     | 2    | 50.0    | 100.0       | 33.3
        yes.harm        | 1     | 3    | 33.3    | 33.3        | 16.7
        yes.total.yes   | 2     | 3    | 66.7    | 100.0       | 66.7
        yes.total.no    | 1     | 3    | 33.3    | 100.0       | 33.3
        yes.total       | 3     | 6    | 50.0    | 100.0       | 50.0
        no.fatal.yes    | 0     | 2    | 0.0     | 0.0         | 0.0
        no.fatal.no     | 1     | 1    | 100.0   | 50.0        | 33.3
        no.fatal        | 1     | 3    | 33.3    | 33.3        | 16.7
        no.harm.yes     | 1     | 1    | 100.0   | 100.0       | 33.3
        no.harm.no      | 1     | 2    | 50.0    | 50.0        | 33.3
        no.harm         | 2     | 3    | 66.7    | 66.7        | 33.3
        no.total.yes    | 1     | 3    | 33.3    | 100.0       | 33.3
        no.total.no     | 2     | 3    | 66.7    | 100.0       | 66.7
        no.total        | 3     | 6    | 50.0    | 100.0       | 50.0
        total.fatal.yes | 2     | 2    | 100.0   | 66.7        | 66.7
        total.fatal.no  | 1     | 1    | 100.0   | 33.3        | 33.3
        total.fatal     | 3     | 3    | 100.0   | 50.0        | 50.0
        total.harm.yes  | 1     | 1    | 100.0   | 33.3        | 33.3
        total.harm.no   | 2     | 2    | 100.0   | 66.7        | 66.7
        total.harm      | 3     | 3    | 100.0   | 50.0        | 50.0
        total.total.yes | 3     | 3    | 100.0   | 100.0       | 100.0
        total.total.no  | 3     | 3    | 100.0   | 100.0       | 100.0
        total.total     | 6     | 6    | 100.0   | 100.0       | 100.0
        """,
        below="""
        Base: 6 of 7; left out: 1 not-stated
        Left out of the base: 1 (Mental ill-health: Not stated).
        """,
    )


def test_tests(specify):
    """Tests are made in each layer. Those of Mantel and Haenszel, and of Breslow and Day, take all layers together.

    A relation within all layers can differ from that of all records, and even be its contrary.
    """
    specify(
        cases=CASES,
        plan="""
        rows: abuse
        columns: outcome
        layers: illness
        where: {illness: {known: true}}
        tests: [fisher]
        measures: [mantel-haenszel-odds-ratio]
        """,
        expect="""
        cell            | count
        yes.fatal.yes   | 2
        yes.fatal.no    | 0
        yes.fatal       | 2
        yes.harm.yes    | 0
        yes.harm.no     | 1
        yes.harm        | 1
        yes.total.yes   | 2
        yes.total.no    | 1
        yes.total       | 3
        no.fatal.yes    | 0
        no.fatal.no     | 1
        no.fatal        | 1
        no.harm.yes     | 1
        no.harm.no      | 1
        no.harm         | 2
        no.total.yes    | 1
        no.total.no     | 2
        no.total        | 3
        total.fatal.yes | 2
        total.fatal.no  | 1
        total.fatal     | 3
        total.harm.yes  | 1
        total.harm.no   | 2
        total.harm      | 3
        total.total.yes | 3
        total.total.no  | 3
        total.total     | 6
        """,
        below="""
        Base: 6 of 6
        Where: mental ill-health: known
        Yes: Fisher’s exact test, p = .333. If “Domestic abuse” and “Outcome” were unrelated, counts as uneven as these would still come up by chance about 333 times in 1,000: a relation is not shown, nor is it ruled out.
        No: Fisher’s exact test, p = 1.000. If “Domestic abuse” and “Outcome” were unrelated, counts as uneven as these would still come up by chance about 1,000 times in 1,000: a relation is not shown, nor is it ruled out.
        Mantel-Haenszel OR = 2.00, 95% CI [0.13, 31.98], over 2 layers. Within the layers: the odds of “Outcome: Fatal” were 2.00 times as high for “Domestic abuse: Yes” as for “Domestic abuse: No”.
        """,  # noqa: E501
    )
