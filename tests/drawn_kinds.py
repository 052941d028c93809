"""The drawn publication with a table of every kind that a plan can ask. Every figure is made up, as every case is."""

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from casereview.analysis.members import Members, Support
from casereview.analysis.tables import (
    Answered,
    Cell,
    CellTable,
    Estimate,
    EstimateTable,
    Heading,
    Interval,
    Point,
    TestResult,
)
from casereview.study import read
from casereview.study.study import Study
from tests import drawn_charts, drawn_publication
from tests.drawn_publication import FILES, LATEST, DrawnAnalysis, wilson

TOTAL = Heading("total", "Total", "total")
KNOWN = (Heading("open", "Open case"), Heading("closed", "Closed case"), Heading("never", "Never known"))
OUTCOMES = (Heading("fatal", "Death"), Heading("harm", "Serious harm"))
AGES = tuple(
    Heading(slug, label)
    for slug, label in (
        ("under-1", "Under 1 year"),
        ("1-5", "1 to 5 years"),
        ("6-10", "6 to 10 years"),
        ("11-15", "11 to 15 years"),
        ("16-17", "16 to 17 years"),
    )
)

CODEBOOK = """\
  years:
    label: Years known
    definition: For how many years services had known the family.
    domain: professional
    type: number
  weight:
    label: Weight of the review
    definition: How many reviews of the county it stands for.
    domain: professional
    type: number
  notified:
    label: Day of the notification
    definition: When the review was asked for.
    domain: professional
    type: date
"""

PLAN = """\
  layered:
    title: Involvement by outcome in each age group
    answers: involvement
    rows: known
    columns: outcome
    layers: age-band
    where: {wave: {is: 2011-14}}
    show: [count, row-percent, adjusted-residual]
    tests: [chi-square, likelihood-ratio]
    measures: [cramers-v]
  weighted:
    title: Involvement of children’s social care, weighted
    rows: known
    weight: weight
    show: [count, records-percent, column-percent, cumulative-percent]
    where: {wave: {is: 2011-14}}
  responses:
    title: What the families lived with, by every base
    rows: [domestic-abuse, mental-health, substance]
    show: [count, column-percent, responding-percent, responses-percent]
    where: {wave: {is: 2011-14}}
  wide:
    title: Age by involvement, with everything that can be shown
    rows: age-band
    columns: known
    show: [count, row-percent, column-percent, total-percent, expected, residual, adjusted-residual, interval]
    where: {wave: {is: 2011-14}}
summaries:
  years:
    title: For how long the families had been known, 2011 to 2014
    answers: involvement
    of: years
    rows: outcome
    where: {wave: {is: 2011-14}}
    tests: [mann-whitney]
rates:
  deaths:
    title: Deaths per 100,000 children
    rows: age-band
    events: {outcome: {is: fatal}}
    population: children
    reference: 1-5
trends:
  notices:
    title: Notifications in each year
    dated: notified
    by: year
    reforms: [publication]
models:
  death:
    title: What went with a death
    outcome: {outcome: {is: fatal}}
    outcome_label: death
    predictors: [known, age-band]
agreements:
  coders:
    title: How far two readers agreed
    of: [known, outcome]
    measures: [percent, kappa, krippendorff-alpha]
combinations:
  together:
    title: Which difficulties came together
    of: [domestic-abuse, mental-health, substance]
pathways:
  led: {title: What led to what}
families:
  main: {method: holm, tables: [layered, years]}
charts:
  notices: {table: notices, kind: series, caption: Notifications in each year}
  death: {table: death, kind: forest, caption: What went with a death}
  led: {table: led, kind: graph, caption: What led to what}
"""

POPULATIONS = """\
populations:
  children:
    label: children under 18 in Exampleshire
    source: Exampleshire Council, made up
    by: [age-band]
    rows:
      - {age-band: under-1, people: 2100}
      - {age-band: 1-5, people: 10400}
      - {age-band: 6-10, people: 10900}
      - {age-band: 11-15, people: 11200}
      - {age-band: 16-17, people: 4300}
"""


PATHWAYS = "factors:\n" + "".join(f"  {one.slug}: {{label: {one.label}, side: {one.side}}}\n" for one in drawn_charts.FACTORS)


def study(folder: Path) -> Study:
    """The drawn study, asking for everything."""
    plan = FILES["plan.yaml"].replace("charts:\n", PLAN)
    changes = {"plan.yaml": plan, "codebook.yaml": FILES["codebook.yaml"] + CODEBOOK, "populations.yaml": POPULATIONS}
    return read(drawn_publication.write_study(folder, **changes | {"pathways.yaml": PATHWAYS}))


def _crosstab(slug: str, title: str, rows: tuple[Heading, ...], columns: tuple[Heading, ...], **given: Any) -> CellTable:
    cells: dict[str, Cell] = {}
    for under in given.pop("under", ("",)):
        counts = {
            (row.slug, column.slug): 1 + (3 * across + 5 * down + 2 * len(under)) % 11
            for down, row in enumerate(rows)
            for across, column in enumerate(columns)
        }
        cells |= {cell.address: cell for cell in _crossed(counts, rows, columns, under)}
    base = next(cell.base for cell in cells.values())
    common: dict[str, Any] = {"absences": {"not-stated": 2}, "waves": ("2011-14",), "where": "period: 2011 to 2014"}
    made = CellTable(slug, title, "crosstab", "case", (*rows, TOTAL), (*columns, TOTAL), cells, base, base + 2, **common)
    return replace(made, **given)


def _crossed(
    counts: dict[tuple[str, str], int], rows: tuple[Heading, ...], columns: tuple[Heading, ...], under: str
) -> list[Cell]:
    def n(row: str, column: str) -> int:
        return sum(one for (r, c), one in counts.items() if row in (r, "total") and column in (c, "total"))

    made = []
    whole = n("total", "total")
    for row in (*rows, TOTAL):
        for column in (*columns, TOTAL):
            count = n(row.slug, column.slug)
            bases = {"column": n("total", column.slug), "row": n(row.slug, "total"), "total": whole}
            hoped = bases["column"] * bases["row"] / whole
            inside = TOTAL not in (row, column)
            cell = Cell(
                ".".join(part for part in (row.slug, column.slug, under) if part),
                count,
                bases["column"],
                100 * count / bases["column"],
                wilson(count, bases["column"]) if row is not TOTAL else None,
                {name: 100 * count / base for name, base in bases.items()},
                bases,
                expected=hoped if inside else None,
                residual=(count - hoped) / hoped**0.5 if inside else None,
                adjusted=1.2 * (count - hoped) / hoped**0.5 if inside else None,
            )
            made.append(cell)
    return made


def _tests() -> tuple[TestResult, ...]:
    adjusted = "Adjusted for the 5 tests of the family “main” (Holm), p = .508."
    unrelated = "If “Involvement” and “Outcome” were unrelated, counts as uneven as these would come up by chance"
    few = "5 of 6 cells expect fewer than 5 records, the smallest 1.20: p may be far off (Cochran 1954)."
    tests = [
        TestResult(
            "chi-square",
            4.12,
            2,
            0.127,
            None,
            "Pearson (1900)",
            f"χ²(2, N = 31) = 4.12, p = .127. {unrelated} about 127 times in 1,000. {adjusted}",
            (few,),
            layer=age.slug,
            adjusted=0.508,
            family="main",
        )
        for age in AGES
    ]
    ratio = TestResult(
        "mantel-haenszel-odds-ratio",
        1.84,
        None,
        None,
        Interval(1.2, 2.81, "mantel-haenszel-95"),
        "Robins, Breslow and Greenland (1986)",
        "OR = 1.84, 95% CI [1.20, 2.81]. The odds of “Outcome: Death” were 1.84 times as high for “Open case”.",
    )
    homogeneous = replace(ratio, name="breslow-day", interval=None, p=0.212, sentence="Breslow-Day test, χ²(4) = 5.84, p = .212.")
    return (*tests, homogeneous, ratio)


def layered() -> CellTable:
    title = "Involvement by outcome in each age group"
    under = ("", *(age.slug for age in AGES))
    return _crosstab("layered", title, KNOWN, OUTCOMES, under=under, layers=(*AGES, TOTAL), tests=_tests())


def wide() -> CellTable:
    return _crosstab("wide", "Age by involvement, with everything that can be shown", AGES, KNOWN)


def weighted() -> CellTable:
    """40 records that stand for 100.5; the percentages are of these."""
    rows = {"open": (17, 60.25), "closed": (3, 0.02), "never": (20, 40.23), "total": (40, 100.5)}
    so_far, cells = 0.0, {}
    for slug, (count, sum_of) in rows.items():
        so_far = sum_of if slug == "total" else so_far + sum_of
        percents = {"column": 100 * sum_of / 100.5, "records": 100 * sum_of / 110, "cumulative": 100 * so_far / 100.5}
        percents |= {"cumulative": None} if slug == "total" else {}
        bases = {"column": 40, "records": 45, "cumulative": 40}
        share = percents["column"]
        cells[slug] = Cell(slug, count, 40, share, None, percents, bases, weighted=sum_of, weighted_base=100.5)
    title = "Involvement of children’s social care, weighted"
    absences = {"not-stated": 5}
    rows_ = (*KNOWN, TOTAL)
    return CellTable("weighted", title, "frequency", "case", rows_, (), cells, 40, 45, absences, ("2011-14",), "")


def responses() -> CellTable:
    names = {"domestic-abuse": (24, "Domestic abuse"), "mental-health": (19, "Parental mental health problems")}
    names["substance"] = (13, "Parental substance misuse")
    given = sum(count for count, _ in names.values())
    cells = {
        slug: Cell(
            slug,
            count,
            42,
            100 * count / 42,
            wilson(count, 42),
            {"column": 100 * count / 42, "responding": 100 * count / 38, "responses": 100 * count / given},
            {"column": 42, "responding": 38, "responses": given},
        )
        for slug, (count, _) in names.items()
    }
    cells["total"] = Cell("total", 42, 42, 100.0, None, {"column": 100.0}, {"column": 42})
    rows = (*(Heading(slug, label) for slug, (_, label) in names.items()), TOTAL)
    title = "What the families lived with, by every base"
    return CellTable("responses", title, "multiple-response", "case", rows, (), cells, 42, 45, {"unclear": 3}, ("2011-14",), "")


def together() -> CellTable:
    counts = {"domestic-abuse+substance": 12, "domestic-abuse": 9, "none": 5, "others": 16, "total": 42}
    labels = {
        "domestic-abuse+substance": "Domestic abuse and parental substance misuse",
        "domestic-abuse": "Domestic abuse only",
        "none": "None of these",
        "others": "All other combinations",
        "total": "Total",
    }
    cells = {
        slug: Cell(slug, count, 42, 100 * count / 42, wilson(count, 42), {"column": 100 * count / 42}, {"column": 42})
        for slug, count in counts.items()
    }
    rows = tuple(Heading(slug, label, "total" if slug == "total" else "answer") for slug, label in labels.items())
    title = "Which difficulties came together"
    return CellTable("together", title, "combinations", "case", rows, (), cells, 42, 100, {"unclear": 58}, ("2011-14",), "")


def _estimates(
    slug: str, kind: Any, title: str, rows: tuple[Heading, ...], columns: dict[str, str], **given: Any
) -> EstimateTable:
    cells = {cell.address: cell for cell in given.pop("cells")}
    headings = tuple(Heading(name, label) for name, label in columns.items())
    common: dict[str, Any] = {"base": 43, "records": 45, "absences": {"not-stated": 2}, "waves": ("2011-14",), "where": ""}
    return EstimateTable(slug, title, kind, "case", rows, headings, cells, **(common | given))


def years() -> EstimateTable:
    rows = (*OUTCOMES, TOTAL)
    columns = {"n": "n", "mean": "Mean", "sd": "SD", "median": "Median", "minimum": "Minimum", "maximum": "Maximum"}
    cells = [Estimate(f"fatal.{name}", 2.5 * place, "number", 2) for place, name in enumerate(columns) if name != "n"]
    cells += [Estimate(f"total.{name}", 3.25 * place, "number", 2) for place, name in enumerate(columns) if name != "n"]
    why = "one record has no spread"
    cells += [Estimate("harm.sd", None, "number", 2, symbol="x", why=why)]
    cells += [Estimate(f"harm.{name}", 4.0, "number", 2, symbol="low", why="it is of one record") for name in ("mean", "median")]
    cells += [Estimate(f"harm.{name}", 4.0, "number", 2) for name in ("minimum", "maximum")]
    cells += [Estimate(f"{row}.n", n, "count", 0) for row, n in (("fatal", 1234), ("harm", 1), ("total", 1235))]
    sentence = "U = 1,204.0, z = −2.31, p = .021. The families of those who died had been known for longer."
    test = TestResult(
        "mann-whitney", 1204.0, None, 0.021, None, "Mann and Whitney (1947)", sentence, adjusted=0.042, family="main"
    )
    title = "For how long the families had been known, 2011 to 2014"
    return _estimates("years", "summary", title, rows, columns, cells=cells, tests=(test,))


def deaths() -> EstimateTable:
    columns = {
        "events": "Events",
        "population": "Population",
        "rate": "Rate per 100,000",
        "standardised": "Standardised rate",
        "ratio": "Rate ratio",
    }
    cells: list[Estimate] = []
    for place, age in enumerate(AGES):
        cells += [
            Estimate(f"{age.slug}.events", 11 - place, "count", 0),
            Estimate(f"{age.slug}.population", 10400 + 1234567 * place, "count", 0),
            Estimate(f"{age.slug}.rate", 52.4 / (place + 1), "rate", 1, Interval(20.125, 98.55, "exact-95")),
            Estimate(f"{age.slug}.standardised", None, "rate", 1, symbol="z", why="the rows are what is standardised for"),
            Estimate(f"{age.slug}.ratio", 1.838, "ratio", 2, Interval(1.204, 12345.678, "exact-95"))
            if place != 1
            else Estimate(f"{age.slug}.ratio", None, "ratio", 2, symbol="z", why="it is what the others are compared with"),
        ]
    return _estimates("deaths", "rate", "Deaths per 100,000 children", AGES, columns, cells=cells)


def notices() -> EstimateTable:
    rows = tuple(
        Heading(slug, label)
        for slug, label in (("slope", "Change in a year"), ("publication.step", "Reviews published in full: step"))
    )
    rows = (rows[0], Heading("step", rows[1].label))
    columns = {"ratio": "Rate ratio", "p": "p"}
    cells = [
        Estimate("slope.ratio", 1.034, "ratio", 3, Interval(1.002, 1.067, "wald-95")),
        Estimate("slope.p", 0.0371, "p", 3),
        Estimate("step.ratio", 0.82, "ratio", 3, Interval(0.701, 0.958, "wald-95")),
        Estimate("step.p", 0.00004, "p", 3),
    ]
    points = tuple(
        Point(str(year), date(year, 1, 1), 20 + year % 7, (20 + year % 7) / 4.2, 5.1, 420000.0, Interval(3.1, 7.25))
        for year in range(2005, 2015)
    )
    marked = ((date(2010, 6, 10), "Reviews published in full"),)
    waves = tuple(drawn_publication.WAVES)
    title = "Notifications in each year"
    return _estimates("notices", "trend", title, rows, columns, cells=cells, points=points, marked=marked, waves=waves)


def death() -> EstimateTable:
    rows = (*KNOWN, *AGES[:2])
    columns = {"n": "n", "odds-ratio": "Odds ratio", "p": "p"}
    cells: list[Estimate] = []
    for place, row in enumerate(rows):
        cells.append(Estimate(f"{row.slug}.n", 12 + place, "count", 0))
        if place in (0, 3):
            why = "it is the reference"
            cells.append(Estimate(f"{row.slug}.odds-ratio", None, "ratio", 2, symbol="z", why=why))
            cells.append(Estimate(f"{row.slug}.p", None, "p", 3, symbol="z", why=why))
        else:
            value = 0.52 + place
            between = Interval(value / 1.9, value * 1.9, "profile-95")
            symbol: Any = "low" if place == 4 else ""
            why = "few records stand here" if symbol else ""
            cells.append(Estimate(f"{row.slug}.odds-ratio", value, "ratio", 2, between, symbol, why))
            cells.append(Estimate(f"{row.slug}.p", 0.0311 if place == 1 else 0.00002, "p", 3))
    return _estimates("death", "model", "What went with a death", rows, columns, cells=cells)


def coders() -> EstimateTable:
    rows = (Heading("known", "Known to children’s social care"), Heading("outcome", "Outcome"))
    columns = {"percent": "Agreement", "kappa": "Cohen’s κ", "krippendorff-alpha": "Krippendorff’s α"}
    cells = [
        Estimate("known.percent", 87.5, "percent", 1),
        Estimate("known.kappa", -0.004, "coefficient", 2, Interval(-0.25, 0.24)),
        Estimate("known.krippendorff-alpha", 0.79, "coefficient", 2, Interval(0.64, 0.91)),
        Estimate("outcome.percent", 100.0, "percent", 1),
        Estimate("outcome.kappa", None, "coefficient", 2, symbol="x", why="everyone always said the same"),
        Estimate("outcome.krippendorff-alpha", None, "coefficient", 2, symbol="x", why="everyone always said the same"),
    ]
    return _estimates("coders", "agreement", "How far two readers agreed", rows, columns, cells=cells)


def led() -> CellTable:
    return replace(drawn_charts.pathways(), slug="led")


@dataclass
class KindsAnalysis(DrawnAnalysis):
    """Answers for the kinds above, too: behind each of their cells stand the first cases of the latest round."""

    tables: dict[str, Any] = field(default_factory=dict)

    def members_of(self, table: str, limit: int = 2000) -> dict[str, Members]:
        if table in self.rules:
            return super().members_of(table, limit)
        cases = [record["case"] for record in LATEST]
        return {address: Members(cases[: len(address)][:limit], len(address)) for address in self.tables[table].cells}

    def passages_of(self, table: str, limit: int = 200) -> dict[str, Support]:
        if table in self.rules:
            return super().passages_of(table, limit)
        passages = [self._passage(record["case"]) for record in LATEST]
        return {address: Support(passages[: len(address)][:limit], len(address)) for address in self.tables[table].cells}


def analysis() -> KindsAnalysis:
    """The drawn tables, and one of every other kind."""
    drawn = drawn_publication.analysis()
    made: list[Answered] = [
        layered(),
        weighted(),
        responses(),
        wide(),
        years(),
        deaths(),
        notices(),
        death(),
        coders(),
        together(),
        led(),
    ]
    return KindsAnalysis(drawn.tables | {table.slug: table for table in made}, drawn.rules)
