"""The prose check that needs no data: references that lead somewhere, no typed figure, and years that agree."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from casereview.publish import grammar, phrases
from casereview.publish.addresses import faults
from casereview.publish.grammar import At, Block, Cited, Malformed, Reference, Said
from casereview.publish.prose import PLACEHOLDER, Passage, passages, snippet
from casereview.publish.sentences import Sentence, sentences
from casereview.publish.typed import masked, names_with_figures, typed, typed_in_note
from casereview.publish.years import Claim, Period, claims, names_reform, names_waves
from casereview.study.checks.periods import period
from casereview.study.findings import Ground
from casereview.study.plan import Trend
from casereview.study.problems import Place, Problem
from casereview.study.recommendations import Recommendation
from casereview.study.spans import waves_spanned
from casereview.study.study import Study


def check_prose(study: Study) -> list[Problem]:
    """Every finding in the prose of a study: report/*.md, findings/*.md, recommendations/*.md, captions, and the aim."""
    return ProseCheck(study).problems()


@dataclass(frozen=True)
class ProseCheck:
    """The check of one study."""

    study: Study

    def problems(self) -> list[Problem]:
        """Every finding, in the order of files and lines."""
        found = {problem for passage in all_passages(self.study) for problem in self._passage(passage)}
        found |= set(_cells(self.study))
        return sorted(found | {problem for note in all_notes(self.study) for problem in self._note(note)})

    def _note(self, note: Passage) -> Iterator[Problem]:
        for written in note.references:
            reference = _parsed(written, place := Place(note.file, note.line))
            if isinstance(reference, Cited | Said | Block):
                cause = f"A note can name and quote, but it does not read tables, as {{{{ {written} }}}} would."
                yield Problem(place, "reference-in-note", cause, "Say it in the prose of a finding or of the report.")
        text = note.text.replace(PLACEHOLDER, " ")
        for said in typed_in_note(self.study, text, masked(text, self._names)):
            yield _typed_in_note(said, Place(note.file, note.line))

    @cached_property
    def _names(self) -> re.Pattern[str] | None:
        return names_with_figures(self.study)

    def _passage(self, passage: Passage) -> Iterator[Problem]:
        alone = all(character == PLACEHOLDER or character.isspace() for character in passage.text)
        for sentence in sentences(passage):
            references = []
            for found, written in zip(re.finditer(PLACEHOLDER, sentence.text), sentence.references, strict=True):
                place = _place(passage, sentence, found.start())
                references.append(reference := _parsed(written, place))
                yield from _reference_faults(self.study, reference, place, alone)
            cited = [reference.at for reference in references if isinstance(reference, Cited | Said)]
            yield from self._figures(passage, sentence, cited)
            yield from _loose_braces(passage, sentence)

    def _figures(self, passage: Passage, sentence: Sentence, cited: list[At]) -> Iterator[Problem]:
        let_through = masked(sentence.text, self._names)
        for claim in claims(sentence.text):
            if not any(claim.span.overlaps(span) for span in let_through):
                yield from self._year_faults(claim, cited, _place(passage, sentence, claim.span.start))
                let_through.append(claim.span)
        for span, said in typed(sentence.text, let_through):
            yield _typed_figure(said, _place(passage, sentence, span.start))

    def _year_faults(self, claim: Claim, cited: list[At], place: Place) -> Iterator[Problem]:
        periods = {at: found for at in cited if (found := self._period(at))}
        if names_reform(self.study, claim) or any(claim.agrees(found) for found in periods.values()):
            return
        if periods:
            yield _disagreeing(claim, periods, place)
        elif not names_waves(self.study, claim):
            yield _typed_year(claim, place)

    def _period(self, at: At) -> Period | None:
        """The years of a cell: of its own row or column if that is a wave, else of its table."""
        asked = self.study.plan.asked.get(at.table)
        if isinstance(asked, Trend) and asked.start and asked.end:
            return asked.start.year, asked.end.year
        own = tuple(part for part in (at.row, at.column, at.layer) if part in self.study.waves)
        waves = own or (waves_spanned(self.study, asked) if asked else ())
        return period(self.study, waves) if waves else None


def all_notes(study: Study) -> Iterator[Passage]:
    """Every note that is printed below a table, and what is said of synthetic data."""
    if study.about.synthetic:
        yield snippet(study.about.synthetic, "study.yaml", study.places.of("study.yaml", "synthetic").line)
    for slug, asked in study.plan.asked.items():
        if asked.note:
            yield snippet(asked.note, "plan.yaml", study.places.of("plan.yaml", study.plan.section(slug), slug, "note").line)
    for name, crossings in study.crosswalk.variables.items():
        for wave, one in crossings.items():
            key = "note" if one.note else "was"
            if text := one.note or one.was:
                yield snippet(text, "crosswalk.yaml", study.places.of("crosswalk.yaml", "variables", name, wave, key).line)


def all_passages(study: Study) -> Iterator[Passage]:
    """Every piece of text of a study that is printed as prose."""
    for key in ("title", "subtitle", "aim"):
        if text := getattr(study.about, key):
            yield snippet(text, "study.yaml", study.places.of("study.yaml", key).line)
    bodies = [*(one.body for one in study.findings), *(one.body for one in study.recommendations)]
    for prose in (*study.reports.values(), *bodies):
        yield from passages(prose)
    yield from _heads(study)
    for slug, chart in study.plan.charts.items():
        line = study.places.of("plan.yaml", "charts", slug, "caption").line
        yield from (snippet(text, "plan.yaml", line) for text in (chart.caption, chart.alternative) if text)


def _heads(study: Study) -> Iterator[Passage]:
    for finding in study.findings:
        file = finding.body.file
        yield snippet(finding.head.title, file, study.places.of(file, "title").line)
        yield snippet(finding.head.theme, file, study.places.of(file, "theme").line)
        for key in ("rests_on", "counter"):
            yield from _said(study, file, getattr(finding.head, key), key)
    for one in study.recommendations:
        yield from _head_of(study, one)


def _head_of(study: Study, one: Recommendation) -> Iterator[Passage]:
    file = one.body.file
    for key in ("title", "change", "measure", "owner", "made_in"):
        if text := getattr(one.head, key):
            yield snippet(text, file, study.places.of(file, key).line)
    for wave, status in one.head.statuses.items():
        if status.note:
            yield snippet(status.note, file, study.places.of(file, "statuses", wave, "note").line)
        yield from _said(study, file, status.rests_on, "statuses", wave, "rests_on")


def _said(study: Study, file: str, grounds: Iterable[Ground], *path: str) -> Iterator[Passage]:
    for number, ground in enumerate(grounds):
        if ground.says:
            yield snippet(ground.says, file, study.places.of(file, *path, number, "says").line)


def _cells(study: Study) -> Iterator[Problem]:
    """A finding for each cell that something rests on and that there is not."""
    for finding in study.findings:
        for key in ("rests_on", "counter"):
            yield from _cells_among(study, finding.body.file, getattr(finding.head, key), key)
    for one in study.recommendations:
        for wave, status in one.head.statuses.items():
            yield from _cells_among(study, one.body.file, status.rests_on, "statuses", wave, "rests_on")


def _cells_among(study: Study, file: str, grounds: Iterable[Ground], *path: str) -> Iterator[Problem]:
    for number, ground in enumerate(grounds):
        place = study.places.of(file, *path, number)
        parts = (ground.of or "").split(".")
        if len(parts) > _DEEPEST:
            cause = f"“{ground.of}” is not the address of a cell."
            yield Problem(place, "unknown-reference", cause, "Write table.row, table.row.column or table.row.column.layer.")
        elif len(parts) > 1:
            yield from faults(study, Cited(At(*parts), "period"), place)


_DEEPEST = 4
"""table, row, column, layer."""


def _place(passage: Passage, sentence: Sentence, offset: int) -> Place:
    return Place(passage.file, passage.line_at(sentence.start + offset))


def _parsed(written: str, place: Place) -> Reference | Problem:
    try:
        return grammar.parse(written)
    except Malformed as error:
        cause = f"{{{{ {written} }}}} is not a reference: {error}."
        return Problem(place, "reference-malformed", cause, grammar.REMEDY)


def _reference_faults(study: Study, reference: Reference | Problem, place: Place, alone: bool) -> Iterator[Problem]:
    match reference:
        case Problem():
            yield reference
        case Block(what=what) if not alone:
            cause = f"“{what}” is a block, and stands in the middle of text."
            yield Problem(place, "block-in-text", cause, "Put it on a line of its own, with an empty line before and after.")
        case Said(phrase=words) if phrases.phrase(words) is None:
            cause = f"“{words}” is not a phrase with a settled meaning."
            yield Problem(place, "unknown-phrase", cause, phrases.near(words))
        case Cited() | Said() | Block():
            yield from faults(study, reference, place)


def _disagreeing(claim: Claim, periods: dict[At, Period], place: Place) -> Problem:
    counted = "; ".join(f"{at} counts {first} to {last}" for at, (first, last) in periods.items())
    cause = f"The sentence says “{claim.words}”, but {counted}."
    remedy = (
        f"Correct the years, or cite the table that counts them; {{{{ {next(iter(periods)).table} period }}}} prints its years."
    )
    return Problem(place, "period-disagrees", cause, remedy)


def _typed_year(claim: Claim, place: Place) -> Problem:
    cause = (
        f"“{claim.words}” is typed, and neither a table cited in its sentence nor a wave or reform of study.yaml bears it out."
    )
    remedy = 'Cite a table, such as {{ TABLE period }} or {{ TABLE since }}; or write {{ named "…" }} if it is part of a name.'
    return Problem(place, "typed-year", cause, remedy)


def _typed_figure(said: str, place: Place) -> Problem:
    remedy = (
        "Refer to the cell that it comes from, such as {{ TABLE.ROW percent }}; "
        'or write {{ quoted "…" from "…" }} if it is another study’s, or {{ named "…" }} if it is part of a name.'
    )
    return Problem(place, "typed-figure", f"“{' '.join(said.split())}” is a typed figure.", remedy)


def _typed_in_note(said: str, place: Place) -> Problem:
    remedy = (
        "Leave it to the prose, which reads it from its table; "
        'or write {{ quoted "…" from "…" }} if it is another study’s, or {{ named "…" }} if it is part of a name.'
    )
    return Problem(place, "typed-figure", f"“{' '.join(said.split())}” is a typed figure in a note.", remedy)


def _loose_braces(passage: Passage, sentence: Sentence) -> Iterator[Problem]:
    for found in re.finditer(r"\{\{|\}\}", sentence.text):
        remedy = "Begin a reference with {{ and end it with }}."
        yield Problem(_place(passage, sentence, found.start()), "reference-malformed", f"“{found[0]}” has no partner.", remedy)
