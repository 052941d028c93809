"""The events of a file as the table of which questions are asked: what `practice.sql.told` makes of a release."""

from collections.abc import Iterator, Sequence

from casereview.analysis.event_records.held import Held
from casereview.analysis.event_records.meant import Meaning, said
from casereview.practice.sql.dialect import column
from casereview.study.sources import EventRecordsSource, Written
from casereview.study.study import Study


class Telling:
    """The tables of one source, as SQL."""

    def __init__(self, study: Study, slug: str, source: EventRecordsSource, held: Held, meanings: Sequence[Meaning]) -> None:
        self.study, self.slug, self.source, self.held, self.meanings = study, slug, source, held, meanings
        self._given = {one for meaning in meanings for one in meaning.look.gives}

    def happened(self) -> str:
        """The view `happened`: every event with its number, its words, and what they mean."""
        name, text = self.held.dialect.name, self.held.dialect.varchar
        dates = [f"CAST({name(of)} AS DATE) AS {which}_typed" for which, of in self._typed_dates()]
        what = f"coalesce({name(self.source.what)}, '')" if self.source.what else "''"
        texts = [f"{self._any_text(written)} AS {column(one)}" for one, written in self._texts()]
        born = [f"CAST({name(self.source.born)} AS DATE) AS born"] if self.source.born else []
        case = f"trim(coalesce(CAST({name(self.source.case)} AS {text}), '')) AS c"
        entries = [f"{said(self.held, meaning.look.column)} AS said_{meaning.name}" for meaning in self.meanings]
        read = f"SELECT {self.held.row} AS event, {', '.join([case, *dates, f'{what} AS what', *texts, *born, *entries])}"
        joins = "".join(f" LEFT JOIN {one.name} ON {one.name}.said = said_{one.name}" for one in self.meanings)
        given = "".join(f", {one.name}.{gives}" for one in self.meanings for gives in one.look.gives)
        return f"SELECT r.*{given} FROM ({read} FROM {self.held.table}) r{joins}"

    def told(self) -> str:
        """The table `told`, made of `happened`."""
        first, last = self._ends()
        day, spoken = self.held.practice.day, self.held.practice.said
        number = f"CAST(replace(CAST({{}} AS {self.held.dialect.varchar}), '-', '') AS INT)"
        columns = [f"event, event AS one, c, '{self.slug}' AS source, {self._agency()} AS agency, {self._kind()} AS kind"]
        columns += [f"{day(first)} AS f, {day(last)} AS l, {number.format(first)} AS f_day, {number.format(last)} AS l_day"]
        columns += [f"concat(' ', {spoken('what')}, ' ') AS words", *self._listed("people")]
        for detail in self.study.practice.details:
            columns += self._listed(column(detail))
        return f"SELECT {', '.join(columns)} FROM happened"

    def meant(self) -> Iterator[tuple[str, str]]:
        """The tables of what entries mean, by name."""
        for one in self.meanings:
            rows = ", ".join(self._row(entry, values) for entry, values in one.read.items()) or self._row("", [""] * 2)
            yield one.name, f"SELECT * FROM (VALUES {rows}) AS given(said, {', '.join(one.look.gives)})"

    def births(self) -> str:
        """The table `births`: the days of birth that each case has."""
        born = f"CAST(replace(CAST(born AS {self.held.dialect.varchar}), '-', '') AS INT)"
        if self.source.born is None:
            return "SELECT c, f_day AS first, l_day AS last FROM told WHERE FALSE"
        return f"SELECT DISTINCT c, {born} AS first, {born} AS last FROM happened WHERE born IS NOT NULL"

    def _typed_dates(self) -> Iterator[tuple[str, str]]:
        for which, of in (("date", self.source.date), ("until", self.source.until)):
            if of and f"{which}_first" not in self._given:
                yield which, of

    def _ends(self) -> tuple[str, str]:
        """The first and the last day of an event."""
        first, last = self._days("date")
        return first, f"coalesce({self._days('until')[1]}, {last})" if self.source.until else last

    def _days(self, which: str) -> tuple[str, str]:
        if f"{which}_first" not in self._given:
            return f"{which}_typed", f"{which}_typed"
        first, last = (f"CAST(CASE WHEN {which}_{end} <> '' THEN {which}_{end} END AS DATE)" for end in ("first", "last"))
        return first, last

    def _agency(self) -> str:
        return "agency" if "agency" in self._given else f"'{self.source.agency}'"

    def _kind(self) -> str:
        return "kind" if "kind" in self._given else f"'{self.source.event.other}'"

    def _listed(self, name: str) -> Iterator[str]:
        """A list as |one|other|, and how many they are; of a detail that is any text, whether there is one."""
        if name in self._given:
            yield from (name, f"n_{name}")
        elif name in {column(one) for one, _ in self._texts()}:
            yield from (f"concat('|', {name}, '|') AS {name}", f"CASE WHEN {name} = '' THEN 0 ELSE 1 END AS n_{name}")
        else:
            yield from (f"'||' AS {name}", f"0 AS n_{name}")

    def _texts(self) -> Iterator[tuple[str, Written]]:
        details = self.study.practice.details
        yield from ((name, one) for name, one in self.source.details.items() if not details[name].categories)

    def _any_text(self, written: Written) -> str:
        """A text; empty where nothing is recorded."""
        entry = f"trim({said(self.held, written.column)})"
        nothing = self.held.dialect.texts(one.casefold() for one in written.none)
        return f"CASE WHEN lower({entry}) IN ({nothing}) THEN '' ELSE {entry} END" if nothing else entry

    def _row(self, entry: str, values: Sequence[str | int]) -> str:
        said = [self.held.dialect.text(one) if isinstance(one, str) else str(one) for one in (entry, *values)]
        return f"({', '.join(said)})"
