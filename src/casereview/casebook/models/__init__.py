"""What the casebook holds. Nothing recorded is overwritten: what no longer holds has `current` false and stays.

Rows are written only by the functions of `casebook.acts`; triggers hold what must never change (`casebook.protection`).
`source` is a source's slug of sources.yaml; `row` is the key of the row of that source which said so (see SourceRow).
"""

from casereview.casebook.models.base import HASH, KEY, NOW, SLUG
from casereview.casebook.models.cases import Case, Person
from casereview.casebook.models.events import Event, EventEvidence, EventPair
from casereview.casebook.models.intake import Membership, SourceRow
from casereview.casebook.models.log import AuditEvent
from casereview.casebook.models.maps import MapPart, MapPassage
from casereview.casebook.models.practice import PracticeAnswer, PracticePassage
from casereview.casebook.models.recommending import Recommendation, RecommendationStatus
from casereview.casebook.models.records import Evidence, Value
from casereview.casebook.models.texts import Area, AreaCoding, Coding, Document, Passage, Piece, TextVersion
from casereview.casebook.models.themes import SecondLook, ThemeVersion
from casereview.casebook.models.work import Adjudication, Assignment, Memo, SavedQuery, Summary, SummaryPassage

__all__ = [
    "HASH",
    "KEY",
    "NOW",
    "SLUG",
    "Adjudication",
    "Area",
    "AreaCoding",
    "Assignment",
    "AuditEvent",
    "Case",
    "Coding",
    "Document",
    "Event",
    "EventEvidence",
    "EventPair",
    "Evidence",
    "MapPart",
    "MapPassage",
    "Membership",
    "Memo",
    "Passage",
    "Person",
    "Piece",
    "PracticeAnswer",
    "PracticePassage",
    "Recommendation",
    "RecommendationStatus",
    "SavedQuery",
    "SecondLook",
    "SourceRow",
    "Summary",
    "SummaryPassage",
    "TextVersion",
    "ThemeVersion",
    "Value",
]  # fmt: skip
