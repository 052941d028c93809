"""Which wave a row belongs to."""

from calendar import monthrange
from collections.abc import Mapping

from casereview.study.cells import Unreadable, partial_date
from casereview.study.sources import Column, RowsSource
from casereview.study.study import Study

ISO = ("%Y-%m-%d", "%Y-%m", "%Y")


def wave_of(
    study: Study, source: RowsSource, cells: Mapping[str, str], labels: Mapping[str, Mapping[str, str]]
) -> str | Unreadable:
    """The wave of a case's row: the source's own, that of a column, that of a date; or the only one of the study."""
    if source.wave is not None:
        return source.wave
    if source.wave_column is not None:
        text = cells[source.wave_column].strip()
        return _named(study, source.wave_column, labels.get(source.wave_column, {}).get(text, text))
    if source.wave_date is not None:
        return _dated(study, source, cells[source.wave_date])
    return study.waves[0]


def _named(study: Study, column: str, text: str) -> str | Unreadable:
    named = {name.casefold(): slug for slug, wave in study.about.waves.items() for name in (wave.label, slug)}
    wave = named.get(text.casefold())
    return wave or _outside(column, text, f"Write one of {', '.join(study.waves)}, or add the wave to study.yaml.")


def _dated(study: Study, source: RowsSource, text: str) -> str | Unreadable:
    """The wave that holds the whole of a date, which may be only a month or a year."""
    column = _date_column(study, source)
    date = partial_date(text, (*(column.dates if column else source.wave_dates), *ISO))
    if date is None:
        where = f"“dates:” of column “{source.wave_date}”" if column else "“wave_dates:”"
        return _outside(source.wave_date or "", text, f"Give a date, or say under {where} in sources.yaml how dates are written.")
    earliest, latest = _span(date)
    for slug, wave in study.about.waves.items():
        if wave.start.isoformat() <= earliest and latest <= wave.end.isoformat():
            return slug
    return _outside(source.wave_date or "", text, "Give a date that lies wholly in a wave of study.yaml, or correct the waves.")


def _date_column(study: Study, source: RowsSource) -> Column | None:
    """The wave's column, if it is read into a date variable too: then that says how its dates are written."""
    column = source.columns.get(source.wave_date or "")
    return column if column and study.variable(column.variable).type == "date" else None


def _span(date: str) -> tuple[str, str]:
    """The first and the last possible day of a date, a month or a year."""
    if len(date) == 4:
        return f"{date}-01-01", f"{date}-12-31"
    if len(date) == 7:
        year, month = map(int, date.split("-"))
        return f"{date}-01", f"{date}-{monthrange(year, month)[1]}"
    return date, date


def _outside(column: str, text: str, remedy: str) -> Unreadable:
    return Unreadable("wave-unclear", f"column “{column}” holds “{text[:60]}”, which is in no wave of the study", remedy)
