"""A small fictional study with sources of every kind, to be taken in; and a PostgreSQL server of the test's own."""

import csv
import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pyarrow as pa

from casereview.casebook import store
from casereview.casebook.intake import IntakeReport, take_in
from casereview.casebook.long_tables import content
from casereview.casebook.models import AuditEvent
from casereview.documents import CanonicalText, text_of_sections
from casereview.release.layout import CONTENT
from casereview.study.pathways import Pathways
from casereview.study.practice import Practice
from casereview.study.samples import Samples
from casereview.study.sources import Sources
from casereview.study.study import Study
from casereview.study.systems import Systems
from tests.builders import a_study

VARIABLES: dict[str, dict[str, Any]] = {
    "outcome": {"type": "nominal", "categories": {"fatal": "The child died", "harm": "Serious harm"}},
    "plan": {},
    "factors": {"type": "multiple", "categories": {"alcohol": "Alcohol", "violence": "Violence", "debt": "Debt"}},
    "agencies": {"type": "multiple", "categories": {"health": "Health", "police": "Police"}},
    "day": {"type": "date"},
    "visits": {"type": "number"},
    "note": {"type": "text"},
    "sex": {"type": "nominal", "unit": "child", "categories": {"girl": "Girl", "boy": "Boy"}},
}
PRACTICE: dict[str, Any] = {
    "agencies": {"police": "Police", "health-visiting": "Health visiting", "gp": "General practice"},
    "people": {"child": "Child", "mother": "Mother", "partner": "Mother’s partner"},
    "kinds": {
        "call": "Call to the home",
        "not-brought": "Not brought to an appointment",
        "visit": "Visit",
        "closure": "Case closed",
        "note": "Anything else",
    },
    "details": {
        "seen": {"label": "Child seen", "categories": {"seen": "Seen", "alone": "Seen alone", "not-seen": "Not seen"}},
        "action": {"label": "Action taken"},
        "accounts": {"label": "Whose account", "several": True, "categories": {"parents": "Parents", "child": "Child"}},
    },
    "incident": "day",
    "recommendations": {"see": {"label": "See the child.", "source": "A fictional briefing"}},
    "questions": {
        "not-seen": {
            **{"label": "Child not seen at a call", "ask": "Where was the child, and who knew?", "serves": "see"},
            "when": {"kind": "call", "has": {"seen": "not-seen"}},
        },
        "visit-after-call": {
            **{"label": "No visit after a call", "ask": "Did anyone go back?", "serves": ["see"]},
            **{"when": {"kind": "call"}, "unless": {"kind": "visit", "after": "28 days"}},
        },
        "closed": {
            **{"label": "Closed", "ask": "What had changed?", "serves": "see"},
            "when": {"kind": "closure", "lacks": ["action"]},
        },
    },
}
SOURCES: dict[str, dict[str, Any]] = {
    "cases": {
        "kind": "rows",
        "file": "cases.csv",
        "key": "Case",
        "wave_column": "Wave",
        "columns": {
            "Outcome": "outcome",
            "Plan": {"variable": "plan", "values": {"Y": "yes", "N": "no"}, "absent": {"?": "unclear", "": "not-stated"}},
            "Factors": {"variable": "factors", "split": ";"},
            "Health": {"variable": "agencies", "category": "health"},
            "Police": {"variable": "agencies", "category": "police"},
            "Day": {"variable": "day", "dates": ["%d/%m/%Y", "%B %Y", "%Y"]},
            "Visits": "visits",
            "Note": "note",
        },
    },
    "children": {
        "kind": "rows",
        "file": "children.csv",
        "unit": "child",
        "key": "Child",
        "case": "Case",
        "columns": {"Sex": "sex"},
    },
    "reviews": {"kind": "documents", "file": "reviews/*.txt", "case": "review-{case}"},
    "letters": {"kind": "texts", "file": "letters.csv", "key": "Letter", "case": "Case", "text": ["Facts", "Concerns"]},
    "quotes": {
        "kind": "quotes",
        "file": "quotes.csv",
        "document": "Document",
        "quote": "Quote",
        "split": "|",
        "code": "Theme",
        "variable": "Supports",
        "coder": "Coder",
    },
}
CASES = [
    ["A", "w1", "The child died", "Y", "alcohol; debt", "1", "0", "03/02/2001", "3", "first seen in spring"],
    ["B", "w1", "harm", "N", "", "0", "no", "March 2001", "1.50", ""],
    ["C", "w2", "fatal", "?", "Violence", "", "", "2002", "Not stated", "=1+1"],
    ["D", "w2", "1", "", "not stated", "yes", "yes", "", "", "naïve café 😢"],
]
CHILDREN = [["A1", "A", "Girl"], ["B1", "B", "boy"], ["B2", "B", "Unclear"], ["D1", "D", ""]]
REVIEWS = {
    "A": "The family was known to several agencies.\nNobody asked the older child what she saw.\nThe file was closed in May.",
    "D": "A health visitor called twice. Nobody answered the door. The visits were not recorded.",
}
LETTERS = [["L1", "B", "The boy was seen at home.", "No agency spoke to him alone."], ["L2", "C", "", "Records were lost."]]
QUOTES = [
    ["review-A", "Nobody asked the older child | The file was closed", "listening", "", "kim"],
    ["review-D", "“Nobody answered the door.”", "", "plan", ""],
    ["L1", "No agency spoke to him alone", "Listening to the child", "outcome", "kim"],
    ["review-A", "words that are not there", "listening", "", "kim"],
    ["review-D", "A health visitor called twice", "listening", "sex", "lou"],
]
PATHWAYS = Pathways.model_validate(
    {
        "factors": {
            "violence": {"label": "Violence at home", "side": "risk"},
            "not-seen": {"label": "The child not seen", "side": "risk", "theme": "listening", "when": {"plan": {"is": "yes"}}},
            "visits": {"label": "Visits", "side": "protective"},
            "death": {"label": "Death", "side": "harm"},
        },
        "groups": ["outcome", "wave"],
    }
)
SYSTEMS = Systems.model_validate(
    {
        "problems": {"not-asked": {"label": "Nobody asked the child"}, "closed": {"label": "Closed early"}},
        "conditions": {
            "caseload": {"label": "High caseloads", "level": "team-and-organisation"},
            "cuts": {"label": "Cuts", "level": "national"},
        },
    }
)
AUDIENCES = {"board": "The board", "police": "Police"}
FINDINGS: dict[str, dict[str, Any]] = {
    "asked": {
        "title": "Nobody asked the children",
        "theme": "practice",
        "rests_on": ["listening", "outcomes", {"document": "review-A", "words": "Nobody asked the older child"}],
        "counter": [{"of": "outcomes.harm", "says": "Some lived."}],
    },
    "seen": {"title": "Visits were not recorded", "theme": "practice", "audiences": ["board"]},
}
RECOMMENDATIONS: dict[str, dict[str, Any]] = {
    "ask": {
        "title": "Ask the child",
        "change": "Ask each child.",
        "findings": ["asked"],
        "audience": ["board"],
        "first_made": "w1",
    },
    "ask-alone": {
        "title": "Ask the child alone",
        "change": "Ask each child alone.",
        "findings": ["asked"],
        "audience": ["board", "police"],
        "repeats": "ask",
    },
}
TABLES = {"outcomes": {"title": "What came of it", "rows": "outcome"}}
HEADERS = {
    "cases.csv": ["Case", "Wave", "Outcome", "Plan", "Factors", "Health", "Police", "Day", "Visits", "Note"],
    "children.csv": ["Child", "Case", "Sex"],
    "letters.csv": ["Letter", "Case", "Facts", "Concerns"],
    "quotes.csv": ["Document", "Quote", "Theme", "Supports", "Coder"],
}


def the_study(sources: Mapping[str, Any] = SOURCES, samples: Mapping[str, Any] | None = None, **more: Any) -> Study:
    """The study; `more` as in `a_study`."""
    themes = {"practice": {"label": "Practice", "codes": {"listening": {"label": "Listening to the child"}}}}
    said = {"findings": FINDINGS, "recommendations": RECOMMENDATIONS, "tables": TABLES, "audiences": AUDIENCES}
    given = {"people": ("child",), "themes": themes} | said | more
    study = a_study(given.pop("variables", VARIABLES), **given)
    made = Sources.model_validate({"sources": sources}), Samples.model_validate({"samples": samples or {}})
    words = {"pathways": PATHWAYS, "systems": SYSTEMS, "practice": Practice.model_validate(PRACTICE)}
    return replace(study, sources=made[0], samples=made[1], **words)


def write_table(data: Path, name: str, rows: Iterable[Sequence[str]], header: Sequence[str] | None = None) -> Path:
    """A CSV file below the data folder."""
    path = data / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header or HEADERS[name], *rows])
    return path


def write_all(data: Path) -> Path:
    """Every file that the study's sources name."""
    for name, rows in {"cases.csv": CASES, "children.csv": CHILDREN, "letters.csv": LETTERS, "quotes.csv": QUOTES}.items():
        write_table(data, name, rows)
    for case, text in REVIEWS.items():
        write_review(data, f"review-{case}.txt", text)
    return data


def write_review(data: Path, name: str, text: str) -> Path:
    """A document as a file."""
    path = data / "reviews" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


class ReadingHere(Executor):
    """Reads text files in this process, where a child process each would make a test slow and shows nothing."""

    def submit(self, function: Any, path: Path) -> "Future[CanonicalText]":  # type: ignore[override]
        assert function.__name__ == "read_isolated"
        text = text_of_sections([("Text", path.read_text(encoding="utf-8"))])
        future: Future[CanonicalText] = Future()
        future.set_result(replace(text, kind="txt", sha256=store.hash_of(path)))
        return future


def take(study: Study, data: Path) -> IntakeReport:
    """Take the sources in, with two threads."""
    with ThreadPoolExecutor(2) as executor:
        return take_in(study, data, executor=executor, progress=lambda label, done, total: None)


def table(study: Study, name: str) -> list[dict[str, Any]]:
    """One long table as rows."""
    return pa.Table.from_batches(content(study)[name], CONTENT[name]).to_pylist()


def values(study: Study, record: str) -> dict[str, str | None]:
    """Variable → value or absence of one record."""
    return {row["variable"]: row["value"] or row["absent"] for row in table(study, "values") if row["record"] == record}


def fingerprint(study: Study) -> dict[str, str]:
    """A hash of every long table."""
    tables = {name: pa.Table.from_batches(batches, CONTENT[name]) for name, batches in content(study).items()}
    return {name: hashlib.sha256(repr(one.to_pylist()).encode()).hexdigest() for name, one in tables.items()}


def events() -> int:
    """How many events the audit log has."""
    return AuditEvent.objects.count()


def postgresql_programs() -> Path | None:
    """Where Debian or others keep PostgreSQL's server programs; None where there are none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    path = found[-1] if found else Path(shutil.which("initdb") or "/nowhere")
    return path.parent if path.exists() else None


@contextmanager
def postgresql() -> Iterator[str]:
    """A server in a temporary folder, on a Unix socket only; the folder of its socket."""
    programs = postgresql_programs()
    assert programs is not None
    folder = Path(tempfile.mkdtemp(prefix="cr-pg-"))
    user = None
    if os.geteuid() == 0:  # the server refuses to run as root
        user = "nobody"
        owner = pwd.getpwnam(user)
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    data = folder / "data"

    def run(*command: str) -> None:
        subprocess.run(command, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)

    # A locale that sorts a, B, c: what must be sorted by code point has to say so.
    icu = ("--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-GB", "--no-sync")
    run(str(programs / "initdb"), "-D", str(data), "-U", "casereview", "-A", "trust", "-E", "UTF8", *icu)
    control = (str(programs / "pg_ctl"), "-D", str(data), "-w")
    run(*control, "-l", str(folder / "log"), "-o", f"-k {folder} -c listen_addresses=''", "start")
    try:
        yield str(folder)
    finally:
        run(*control, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def made_database(server: str, name: str, more: str = "") -> str:
    """A new database of a server, by the folder of its socket; its address."""
    with psycopg.connect(f"postgresql://casereview@/postgres?host={server}", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" {more}')
    return f"postgresql://casereview@/{name}?host={server}"
