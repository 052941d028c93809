"""Random fictional records, coded as a file would have them, and the release that intake would have made of the same records."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from casereview.analysis.engines import CountQuery
from casereview.casebook.intake.answers import RowReader
from casereview.release import freeze
from casereview.release.manifest import DATA
from casereview.study.sources import RecordsSource, RowsSource
from casereview.study.study import Study
from tests.builders import a_study, content
from tests.drawn_queries import QUERIES, Asking

WAVES = ("w1", "w2", "w3")
LATER = {"first": "w2"}
VARIABLES: dict[str, dict[str, Any]] = {
    "outcome": {"type": "nominal", "categories": {"fatal": "Fatal", "harm": "Serious harm"}},
    "plan": {"type": "ordered", "categories": {"now": "Now", "past": "Past", "never": "Never"}, "waves": LATER},
    "abuse": {"type": "yes-no"},
    "illness": {"type": "yes-no", "asked_when": {"abuse": {"is": "yes"}}},
    "housing": {"type": "nominal", "categories": {"sound": "Sound", "poor": "Poor"}},
    "factors": {"type": "multiple", "categories": {"drink": "Drink", "drugs": "Drugs", "debt": "Debt"}, "waves": LATER},
    "age": {"type": "number", "asked_when": {"not": {"plan": {"is": "never"}}}},
    "stands-for": {"type": "number"},
    "happened": {"type": "date"},
    "note": {"type": "text"},
    "either": {"type": "yes-no", "derived": {"any_of": ["abuse", "illness"]}},
    "band": {"type": "ordered", "categories": {"small": "Small", "tall": "Tall"}, "derived": {"banded": "age", "cuts": [5]}},
    "ever": {
        "type": "nominal",
        "categories": {"ever": "Ever", "no": "Never"},
        "derived": {"recoded": "plan", "into": {"ever": ["now", "past"], "no": ["never"]}},
    },
    "home": {
        "type": "nominal",
        "categories": {"any": "Any"},
        "derived": {"recoded": "housing", "into": {"any": ["sound", "poor"]}},
        "waves": LATER,
        "asked_when": {"abuse": {"known": True}},
    },
    "substances": {
        "type": "multiple",
        "categories": {"some": "Some", "debt": "Debt"},
        "derived": {"recoded": "factors", "into": {"some": ["drink", "drugs"], "debt": ["debt"]}},
    },
}
COLUMNS: dict[str, Any] = {
    "OUT": {"variable": "outcome", "values": {"7": "fatal"}, "absent": {"98": "not-stated", "": "unclear"}},
    "PLAN": {"variable": "plan", "absent": {"?": "unclear"}},
    "AB": "abuse",
    "ILL": {"variable": "illness", "absent": {"98": "not-stated"}},
    "HOUSE": "housing",
    "F_drink": {"variable": "factors", "category": "drink", "absent": {"98": "unclear", "97": "not-stated"}},
    "F_drugs": {"variable": "factors", "category": "drugs", "absent": {"98": "unclear"}},
    "F_debt": {"variable": "factors", "category": "debt"},
    "AGE": {"variable": "age", "absent": {"98": "unclear"}},
    "W": "stands-for",
    "DAY": "happened",
    "NOTE": "note",
}
CODES: dict[str, tuple[pa.DataType, tuple[Any, ...]]] = {
    "id": (pa.string(), ()),
    "WAVE": (pa.string(), ("w1", "W2", " w3 ")),
    "OUT": (pa.int8(), (1, 2, 7, 98, -2, None)),
    "PLAN": (pa.string(), ("now", "Past", " past", "3", "?", "", None)),
    "AB": (pa.float64(), (0.0, 1.0, 1.0, None, -1.0)),
    "ILL": (pa.int16(), (0, 1, 98, None)),
    "HOUSE": (pa.string(), ("sound", "Poor", "h", None)),
    "F_drink": (pa.int8(), (0, 1, 0, 98, 97, None)),
    "F_drugs": (pa.int8(), (0, 1, 0, 98, None)),
    "F_debt": (pa.bool_(), (True, False, False)),
    "AGE": (pa.float32(), (0.0, 1.5, 5.0, 17.0, 98.0, -3.0, None)),
    "W": (pa.float64(), (0.1, 0.7, 1.35, 0.0, None)),
    "DAY": (pa.date32(), (date(2013, 3, 31), date(2013, 4, 1), date(2014, 12, 31), None)),
    "NOTE": (pa.string(), ("a text", " ", None)),
}
CROSSWALK = {
    "housing": {
        "w1": {"comparability": "close", "map": {"h": "poor"}},
        "w2..w3": {"comparability": "same", "map": {"h": "sound"}},
    }
}


@dataclass(frozen=True)
class Recorded:
    """A study, its records as the file has them, and what is asked of them."""

    study: Study
    rows: list[dict[str, Any]]
    queries: list[CountQuery]

    @property
    def source(self) -> RecordsSource:
        """The records as they are counted in place."""
        given = {"kind": "records", "file": "cases.parquet", "wave_column": "WAVE", "columns": COLUMNS}
        return RecordsSource.model_validate(given)

    def write(self, folder: Path) -> Path:
        """The folder with the file."""
        schema = pa.schema([(name, kind) for name, (kind, _) in CODES.items()])
        pq.write_table(pa.Table.from_pylist(self.rows, schema), folder / "cases.parquet")
        return folder

    def release(self, folder: Path) -> Path:
        """The data of the release that intake would have made of the records."""
        cases = [{"case": row["id"], "wave": row["WAVE"].strip().lower()} for row in self.rows]
        values = [value for row in self.rows for value in self._values(row)]
        return freeze(self.study, content(cases=cases, values=values), folder / "releases") / DATA

    def _values(self, row: Mapping[str, Any]) -> list[dict[str, Any]]:
        given = {"kind": "rows", "file": "cases.csv", "key": "id", "columns": COLUMNS}
        reader = RowReader.of(self.study, RowsSource.model_validate(given), {}, row["WAVE"].strip().lower())
        answers, unreadable = reader({name: _cell(value) for name, value in row.items()})
        assert not unreadable
        names = ("variable", "value", "absent", "recorded")
        return [{"record": row["id"], **dict(zip(names, answer, strict=True))} for answer in answers]


def _cell(value: Any) -> str:
    """As a CSV file would have it."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def drawn(seed: int) -> Recorded:
    """The records of a seed."""
    draw = Random(seed)
    size = {0: 0, 1: 1}.get(seed, draw.choice([5, 40, 150]))
    rows = [{name: draw.choice(codes or (f"c{place:03}",)) for name, (_, codes) in CODES.items()} for place in range(size)]
    of = a_study(VARIABLES, waves=WAVES, crosswalk=CROSSWALK)
    asking = Asking(draw, VARIABLES, WAVES)
    return Recorded(of, rows, [asking.query("case") for _ in range(QUERIES)])
