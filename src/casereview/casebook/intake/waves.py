"""Which wave a row belongs to."""

from calendar import monthrange
from collections.abc import Mapping

from casereview.casebook.intake.cells import Unreadable, partial_date
from casereview.study.sources import RowsSource
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
    column = source.columns.get(source.wave_date or "")
    date = partial_date(text, (*(column.dates if column else ()), *ISO))
    if date is None:
        return _outside(source.wave_date or "", text, "Give a date, or say under “dates:” how dates are written.")
    earliest, latest = _span(date)
    for slug, wave in study.about.waves.items():
        if wave.start.isoformat() <= earliest and latest <= wave.end.isoformat():
            return slug
    return _outside(source.wave_date or "", text, "Give a date that lies wholly in a wave of study.yaml, or correct the waves.")


def _span(date: str) -> tuple[str, str]:
    """The first and the last possible day of a date, a month or a year."""
    if len(date) == 4:
        return f"{date}-01-01", f"{date}-12-31"
    if len(date) == 7:
        year, month = map(int, date.split("-"))
        return f"{date}-01", f"{date}-{monthrange(year, month)[1]}"
    return date, date


def _outside(column: str, text: str, remedy: str) -> Unreadable:
    return Unreadable("wave-unclear", f"column “{column}” holds “{text[:60]}”, which is of no one wave", remedy)
