"""datapackage.json: what a release holds, in Frictionless Data Package v2 (https://datapackage.org/standard/data-package/)."""

from typing import Any

import pyarrow as pa

from casereview.release import asked, drawn
from casereview.release.layout import CONTENT
from casereview.release.manifest import DATA, FileRecord
from casereview.release.relations import FOREIGN, PATHWAY_ROWS, PRACTICE_ROWS, PRIMARY, SYSTEM_ROWS
from casereview.release.wide import identifiers, wide_schema
from casereview.study.codebook import Variable
from casereview.study.study import Study

PROFILE = "https://datapackage.org/profiles/2.0"
Json = dict[str, Any]
_TYPES = {pa.string(): "string", pa.int32(): "integer", pa.int64(): "integer", pa.float64(): "number"}


def describe(study: Study, files: dict[str, FileRecord]) -> Json:
    """The descriptor. `files`: path → size and hash of every table, as in the manifest."""
    about = study.about
    whole: Json = {
        "$schema": f"{PROFILE}/datapackage.json",
        "name": "case-review-release",
        "title": about.title,
        "description": about.aim,
        "version": about.version,
        "created": f"{about.released.isoformat()}T00:00:00Z" if about.released else None,
        "contributors": [_kept({"title": one.name, "organization": one.affiliation, "roles": ["creator"]}) for one in about.team],
        "licenses": [{"name": about.licence}] if about.licence else None,
        "resources": [_resource(table, schema, files) for table, schema in _tables(study).items()],
    }
    return _kept(whole)


def _kept(properties: Json) -> Json:
    """Without the properties that there is nothing to say of."""
    return {key: value for key, value in properties.items() if value is not None}


def _tables(study: Study) -> dict[str, Json]:
    long = {table: _long_schema(table) for table in CONTENT}
    told = {table: _asked_schema() for table in asked.tables(study)}
    return long | told | {unit: _wide_schema(study, unit) for unit in study.units}


def _resource(table: str, schema: Json, files: dict[str, FileRecord]) -> Json:
    file = files[f"{DATA}/{table}.parquet"]
    return {
        "name": table,
        "type": "table",
        "path": file.path,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        "schema": {"$schema": f"{PROFILE}/tableschema.json"} | schema,
    }


def _long_schema(table: str) -> Json:
    fields = [{"name": field.name, "type": _TYPES[field.type]} for field in CONTENT[table]]
    foreign = [_reference(one.column, one.other, one.key) for one in FOREIGN if one.table == table]
    keys = {"primaryKey": list(PRIMARY[table])} if table in PRIMARY else {}
    return {"fields": fields} | keys | ({"foreignKeys": foreign} if foreign else {})


def _asked_schema() -> Json:
    fields = [{"name": field.name, "type": _TYPES[field.type]} for field in asked.SCHEMA]
    return {"fields": fields, "foreignKeys": [_reference("case", "cases", "case"), _reference("event", "events", "event")]}


def _reference(column: str, other: str, key: str) -> Json:
    return {"fields": [column], "reference": {"resource": other, "fields": [key]}}


def _wide_schema(study: Study, unit: str) -> Json:
    fields: list[Json] = [{"name": column, "type": "string", "constraints": {"required": True}} for column in identifiers(unit)]
    fields[-1] |= {"categories": [{"value": wave, "label": study.about.waves[wave].label} for wave in study.waves]}
    fields[-1] |= {"categoriesOrdered": True}
    for slug, variable in study.variables_of(unit).items():
        fields += _fields(study, slug, variable)
    assert [field["name"] for field in fields] == wide_schema(study, unit).names  # noqa: S101  # the two say the same
    fields += [_rows_of(column) for column in (*drawn.columns(study), *asked.columns(study))] if unit == "case" else []
    return {"fields": fields, "primaryKey": [identifiers(unit)[0]], "foreignKeys": [_reference("case", "cases", "case")]}


_ROWS = {
    PATHWAY_ROWS: ("pathways", "Nobody looked at it"),
    SYSTEM_ROWS: ("systems", "Nobody looked at it"),
    PRACTICE_ROWS: ("what is asked of chronologies", "It has no chronology"),
}


def _rows_of(column: str) -> Json:
    """A column of the rows in which a case stands, in the tables of what was drawn or asked."""
    what, why = _ROWS[column]
    absent = [{"value": drawn.NOT_COLLECTED, "label": why}]
    said = f"The rows in which the case stands, in the tables of {what}."
    return {"name": column, "type": "array", "title": said, "items": {"missingValues": absent}}


def _fields(study: Study, slug: str, variable: Variable) -> list[Json]:
    """One field of a coded variable; two of another: the answer, and why there is none."""
    absences = [{"value": one, "label": absence.label} for one, absence in study.about.absences.items()]
    categories = [{"value": one, "label": category.label} for one, category in study.categories(slug).items()]
    field: Json = {"name": slug, "type": "string", "title": variable.label, "description": variable.definition}
    if variable.type == "multiple":
        allowed = [one["value"] for one in (*categories, *absences)]
        items = {"type": "array", "items": {"type": "string", "enum": allowed}}
        return [field | {"type": "array", "constraints": {"jsonSchema": items}, "items": _items(categories, absences)}]
    if variable.coded:
        return [field | _items(categories, absences) | {"categoriesOrdered": variable.type == "ordered"}]
    why = {"name": f"{slug}.absent", "type": "string", "title": f"{variable.label}: why absent", "categories": absences}
    return [field | {"type": "number" if variable.type == "number" else "string"}, why]


def _items(categories: list[Json], absences: list[Json]) -> Json:
    return {"categories": categories, "missingValues": absences}
