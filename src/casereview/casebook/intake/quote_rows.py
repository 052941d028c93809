"""The quotes that stand in the rows of a table, and what each is to be marked with."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from casereview.casebook.intake import names
from casereview.casebook.intake.tables import Table
from casereview.interchange import RawRow
from casereview.study.problems import Place, Problem
from casereview.study.sources import QuotesSource
from casereview.study.study import Study
from casereview.study.themes import Themes


@dataclass(frozen=True)
class Quote:
    """One quote as the file has it. supports: the variable that it is evidence for."""

    document: str
    words: str
    code: str | None
    supports: str | None
    coder: str
    place: Place

    @property
    def key(self) -> str:
        """The same for quotes of the same words, in the same document, that say the same."""
        parts = [self.document, self.words, self.code, self.supports, self.coder]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


class QuoteReader:
    """Reads the rows of one source."""

    def __init__(self, study: Study, tree: Themes, source: QuotesSource) -> None:
        """tree: as it has grown in the casebook; by a label that only the file has, a code is known, too."""
        self.source = source
        several = (_named({path[-1]: theme.label for path, theme in one.walk()}) for one in (study.themes, tree))
        self.codes = {name: slug for named in several for name, slug in named.items()}
        self.variables = _named({slug: one.label for slug, one in study.codebook.variables.items()})

    def quotes(self, table: Table, raw: RawRow) -> Iterator[Quote | Problem]:
        """The quotes of a row, or a problem for each that cannot be marked. A cell without a quote holds none."""
        place, source = Place(table.file, raw.number), self.source
        if raw.problem:
            yield Problem(place, raw.problem.code, raw.problem.cause, raw.problem.remedy)
            return
        cell = raw.cells[source.quote]
        stripped = (part.strip(source.strip) for part in (cell.split(source.split) if source.split else [cell]))
        for words in filter(None, stripped):
            yield self._quote(words, raw.cells, place)

    def _quote(self, words: str, cells: Mapping[str, str], place: Place) -> Quote | Problem:
        source = self.source
        written = {column: cells[column].strip() for column in (source.code, source.variable, source.coder) if column}
        code = self._looked_up(self.codes, written.get(source.code or ""), source.theme)
        supports = self._looked_up(self.variables, written.get(source.variable or ""), source.supports)
        coder = written.get(source.coder or "", "")
        if code == "" or supports == "":
            column = (source.code if code == "" else source.variable) or ""
            what = "theme of themes.yaml" if code == "" else "variable of codebook.yaml"
            cause = f"column “{column}” holds “{written[column][:60]}”, which is no {what}"
            return Problem(place, "mark-unknown", cause, "Correct the file, or add it there.")
        if coder and (fault := names.fault(coder)):
            return Problem(place, "coder-unusable", f"column “{source.coder}” {fault}", "Give the coder a short name.")
        if code is None and supports is None:
            cause, remedy = "it has neither a theme nor a variable", "Name one under code, theme, variable or supports."
            return Problem(place, "quote-says-nothing", cause, remedy)
        return Quote(cells[source.document].strip(), words, code, supports, coder, place)

    @staticmethod
    def _looked_up(named: Mapping[str, str], written: str | None, otherwise: str | None) -> str | None:
        """A slug; what the source says of every quote where the row says nothing; '' for what there is not."""
        return named.get(written.casefold(), "") if written else otherwise


def _named(labels: Mapping[str, str]) -> dict[str, str]:
    """Slug or label, in small letters → slug."""
    return {name.casefold(): slug for slug, label in labels.items() for name in (label, slug)}
