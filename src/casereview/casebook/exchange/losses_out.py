"""What a REFI-QDA project does not take along. Known before it is made."""

from django.db.models import Q, QuerySet

from casereview.casebook.exchange.passages_out import live_documents
from casereview.casebook.models import Coding, TextVersion
from casereview.casebook.seen import Seen
from casereview.interchange.refi.losses import Loss, some
from casereview.interchange.refi.offsets import astral
from casereview.study.study import Study

_ALWAYS = (
    ("What was recorded before and no longer holds, and the log", "a project shows how things stand now"),
    ("Assignments, samples and which answers were settled between coders", "the standard has no place for them"),
    (
        "Who gave an answer, and from which source it is",
        "a project has one answer a variable: the one that a release counts",
    ),
    ("Codes of answers, absences and when a variable was asked", "they are text in the description of the variable"),
)


def losses(study: Study, seen: Seen, *, originals: bool) -> list[Loss]:
    """The loss report of a project."""
    return [
        *(Loss(what, why) for what, why in _ALWAYS),
        *_of_codings(seen),
        *some("Cells of the framework matrix", "the standard has no place for them", seen.summaries().count()),
        *_of_texts(originals),
        *_of_blind(seen),
    ]


def losses_of_codebook() -> list[Loss]:
    """The loss report of a codebook."""
    return [
        Loss("Include, exclude, example and retirement of codes", "they are text in the description of the code"),
        Loss("Earlier versions of the tree", "a codebook shows how it stands now"),
    ]


def losses_of_annotations(seen: Seen) -> list[Loss]:
    """The loss report of annotations."""
    return [
        Loss("Texts of documents", "an annotation says where it stands, in which text and in which words"),
        Loss("Answers, evidence and the tree of codes", "a code is given by its label and its short name"),
        *_of_codings(seen),
        *some("Memos", "only codings are given", seen.memos().count()),
        *_of_blind(seen),
    ]


def _of_codings(seen: Seen) -> list[Loss]:
    codings = seen.codings()
    live = Q(passage__text__current=True, passage__text__document__in=live_documents())
    return [
        *some("Weights of codings", "the standard has no place for them", codings.filter(live, weight__isnull=False).count()),
        *some("Codings in earlier texts of documents", "a project has one text a document", _distinct(codings.exclude(live))),
        *some("Times and versions of codings", "the casebook’s log has them", codings.filter(live).count()),
    ]


def _distinct(codings: QuerySet[Coding]) -> int:
    return codings.filter(passage__text__document__current=True).count()


def _of_texts(originals: bool) -> list[Loss]:
    texts = TextVersion.objects.filter(current=True, document__in=live_documents())
    doubled = sum(1 for text in texts.values_list("text", flat=True).iterator(50) if next(astral(text), None) is not None)
    wide = "programs that count UTF-16 units, as NVivo does, will put their passages a little too early"
    paged = "pages are not marked in plain text" if not originals else "passages are given in the text, not as areas on the page"
    return [
        *some("Documents with characters such as emoji", wide, doubled),
        *some("Pages of documents", paged, texts.filter(kind="pdf").count()),
    ]


def _of_blind(seen: Seen) -> list[Loss]:
    """The number is of one's own assignments, and says nothing of the other's work."""
    why = "you code them, and the coding is not finished: of these only your own work and the sources’ is given"
    return some("Work of others in cases", why, len(seen.blind))
