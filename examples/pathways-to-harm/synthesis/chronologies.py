"""The agencies' own chronologies of the written reviews: the events of chronologies/*.md and everyday ones between them.

Each agency has a document of its own, in the format, columns, dates and abbreviations that sources.yaml reads: they are taken
from there, backwards, so that the two cannot part. Every page of every document says that it is fiction.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter
from docx import Document
from docx.enum.section import WD_ORIENT
from ruamel.yaml import YAML

from synthesis.dealing import chance
from synthesis.papers import settled
from synthesis.reviews import SAID

DAY, MONTH = 10, 7
"""How many characters a day and a month have, as 2012-03-14 and 2012-03."""


@dataclass(frozen=True)
class Event:
    """One event; `date` is a day, a month or a year; `number` is how planted.yaml names it, and empty for an everyday event."""

    case: str
    number: str
    date: str
    agency: str
    kind: str
    people: tuple[str, ...]
    what: str
    time: str = ""
    details: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_all(folder: Path) -> list[Event]:
    """The events of every case, by case, agency and date."""
    events = [event for path in sorted(folder.glob("*.md")) for event in _read(path)]
    return sorted(events, key=lambda event: (event.case, event.date, event.time, event.number, event.agency, event.what))


def _read(path: Path) -> Iterator[Event]:
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    about = YAML(typ="safe").load(head)
    for line in body.strip().splitlines()[2:]:
        yield _written(about["case"], [cell.strip() for cell in line.strip().strip("|").split("|")])
    for rule in about["everyday"]:
        yield from _everyday(about["case"], rule)


def _written(case: str, cells: list[str]) -> Event:
    number, when, agency, kind, people, what, details = cells
    day, _, time = when.partition(" ")
    return Event(case, number, day, agency, kind, _several(people), what, time, dict(_details(details)))


def _details(cell: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for part in filter(None, (one.strip() for one in cell.split(";"))):
        name, _, answers = part.partition("=")
        yield name, _several(answers) if name == "accounts" else (answers,)


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(",") if part.strip())


def _everyday(case: str, rule: Mapping[str, Any]) -> Iterator[Event]:
    """What happened again and again: `every` so many days, on working days, but not in the spans of `closed`."""
    rng = chance("chronologies", case, rule["agency"], rule["kind"], str(rule["from"]))
    day, place = rule["from"], int(rng.integers(len(rule["what"])))
    details = {"seen": (rule["seen"],)} if "seen" in rule else {}
    while day <= rule["to"]:
        on = day + timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0)) if rule["every"] > 1 else day
        if not any(first <= on <= last for first, last in rule.get("closed", [])):
            what = rule["what"][place % len(rule["what"])]
            yield Event(case, "", on.isoformat(), rule["agency"], rule["kind"], _several(rule["people"]), what, "", details)
            place += 1 + int(rng.integers(2))
        day += timedelta(days=rule["every"])


def write(events: Iterable[Event], sources: Path, practice: Path, out: Path) -> int:
    """Every agency's document of every case below `out`; how many documents."""
    yaml = YAML(typ="safe")
    words, documents, every = yaml.load(practice), 0, list(events)
    for source in yaml.load(sources)["sources"].values():
        if source["kind"] != "events":
            continue
        for case in sorted({event.case for event in every}):
            held = [event for event in every if event.case == case and event.agency in _agencies(source)]
            if held:
                path = out / source["file"].removeprefix("generated/").replace("*", case)
                path.parent.mkdir(parents=True, exist_ok=True)
                WRITERS[path.suffix]([_row(event, source, words) for event in held], source.get("note", ""), path)
                documents += 1
    return documents


def _agencies(source: Mapping[str, Any]) -> set[str]:
    return set(source["agency_column"]["values"].values()) if "agency_column" in source else {source["agency"]}


def _row(event: Event, source: Mapping[str, Any], words: Mapping[str, Any]) -> dict[str, str]:
    """A row under the headings of the source; a detail for which it has no column is not in it."""
    date_column, day = source["date"], _day(event.date, source["dates"])
    row = {date_column: day, **({source["time"]: event.time} if "time" in source else {})}
    row |= _cell(source["event"], (event.kind,), words["kinds"])
    if "agency_column" in source:
        row |= _cell(source["agency_column"], (event.agency,), words["agencies"])
    row |= _cell(source["people"], event.people, words["people"])
    row[source["what"]] = event.what
    for detail, column in source.get("details", {}).items():
        row |= _cell(column, event.details.get(detail, ()), words["details"][detail].get("categories", {}))
    return row | {"Note": "Fictional"}


def _cell(column: str | Mapping[str, Any], names: tuple[str, ...], labels: Mapping[str, Any]) -> dict[str, str]:
    """The names as the document abbreviates them; those that it does not, by their labels."""
    if isinstance(column, str):
        column = {"column": column}
    short = {name: written for written, name in column.get("values", {}).items()}
    written = [short.get(name) or _label(labels, name) for name in names]
    return {column["column"]: _between(column.get("split", ",")).join(written)}


def _between(split: str) -> str:
    """A comma or semicolon with the space that people write after it; other signs as they are."""
    return f"{split} " if split in {",", ";"} else split


def _label(labels: Mapping[str, Any], name: str) -> str:
    label = labels.get(name, name)
    return label if isinstance(label, str) else label["label"]


def _day(written: str, formats: list[str]) -> str:
    """A day, a month or a year as the document writes them."""
    wanted = "%d" if len(written) == DAY else "%m" if len(written) == MONTH else "%Y"
    whole = date.fromisoformat(written + "-01-01"[: DAY - len(written)] if len(written) < MONTH else f"{written}-01"[:DAY])
    by_precision = sorted(formats, key=len)
    style = {"%Y": by_precision[0], "%m": by_precision[1], "%d": by_precision[2]}[wanted]
    return whole.strftime(style)


def _csv(rows: list[dict[str, str]], about: str, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, rows[0].keys())
        out.writeheader()
        out.writerows(rows)


def _xlsx(rows: list[dict[str, str]], about: str, path: Path) -> None:
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": datetime(2026, 1, 1), "comments": SAID})  # noqa: DTZ001
        sheet = book.add_worksheet("Chronology")
        sheet.set_landscape()
        sheet.set_header(f"&C{SAID}")
        sheet.repeat_rows(0)
        for number, row in enumerate([list(rows[0]), *(list(row.values()) for row in rows)]):
            sheet.write_row(number, 0, row)


def _docx(rows: list[dict[str, str]], about: str, path: Path) -> None:
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    section.header.paragraphs[0].text = SAID
    document.core_properties.author = ""
    document.add_heading(path.stem, level=1)
    document.add_paragraph(about)
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in [list(rows[0]), *(list(row.values()) for row in rows)]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    settled(document, path)


WRITERS = {".csv": _csv, ".xlsx": _xlsx, ".docx": _docx}
