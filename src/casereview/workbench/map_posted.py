"""What the forms of pathways and maps post: a part, its note, and the passages or the quote that it rests on."""

from django.http import HttpRequest

from casereview.casebook.acts import maps as acts
from casereview.casebook.intake.quotes import text_of
from casereview.casebook.models import Case, Passage, TextVersion
from casereview.casebook.models.maps import OF
from casereview.casebook.parts import Part
from casereview.documents import NotFound, find
from casereview.documents.model import Anchor
from casereview.study.cells import partial_date
from casereview.study.problems import Place, Problem, StudyRefused
from casereview.study.sources import DAYS
from casereview.study.study import Study
from casereview.workbench import posted
from casereview.workbench.map_parts import own
from casereview.workbench.places import at_places
from casereview.workbench.visibility import Sight

FIELDS = ("start", "end", "of", "date")


def part(request: HttpRequest, what: str) -> Part:
    """The part that is meant. Raises StudyRefused for one of a kind that is not drawn there."""
    kind = posted.text(request, "kind")
    if kind not in OF[what]:
        raise StudyRefused([Problem(Place("map"), "part-unfit", "That is not drawn here.", "Load the page again.")])
    start, end, of, date = (posted.text(request, name).strip()[:80] for name in FIELDS)
    return Part(kind, start, end, of, partial_date(date, DAYS) or date)


def did(request: HttpRequest, study: Study, seen: Sight, case: Case, what: str) -> str:
    """Do what a form asks; the sentence that says so. Raises StudyRefused."""
    by, do = seen.handle, request.POST.get("do", "")
    if do == "look":
        acts.look_at(by=by, case=case.key, what=what, looked=request.POST.get("looked") == "yes")
        return f"Saved: you looked at the {what}." if request.POST.get("looked") == "yes" else "Taken back."
    if do == "end":
        return (
            "Taken away. It stays on record, and can be drawn again below." if _ended(request, by, case, what) else "It is gone."
        )
    drawn, quotes = part(request, what), _quotes(request, case)
    passages = _chosen(request, seen, case)
    acts.draw_part(
        by=by, study=study, case=case.key, part=drawn, note=posted.text(request, "note"), passages=passages, quotes=quotes
    )
    return "Saved."


def _ended(request: HttpRequest, by: str, case: Case, what: str) -> bool:
    return acts.end_part(by=by, case=case.key, part=part(request, what)) is not None


def _chosen(request: HttpRequest, seen: Sight, case: Case) -> list[int]:
    """Passages of the case by their places: those that may be seen, and those on which one's own parts have rested."""
    of_case = Passage.objects.filter(text__document__case=case)
    rested = own(case, seen.handle).values("passages")
    known = of_case.filter(pk__in=seen.passages()) | of_case.filter(pk__in=rested)
    return at_places(known, request.POST.getlist("passage"))


def _quotes(request: HttpRequest, case: Case) -> list[tuple[str, Anchor]]:
    words, document = posted.text(request, "quote").strip(), posted.text(request, "document")
    if not words:
        return []
    texts = TextVersion.objects.filter(document__case=case, document__current=True, current=True, document__key=document)
    text = texts.values_list("pk", flat=True).first()
    if text is None:
        raise StudyRefused(
            [Problem(Place("quote"), "document-unknown", "The quote is of no document of this case.", "Choose one.")]
        )
    anchor = find(text_of(text), words)
    if isinstance(anchor, NotFound):
        cause = "The quote does not stand in that document, word for word."
        raise StudyRefused([Problem(Place("quote"), "quote-not-found", cause, "Copy it from the reader, or choose a passage.")])
    return [(document, anchor)]
