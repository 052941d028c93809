"""A fictional study with computed tables, to publish in tests without a casebook. Every case and every word is made up."""

from collections.abc import Callable
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from casereview.analysis.lock import Change
from casereview.analysis.members import Members, Passage, Support
from casereview.analysis.tables import Break, Cell, CellTable, Heading, Interval, TestResult
from casereview.release.layout import CONTENT
from casereview.release.opening import Release
from casereview.study import read
from casereview.study.study import Study

SYNTHETIC = "Synthetic data. Every case, person and passage was made up to show how the study is published; none is real."

FILES = {
    "study.yaml": f"""\
title: "Harm and help in Exampleshire: an analysis of fictional reviews"
subtitle: Lessons from several rounds of reviews
aim: >
  To give professionals evidence of what stood in the way of help, and to show what has changed between the rounds of reviews.
version: 1.0.0
released: 2016-05-20
team:
  - {{name: A. Example, affiliation: University of Exampleshire}}
  - {{name: B. Sample, affiliation: University of Exampleshire}}
  - {{name: C. Draft, affiliation: Exampleshire School of Medicine}}
funder: Exampleshire Department for Learning
synthetic: "{SYNTHETIC}"
licence: CC-BY-4.0
case: {{label: Review, plural: Reviews}}
people:
  child: {{label: Child, plural: Children}}
waves:
  2003-05: {{label: 2003 to 2005, start: 2003-04-01, end: 2005-03-31}}
  2005-11: {{label: 2005 to 2011, start: 2005-04-01, end: 2011-03-31}}
  2011-14: {{label: 2011 to 2014, start: 2011-04-01, end: 2014-03-31}}
reforms:
  publication:
    label: Reviews published in full
    date: 2010-06-10
    breaks: everything
audiences:
  social-care: Children’s social care
  police: Police
  schools: Schools
domains:
  professional: Professional involvement
  family: Family background
""",
    "codebook.yaml": """\
variables:
  known:
    label: Known to children’s social care
    definition: Whether the child was, or had been, known to children’s social care at the time of the incident.
    domain: professional
    type: nominal
    categories:
      open: Open case
      closed: Closed case
      below: {label: Below the threshold, include: A referral that was not accepted.}
      never: Never known
  outcome:
    label: Outcome
    definition: What came of the incident.
    domain: professional
    type: nominal
    categories: {fatal: Death, harm: Serious harm}
  age-band:
    label: Age of the child
    definition: Age at the time of the incident, in completed years.
    domain: family
    type: ordered
    categories: {under-1: Under 1 year, 1-5: 1 to 5 years, 6-10: 6 to 10 years, 11-15: 11 to 15 years, 16-17: 16 to 17 years}
  domestic-abuse:
    label: Domestic abuse
    definition: Any domestic abuse in the child’s household, past or present.
    domain: family
    type: yes-no
  mental-health:
    label: Parental mental health problems
    definition: A parent or carer had problems of mental health.
    domain: family
    type: yes-no
  substance:
    label: Parental substance misuse
    definition: A parent or carer misused drugs or alcohol.
    domain: family
    type: yes-no
""",
    "themes.yaml": """\
themes:
  practice:
    label: Professional practice
    codes:
      over-optimism: {label: Over-optimism, definition: Change is hoped for rather than seen.}
      information: {label: Information not shared}
""",
    "crosswalk.yaml": """\
variables:
  known:
    2003-05: {comparability: close, was: Contact with social services}
    2005-11: {comparability: same}
  outcome: {2003-05..2005-11: {comparability: same}}
  age-band: {2003-05..2005-11: {comparability: same}}
  domestic-abuse: {2003-05..2005-11: {comparability: close, note: Emotional abuse was counted from 2011 only.}}
  mental-health: {2003-05..2005-11: {comparability: same}}
  substance: {2003-05..2005-11: {comparability: same}}
""",
    "sources.yaml": """\
sources:
  reviews: {kind: rows, file: reviews.csv, key: id, wave_column: wave, columns: {Known: known}}
""",
    "sample.yaml": """\
samples:
  in-depth:
    label: Reviews read in depth
    method: maximum-variation
    frame: {wave: {is: 2011-14}}
    size: 12
    spread_over: [age-band, outcome]
""",
    "plan.yaml": """\
questions:
  involvement: Were the children known to children’s social care?
  families: What did the families live with?
tables:
  reviews:
    title: Reviews by round
    rows: wave
    across: {needs: broken}
    show: [count, column-percent]
  known:
    title: Involvement of children’s social care, 2011 to 2014
    answers: involvement
    rows: known
    where: {wave: {is: 2011-14}}
    show: [count, column-percent, interval]
    subtotals:
      ever: {label: Open or closed, of: [open, closed]}
      aware: {label: "Open, closed or below the threshold", of: [open, closed, below]}
    note: A child counts once, by the highest level of involvement.
  known-by-outcome:
    title: Involvement of children’s social care by outcome, 2011 to 2014
    answers: involvement
    rows: known
    columns: outcome
    where: {wave: {is: 2011-14}}
    show: [count, column-percent]
    tests: [chi-square]
  families:
    title: What the families lived with, 2011 to 2014
    answers: families
    rows: [domestic-abuse, mental-health, substance]
    where: {wave: {is: 2011-14}}
    show: [count, column-percent, interval]
  abuse-over-time:
    title: Domestic abuse in each round of reviews
    answers: families
    rows: wave
    share: {label: Domestic abuse, holds: {domestic-abuse: {is: "yes"}}}
    across: {needs: broken}
    show: [count, row-percent, interval]
charts:
  families: {table: families, kind: bar, caption: What the families lived with}
  known-by-outcome: {table: known-by-outcome, kind: grouped-bar, caption: Involvement of children’s social care by outcome}
  abuse-over-time: {table: abuse-over-time, kind: trend, caption: Domestic abuse in each round of reviews}
deviations:
  - {what: families, why: Substance misuse was added after the first reading., when: 2015-09-01}
""",
    "findings/referrals.md": """\
---
title: Most children were known to services before they were harmed
theme: Understanding vulnerability and risk
order: 1
rests_on: [known, known-by-outcome]
counter:
  - {of: known.never, says: "Never known were {{ known.never count of base }} of the children."}
  - {document: review-fictional-2011-14-001, words: nobody had seen the children’s bedroom}
---
{{ known.ever says "About two thirds" }} ({{ known.ever percent }}) of the children were or had previously been known to
children’s social care; {{ known.open percent in words }} were an open case at the time ({{ known.open count of base }}).
{{ known.below percent in words }} had been referred and were found to be below the threshold. In all, services were or had
been aware of the child in {{ known.aware percent with base }} of the reviews.

- Of the children who died, {{ known-by-outcome.open.fatal percent }} were an open case, and of those seriously harmed
  {{ known-by-outcome.open.harm percent }}. {{ known-by-outcome test }}
- Professionals sometimes treated information as ‘for information only’, because it did not come as a formal referral.

{{ quotes over-optimism at most 2 }}
""",
    "recommendations/no-action.md": """\
---
title: No action weighs as much as action
change: Treat a decision to take no further action as being as significant as an escalation, and record the reasons for it.
findings: [referrals]
audience: [social-care]
measure: Decisions with their reasons on record.
owner: Exampleshire children’s services
due: 2017-03-31
repeats: reasons
statuses:
  2011-14: {status: under-way, note: Some teams write their reasons down., rests_on: [known.below, information]}
---
""",
    "recommendations/ask-again.md": """\
---
title: Ask again
change: Ask again when something important changes, such as a new partner or a missed appointment.
findings: [referrals]
audience: [social-care, police]
---
It was said for {{ known.open count of base }} of the children that nobody did.
""",
    "recommendations/reasons.md": """\
---
title: Write the reasons down
change: Write down why nothing is done.
findings: [referrals]
audience: [social-care]
first_made: 2003-05
made_in: The first round, made up
statuses:
  2005-11: {status: not-started}
---
""",
    "recommendations/coercion.md": """\
---
title: Control is an offence
change: Embed the offence of controlling or coercive behaviour (Serious Crime Act 2015) in the response to domestic abuse.
findings: [abuse]
audience: [police]
---
""",
    "findings/abuse.md": """\
---
title: Domestic abuse was the most common thread
theme: Domestic abuse and parental separation
order: 2
rests_on: [families, abuse-over-time]
---
Domestic abuse was a factor in {{ families.domestic-abuse says "more than half" }} of the
reviews: {{ families.domestic-abuse percent with interval }}. All but a few families lived with more than a single difficulty.
In the reviews of 2011 to 2014 the share was {{ abuse-over-time.2011-14 percent }}, against
{{ abuse-over-time.2003-05 percent }} in those of 2003 to 2005; the reviews have been published in full since June 2010,
so these cannot simply be compared.

{{ chart families }}

{{ chart abuse-over-time }}
""",
    "report/briefing.md": """\
## Why is this study important?

A review is a local enquiry, carried out where a child has died or has been seriously harmed and there is concern about how
agencies worked together. Its purpose is to find out what happened and why, so that help can come sooner. This study reads
the reviews of a whole county *together*, and sets the latest of them beside those of earlier rounds.

## Aim of the study

The aim was to provide professionals with evidence of what stood in the way of help, and to show what has changed.

## How was the study done?

The study holds {{ reviews base }} reviews since {{ reviews since }}, of which {{ known records }} are of the latest round
({{ known period }}). An earlier briefing spoke of {{ quoted "just over 90" from "Exampleshire briefing 2012, page 4" }} reviews.

- Each review was read by two people, who recorded what it said without seeing one another’s answers.
- What a review does not state is never counted as “no”: every percentage is of the reviews that say.

## Key findings

{{ findings }}

## Key recommendations for policy and practice

{{ recommendations }}

## Strengths and limitations

### Strengths

The reviews of all rounds are held together, so that change can be seen over time.

### Limitations

The study sees the families through the eyes of those who wrote the reviews. Reviews are not a picture of everyday practice,
and what came together in them cannot be made into a list of risk factors that predicts harm.
""".replace("two people", '{{ named "two people" }}'),
}

WAVES = {"2003-05": 30, "2005-11": 25, "2011-14": 45}
_KNOWN = ("open", "closed", "never", "open", "below", "closed", "open", "never", "closed", "open", "never")
_AGES = ("under-1", "1-5", "11-15", "under-1", "6-10", "16-17", "under-1")


def _records() -> list[dict[str, str]]:
    records = []
    for wave, size in WAVES.items():
        for number in range(size):
            records.append(
                {
                    "case": f"fictional-{wave}-{number + 1:03}",
                    "wave": wave,
                    "known": "not-stated" if number % 22 == 21 else _KNOWN[number % len(_KNOWN)],
                    "outcome": "fatal" if number % 3 else "harm",
                    "age-band": _AGES[number % len(_AGES)],
                    "domestic-abuse": "yes" if (number * 7) % 11 < 6 else "no",
                    "mental-health": "unclear" if number % 15 == 14 else "yes" if number % 9 < 4 else "no",
                    "substance": "yes" if number % 10 < 3 else "no",
                }
            )
    return records


RECORDS = _records()
LATEST = [record for record in RECORDS if record["wave"] == "2011-14"]


def wilson(count: int, base: int) -> Interval | None:
    """Near enough for a picture."""
    if not base:
        return None
    z, p = 1.96, count / base
    middle, spread = p + z * z / (2 * base), z * sqrt(p * (1 - p) / base + z * z / (4 * base * base))
    return Interval(100 * (middle - spread) / (1 + z * z / base), 100 * (middle + spread) / (1 + z * z / base))


def cell(address: str, count: int, base: int, **others: int) -> Cell:
    share = 100 * count / base if base else None
    percents: dict[str, float | None] = {"column": share} | {k: 100 * count / v if v else None for k, v in others.items()}
    return Cell(address, count, base, share, wilson(count, base), percents, {"column": base} | others)


def _known_table() -> tuple[CellTable, dict[str, Callable[[dict[str, str]], bool]]]:
    rules: dict[str, Callable[[dict[str, str]], bool]] = {
        slug: (lambda record, slug=slug: record["known"] == slug) for slug in ("open", "closed", "below", "never")
    }
    rules["ever"] = lambda record: record["known"] in ("open", "closed")
    rules["aware"] = lambda record: record["known"] in ("open", "closed", "below")
    rules["total"] = lambda record: record["known"] != "not-stated"
    base = sum(map(rules["total"], LATEST))
    headings = (
        Heading("open", "Open case"),
        Heading("closed", "Closed case"),
        Heading("below", "Below the threshold"),
        Heading("never", "Never known"),
        Heading("ever", "Open or closed", "subtotal"),
        Heading("aware", "Open, closed or below the threshold", "subtotal"),
        Heading("total", "Total", "total"),
    )
    cells = {slug: cell(slug, sum(map(rule, LATEST)), base) for slug, rule in rules.items()}
    note = "A child counts once, by the highest level of involvement."
    table = CellTable(
        "known",
        "Involvement of children’s social care, 2011 to 2014",
        "frequency",
        "case",
        headings,
        (),
        cells,
        base,
        len(LATEST),
        {"not-stated": len(LATEST) - base},
        ("2011-14",),
        "period: 2011 to 2014",
        notes=(note,),
    )
    return table, rules


def _crosstab() -> tuple[CellTable, dict[str, Callable[[dict[str, str]], bool]]]:
    rows = ("open", "closed", "below", "never", "total")
    columns = ("fatal", "harm", "total")

    def rule(row: str, column: str) -> Callable[[dict[str, str]], bool]:
        return lambda record: (
            record["known"] != "not-stated" and row in ("total", record["known"]) and column in ("total", record["outcome"])
        )

    rules = {f"{row}.{column}": rule(row, column) for row in rows for column in columns}
    counts = {address: sum(map(one, LATEST)) for address, one in rules.items()}
    cells = {
        f"{row}.{column}": cell(
            f"{row}.{column}", counts[f"{row}.{column}"], counts[f"total.{column}"], row=counts[f"{row}.total"]
        )
        for row in rows
        for column in columns
    }
    labels = {"open": "Open case", "closed": "Closed case", "below": "Below the threshold", "never": "Never known"}
    test = TestResult(
        "chi-square",
        1.234,
        3,
        0.745,
        None,
        "Agresti (2013), section 3.2",
        "There is no clear sign of a difference between the outcomes (χ² = 1.23, df = 3, p = 0.745).",
        ("Some expected counts are below 5.",),
    )
    table = CellTable(
        "known-by-outcome",
        "Involvement of children’s social care by outcome, 2011 to 2014",
        "crosstab",
        "case",
        (*(Heading(slug, label) for slug, label in labels.items()), Heading("total", "Total", "total")),
        (Heading("fatal", "Death"), Heading("harm", "Serious harm"), Heading("total", "All", "total")),
        cells,
        counts["total.total"],
        len(LATEST),
        {"not-stated": len(LATEST) - counts["total.total"]},
        ("2011-14",),
        "period: 2011 to 2014",
        tests=(test,),
    )
    return table, rules


def _families() -> tuple[CellTable, dict[str, Callable[[dict[str, str]], bool]]]:
    names = {
        "domestic-abuse": "Domestic abuse",
        "mental-health": "Parental mental health problems",
        "substance": "Parental substance misuse",
    }
    rules: dict[str, Callable[[dict[str, str]], bool]] = {
        name: (lambda record, name=name: record[name] == "yes") for name in names
    }
    known = [record for record in LATEST if record["mental-health"] != "unclear"]
    cells = {name: cell(name, sum(map(rule, known)), len(known)) for name, rule in rules.items()}
    table = CellTable(
        "families",
        "What the families lived with, 2011 to 2014",
        "multiple-response",
        "case",
        tuple(Heading(slug, label) for slug, label in names.items()),
        (),
        cells,
        len(known),
        len(LATEST),
        {"unclear": len(LATEST) - len(known)},
        ("2011-14",),
        "period: 2011 to 2014",
    )
    return table, rules


def _over_time(slug: str, title: str, share: bool) -> tuple[CellTable, dict[str, Callable[[dict[str, str]], bool]]]:
    rules: dict[str, Callable[[dict[str, str]], bool]] = {
        wave: (lambda record, wave=wave: record["wave"] == wave and (not share or record["domestic-abuse"] == "yes"))
        for wave in WAVES
    }
    if not share:
        rules["total"] = lambda record: True
    bases = {wave: size if share else len(RECORDS) for wave, size in WAVES.items()} | {"total": len(RECORDS)}
    cells = {name: cell(name, sum(map(rule, RECORDS)), bases[name], row=bases[name]) for name, rule in rules.items()}
    headings = [Heading(wave, wave.replace("-", " to 20")) for wave in WAVES]
    totals = [] if share else [Heading("total", "Total", "total")]
    reason = "Reviews published in full (10 June 2010)"
    table = CellTable(
        slug,
        title,
        "share" if share else "frequency",
        "case",
        (*headings, *totals),
        (),
        cells,
        len(RECORDS),
        len(RECORDS),
        {},
        tuple(WAVES),
        "",
        breaks=(Break("2011-14", "2011 to 2014", reason),),
    )
    return table, rules


@dataclass
class DrawnAnalysis:
    """Answers as an Analysis does, from the records above."""

    tables: dict[str, CellTable] = field(default_factory=dict)
    rules: dict[str, dict[str, Callable[[dict[str, str]], bool]]] = field(default_factory=dict)
    deviations: tuple[Change, ...] = (
        Change("tables", "families", "changed", "Substance misuse was added after the first reading."),
    )
    registered: bool = True
    asked: list[str] = field(default_factory=list)
    quote: str = "The home visit was recorded as positive, although nobody had seen the children’s bedroom."

    def members_of(self, table: str, limit: int = 2000) -> dict[str, Members]:
        self.asked.append(table)
        found = {address: self._cases(table, address) for address in self.rules[table]}
        return {address: Members(cases[:limit], len(cases)) for address, cases in found.items()}

    def passages_of(self, table: str, limit: int = 200) -> dict[str, Support]:
        found = {address: [self._passage(case) for case in self._cases(table, address)] for address in self.rules[table]}
        return {address: Support(passages[:limit], len(passages)) for address, passages in found.items()}

    def _cases(self, table: str, address: str) -> list[str]:
        rule, waves = self.rules[table][address], self.tables[table].waves
        return [record["case"] for record in RECORDS if record["wave"] in waves and rule(record)]

    def _passage(self, case: str) -> Passage:
        prefix, suffix = "as the notes of that week show. ", " The plan was closed soon after."
        return Passage(f"review-{case}:10-90", case, "known", f"review-{case}", f"Review {case}", 4, self.quote, prefix, suffix)


def analysis() -> DrawnAnalysis:
    made = (
        _over_time("reviews", "Reviews by round", share=False),
        _known_table(),
        _crosstab(),
        _families(),
        _over_time("abuse-over-time", "Domestic abuse in each round of reviews", share=True),
    )
    drawn = DrawnAnalysis()
    for table, rules in made:
        drawn.tables[table.slug] = table
        drawn.rules[table.slug] = rules
    return drawn


def write_study(folder: Path, **changes: str) -> Path:
    """Write the study; `changes` replaces whole files, by a key such as report__briefing."""
    files = FILES | {name.replace("__", "/"): text for name, text in changes.items()}
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def study(folder: Path) -> Study:
    """The study as read."""
    return read(write_study(folder))


INTAKE: dict[str, Any] = {
    "totals": {"there": 104, "read": 100, "unchanged": 0, "refused": 4},
    "sources": [{"source": "reviews", "kind": "rows", "counts": "rows", "there": 104, "read": 100, "unchanged": 0, "refused": 4}],
    "refusals": [{"source": "reviews", "code": "unknown-answer", "cause": "…"} for _ in range(4)],
}


def release(folder: Path, quote: str = DrawnAnalysis.quote) -> Release:
    """A release with what a publication reads of one: the cases, a sample of them, and passages with a theme."""
    data = folder / "1.0.0-0f1c7104" / "data"
    data.mkdir(parents=True)
    cases = [{name: record[name] for name in ("case", "wave", "age-band", "outcome")} for record in RECORDS]
    pq.write_table(pa.Table.from_pylist(cases), data / "case.parquet")
    drawn = [record["case"] for record in LATEST][::4]
    content: dict[str, list[dict[str, Any]]] = {
        "samples": [{"sample": "in-depth", "case": case, "status": "drawn", "other": None, "reason": None} for case in drawn],
        "passages": [
            *(_quoted(case, quote) for case in drawn),
            _quoted(drawn[0], DrawnAnalysis.quote) | {"passage": "2"},
        ],
        "codings": [{"passage": f"review-{case}:10-90", "code": "over-optimism", "coder": "A", "source": "s"} for case in drawn],
        "documents": [{"document": f"review-{case}", "case": case, "title": f"Review {case}"} for case in drawn],
    }
    for name, rows in content.items():
        pq.write_table(pa.Table.from_pylist(rows, schema=CONTENT[name]), data / f"{name}.parquet")
    manifest = {f"data/{path.name}": "0" * 64 for path in data.iterdir()}
    return Release(data.parent, "harm-and-help", "1.0.0", manifest)


def _quoted(case: str, quote: str) -> dict[str, Any]:
    return {
        "passage": f"review-{case}:10-90",
        "document": f"review-{case}",
        "text_sha256": "0" * 64,
        "exact": quote,
        "prefix": "",
        "suffix": "",
        "start": 10,
        "end": 10 + len(quote),
        "page": 4,
    }
