"""A small, sound study to spoil in one place at a time. It is fictional."""

from pathlib import Path

FILES = {
    "study.yaml": """\
title: A study of fictional reviews
aim: To show what is wrong with a file.
version: 1.0.0
team:
  - name: The example team
synthetic: Every case here is made up.
people:
  child: {label: Child, plural: Children}
waves:
  2005-07: {label: 2005 to 2007, start: 2005-04-01, end: 2007-03-31}
  2007-09: {label: 2007 to 2009, start: 2007-04-01, end: 2009-03-31}
domains:
  child: The child
audiences: {board: Board}
""",
    "codebook.yaml": """\
variables:
  outcome:
    label: Outcome
    definition: What came of it.
    domain: child
    type: nominal
    categories:
      fatal: Fatal
      serious-harm: Serious harm
      other: {label: Other, retired: {since: 2007-09, why: Never used}}
  plan:
    label: Plan
    definition: A plan in force.
    domain: child
    type: yes-no
    waves: {first: 2007-09}
  age:
    label: Age
    definition: Completed years.
    domain: child
    unit: child
    type: number
  age-band:
    label: Age band
    definition: Completed years, banded.
    domain: child
    unit: child
    type: ordered
    categories: {under-1: Under 1, over-1: 1 and over}
    derived: {banded: age, cuts: [1]}
""",
    "crosswalk.yaml": """\
variables:
  outcome:
    2005-07: {comparability: broken, note: Asked otherwise, map: {dead: fatal}}
""",
    "themes.yaml": """\
themes:
  practice:
    label: Practice
    codes:
      curiosity: {label: Curiosity}
""",
    "pathways.yaml": """\
factors:
  neglect: {label: Neglect, side: risk, when: {plan: {is: "no"}}}
  not-seen: {label: Not seen, side: risk, theme: curiosity, when: {outcome: {is: fatal}}}
  death: {label: Death, side: harm}
groups: [outcome]
""",
    "systems.yaml": """\
problems:
  not-asked: {label: Nobody asked, theme: curiosity}
conditions:
  caseload: {label: High caseloads, level: team-and-organisation}
  cuts: {label: Cuts, level: national}
""",
    "sources.yaml": """\
sources:
  cases:
    kind: rows
    file: cases.csv
    key: id
    wave_column: wave
    columns:
      Outcome: {variable: outcome, values: {F: fatal}}
      Plan: plan
""",
    "sample.yaml": """\
samples:
  in-depth: {label: In depth, method: random, size: 5}
""",
    "plan.yaml": """\
questions:
  q1: What came of it?
tables:
  outcome-2007-09:
    title: Outcome, 2007 to 2009
    answers: q1
    rows: outcome
    where: {wave: {is: 2007-09}}
charts:
  outcome: {table: outcome-2007-09, kind: bar, caption: Outcome}
""",
    "findings/curiosity.md": """\
---
title: Curiosity
theme: Practice
rests_on: [outcome-2007-09, curiosity]
counter: [outcome-2007-09.fatal]
audiences: [board]
---
Prose.
""",
    "recommendations/ask.md": """\
---
title: Ask
change: Ask once more.
findings: [curiosity]
audience: [board]
measure: Questions on record.
owner: The board
due: 2010-03-31
repeats: ask-earlier
statuses:
  2007-09: {status: not-started, rests_on: [curiosity]}
---
""",
    "recommendations/ask-earlier.md": """\
---
title: Ask, said earlier
change: Ask.
findings: [curiosity]
audience: [board]
first_made: 2005-07
---
""",
}


class Spoilt:
    """A study folder whose files can be changed by replacing text."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name, text in FILES.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

    def replace(self, name: str, old: str, new: str) -> "Spoilt":
        """Change one file. The old text must be in it."""
        text = (self.folder / name).read_text()
        assert old in text
        (self.folder / name).write_text(text.replace(old, new, 1))
        return self
